import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { keepAttentionSearch } from './attention-address.ts'

export const attentionRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/attention',
  staticData: { title: 'Needs attention' },
  validateSearch: keepAttentionSearch,
  loaderDeps: ({ search: { open: _open, item: _item, ...search } }) => search,
  // Not waited for: the screen has a state for every answer. What reads the address is code of its own.
  loader: async ({ context, deps }) => {
    const { prefetchQueue } = await import('./prefetch-queue.ts')
    prefetchQueue(context, deps)
  },
  component: lazyRouteComponent(() => import('./attention-page.tsx'), 'AttentionPage'),
})
