import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { keepPaymentsSearch } from '../payments/payments-search.ts'

/** The question stands in the address as that of the payments does. */
export const insightsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/insights',
  staticData: { title: 'Insights' },
  validateSearch: keepPaymentsSearch,
  component: lazyRouteComponent(() => import('./insights-page.tsx'), 'InsightsPage'),
})
