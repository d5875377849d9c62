import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { keepSettlementsSearch } from './settlements-address.ts'

export const settlementsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settlements',
  staticData: { title: 'Settlements' },
  validateSearch: keepSettlementsSearch,
  component: lazyRouteComponent(() => import('./settlements-page.tsx'), 'SettlementsPage'),
})
