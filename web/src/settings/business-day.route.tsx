import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { settingsRoute } from './settings.route.tsx'

export const businessDayRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/business-day',
  staticData: { title: 'Business day' },
  component: lazyRouteComponent(() => import('./business-day-page.tsx'), 'BusinessDayPage'),
})
