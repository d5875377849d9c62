import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { settingsRoute } from './settings.route.tsx'

export const statusRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/status',
  staticData: { title: 'System status' },
  component: lazyRouteComponent(() => import('./status-page.tsx'), 'StatusPage'),
})
