import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readPaymentSearch } from '@desk/shared/payments/payment-address'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { facetsOptions, listOptions, summaryOptions } from './payment-list-queries.ts'
import { keepPaymentsSearch } from './payments-search.ts'

export const paymentsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/payments',
  staticData: { title: 'Payments' },
  validateSearch: keepPaymentsSearch,
  loaderDeps: ({ search: { open: _open, ...search } }) => search,
  // Started beside the screen's code and not waited for: the screen has a state for every answer.
  loader: ({ context: { api, queryClient }, deps }) => {
    const { query } = readPaymentSearch(deps)
    void queryClient.prefetchInfiniteQuery(listOptions(api, query))
    void queryClient.prefetchQuery(summaryOptions(api, query))
    void queryClient.prefetchQuery(facetsOptions(api))
  },
  component: lazyRouteComponent(() => import('./payments-page.tsx'), 'PaymentsPage'),
})
