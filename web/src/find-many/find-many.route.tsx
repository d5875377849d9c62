import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { signedInRoute } from '../app/signed-in-route.tsx'

interface FindManySearch {
  /** Which lines of the answer; nothing while the lines are still being put together. */
  show?: 'all' | 'found' | 'missing'
  /** The payment that is open beside them. */
  open?: string
}

export const findManyRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/payments/find',
  staticData: { title: 'Find many' },
  validateSearch: ({ show, open }: Record<string, unknown>): FindManySearch => ({
    ...((show === 'all' || show === 'found' || show === 'missing') && { show }),
    ...(typeof open === 'string' && open !== '' && { open }),
  }),
  // A text that was handed over is kept as if it had been pasted here, and looked up at once.
  beforeLoad: async ({ location: { state } }) => {
    if (state.pasted === undefined) return
    const { keepPasted } = await import('./kept-paste.ts')
    keepPasted(state.pasted)
    throw redirect({ to: '/payments/find', search: { show: 'all' }, state: {}, replace: true })
  },
  component: lazyRouteComponent(() => import('./find-many-page.tsx'), 'FindManyPage'),
})
