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

export const settlementMonthsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settlements/months',
  staticData: { title: 'Months' },
  component: lazyRouteComponent(() => import('./months-page.tsx'), 'MonthsPage'),
})

export const settlementMonthRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settlements/months/$month',
  staticData: { title: 'Month' },
  component: lazyRouteComponent(() => import('./month-page.tsx'), 'MonthPage'),
})
