import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../app/signed-in-route.tsx'

export const auditRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/audit',
  staticData: { title: 'Audit log' },
  component: lazyRouteComponent(() => import('./audit-page.tsx'), 'AuditPage'),
})
