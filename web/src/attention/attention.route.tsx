import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readAttentionSearch } from '@desk/shared/attention/attention-query'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { keepAttentionSearch } from './attention-address.ts'
import { queueOptions, totalsOptions } from './attention-queries.ts'

export const attentionRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/attention',
  staticData: { title: 'Needs attention' },
  validateSearch: keepAttentionSearch,
  loaderDeps: ({ search: { open: _open, item: _item, ...search } }) => search,
  // Started beside the screen's code and not waited for: the screen has a state for every answer.
  loader: ({ context: { api, queryClient }, deps }) => {
    const { query } = readAttentionSearch(deps)
    void queryClient.prefetchInfiniteQuery(queueOptions(api, query))
    void queryClient.prefetchQuery(totalsOptions(api, query))
  },
  component: lazyRouteComponent(() => import('./attention-page.tsx'), 'AttentionPage'),
})
