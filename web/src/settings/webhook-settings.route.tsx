import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { settingsRoute } from './settings.route.tsx'

export const webhookSettingsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: '/webhooks',
  staticData: { title: 'Webhooks' },
  component: lazyRouteComponent(() => import('./webhook-settings-page.tsx'), 'WebhookSettingsPage'),
})
