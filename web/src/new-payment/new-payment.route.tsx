import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../app/signed-in-route.tsx'

interface NewPaymentSearch {
  /** The payment whose place it is to take. */
  from?: string
  /** The one that was just made, so that a reload shows it again. */
  made?: string
}

export const newPaymentRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/payments/new',
  validateSearch: ({ from, made }: Record<string, unknown>): NewPaymentSearch => ({
    ...(typeof from === 'string' && from !== '' && { from }),
    ...(typeof made === 'string' && made !== '' && { made }),
  }),
  staticData: { title: 'New payment' },
  component: lazyRouteComponent(() => import('./new-payment-page.tsx'), 'NewPaymentPage'),
})
