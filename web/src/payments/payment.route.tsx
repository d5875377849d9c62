import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../app/signed-in-route.tsx'

export const paymentRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/payments/$paymentId',
  validateSearch: ({ asOf }: Readonly<Record<string, unknown>>): { asOf?: string } =>
    typeof asOf === 'string' && asOf !== '' ? { asOf } : {},
  staticData: { title: 'Payment' },
  component: lazyRouteComponent(() => import('./payment-page.tsx'), 'PaymentPage'),
})
