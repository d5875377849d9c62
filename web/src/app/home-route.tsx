import { createRoute, redirect } from '@tanstack/react-router'
import { signedInRoute } from './signed-in-route.tsx'

/** The first screen is the payments list. */
export const homeRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/payments', replace: true })
  },
})
