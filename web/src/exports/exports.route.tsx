import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../app/signed-in-route.tsx'

export const exportsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/exports',
  staticData: { title: 'Exports' },
  component: lazyRouteComponent(() => import('./exports-page.tsx'), 'ExportsPage'),
})

export const exportChangesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/exports/$exportId/changes',
  staticData: { title: 'What changed' },
  component: lazyRouteComponent(() => import('./export-changes-page.tsx'), 'ExportChangesPage'),
})
