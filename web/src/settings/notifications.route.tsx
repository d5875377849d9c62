import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { settingsRoute } from './settings.route.tsx'

export const notificationsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/notifications',
  staticData: { title: 'Notifications' },
  component: lazyRouteComponent(() => import('./notifications-page.tsx'), 'NotificationsPage'),
})
