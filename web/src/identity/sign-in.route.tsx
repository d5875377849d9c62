import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { FramelessError, rootRoute } from '../app/root-route.tsx'

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search): SignInSearch =>
    typeof search['returnTo'] === 'string' ? { returnTo: search['returnTo'] } : {},
  loader: ({ context: { api, queryClient } }) =>
    queryClient.query(api.identity.greeting.queryOptions(undefined, { staleTime: 'static' })),
  component: lazyRouteComponent(() => import('./sign-in-page.tsx'), 'SignInPage'),
  errorComponent: FramelessError,
})

interface SignInSearch {
  /** Where the person was going; judged again before it is followed. */
  readonly returnTo?: string
}
