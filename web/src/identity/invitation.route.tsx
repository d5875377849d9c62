import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { FramelessError, rootRoute } from '../app/root-route.tsx'

/** Where the link of an invitation leads; its token is behind the `#`. */
export const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  loader: ({ context: { api, queryClient } }) =>
    queryClient.query(api.identity.greeting.queryOptions(undefined, { staleTime: 'static' })),
  component: lazyRouteComponent(() => import('./invitation-page.tsx'), 'InvitationPage'),
  errorComponent: FramelessError,
})
