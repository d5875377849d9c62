import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { keepWebhooksSearch } from './webhooks-address.ts'

export const webhooksRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/webhooks',
  staticData: { title: 'Webhooks' },
  validateSearch: keepWebhooksSearch,
  component: lazyRouteComponent(() => import('./webhooks-page.tsx'), 'WebhooksPage'),
})

export const deliveryRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/webhooks/$deliveryId',
  staticData: { title: 'Webhook' },
  component: lazyRouteComponent(() => import('./delivery-page.tsx'), 'DeliveryPage'),
})
