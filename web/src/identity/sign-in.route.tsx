import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { FramelessError, rootRoute } from '../app/root-route.tsx'

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search): SignInSearch => ({
    ...(typeof search['returnTo'] === 'string' && { returnTo: search['returnTo'] }),
    ...(typeof search['fault'] === 'string' && { fault: search['fault'] }),
    ...(search['next'] === 'second_factor' && { next: search['next'] }),
  }),
  loader: ({ context: { api, queryClient } }) =>
    queryClient.query(api.identity.greeting.queryOptions(undefined, { staleTime: 'static' })),
  component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
  errorComponent: FramelessError,
})

interface SignInSearch {
  /** Where the person was going; judged again before it is followed. */
  readonly returnTo?: string
  /** Why single sign-on led back here. */
  readonly fault?: string
  /** Single sign-on was right; the second factor is still to come. */
  readonly next?: 'second_factor'
}
