import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { readPaymentSearch, writePaymentSearch } from '@desk/shared/payments/payment-address'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { asOfIn } from './as-of.ts'
import { facetsOptions, listOptions, summaryOptions } from './payment-list-queries.ts'
import { keepPaymentsSearch, type PaymentsSearch } from './payments-search.ts'
import { needsWork } from './column-names.ts'
import { columnsIn, searchOfView } from '../views/view-address.ts'
import { viewsOptions } from '../views/view-queries.ts'

export const paymentsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/payments',
  staticData: { title: 'Payments' },
  validateSearch: keepPaymentsSearch,
  // A link may name a view and nothing more: what the view asks for is put beside it.
  beforeLoad: async ({ context: { api, queryClient }, search: { view: id, ...search }, cause }) => {
    if (id === undefined || cause === 'stay' || asksForSomething(search)) return
    const views = await queryClient.ensureQueryData(viewsOptions(api)).catch(() => [])
    const view = views.find((one) => one.id === id)
    if (view && asksForSomething(writePaymentSearch(view.query))) {
      throw redirect({
        to: '/payments',
        search: { ...search, ...searchOfView(view) },
        replace: true,
      })
    }
  },
  loaderDeps: ({ search: { open: _open, view: _view, ...search } }) => search,
  // Started beside the screen's code and not waited for: the screen has a state for every answer.
  loader: ({ context: { api, queryClient }, deps }) => {
    const { query } = readPaymentSearch(deps)
    const looks = api.preferences.list.queryOptions()
    const columns = columnsIn(deps) ?? queryClient.getQueryData(looks.queryKey)?.columns ?? null
    const withWork = needsWork(columns)
    const asOf = asOfIn(deps)
    void queryClient.prefetchInfiniteQuery(listOptions(api, { query, withWork, asOf }))
    void queryClient.prefetchQuery(summaryOptions(api, query, asOf))
    void queryClient.prefetchQuery(facetsOptions(api))
    void queryClient.prefetchQuery(viewsOptions(api))
    void queryClient.prefetchQuery(looks)
  },
  component: lazyRouteComponent(() => import('./payments-page.tsx'), 'PaymentsPage'),
})

function asksForSomething(search: PaymentsSearch): boolean {
  const { open: _open, view: _view, cols: _cols, asOf: _asOf, ...asked } = search
  return Object.keys(asked).length > 0
}
