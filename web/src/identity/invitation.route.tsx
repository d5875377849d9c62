import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { FramelessError, rootRoute } from '../app/root-route.tsx'

/** Where the link of an invitation leads; its token is behind the `#`. */
export const invitationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invitation',
  component: lazyRouteComponent(() => import('./invitation-page.tsx'), 'InvitationPage'),
  errorComponent: FramelessError,
})
