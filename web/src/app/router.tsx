import { createRouter, parseSearchWith, stringifySearchWith } from '@tanstack/react-router'
import { signInRoute } from '../identity/sign-in.route.tsx'
import { paymentRoute } from '../payments/payment.route.tsx'
import { paymentsRoute } from '../payments/payments.route.tsx'
import { ErrorPage } from './error-page.tsx'
import { homeRoute } from './home-route.tsx'
import { NotFoundPage } from './not-found-page.tsx'
import { type DeskContext, rootRoute } from './root-route.tsx'
import { signedInRoute } from './signed-in-route.tsx'

const routeTree = rootRoute.addChildren([
  signInRoute,
  signedInRoute.addChildren([homeRoute, paymentsRoute, paymentRoute]),
])

export type DeskRouter = ReturnType<typeof createDeskRouter>

export function createDeskRouter(context: DeskContext) {
  return createRouter({
    routeTree,
    context,
    // Beside a route that fails the shell stays; routes may still bring their own.
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    defaultPreload: 'intent',
    // react-query decides what is fresh.
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    scrollToTopSelectors: ['#main'],
    // People type and paste texts into the address; nothing in it is JSON.
    parseSearch: parseSearchWith((text) => text),
    stringifySearch: stringifySearchWith(String),
  })
}

declare module '@tanstack/react-router' {
  interface Register {
    router: DeskRouter
  }
  interface StaticDataRouteOption {
    /** Names the screen in the top bar on small windows. */
    title?: string
  }
}
