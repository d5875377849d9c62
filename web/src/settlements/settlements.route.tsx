import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { keepBankSearch } from './bank-address.ts'
import { keepSettlementsSearch } from './settlements-address.ts'

export const settlementsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settlements',
  staticData: { title: 'Settlements' },
  validateSearch: keepSettlementsSearch,
  component: lazyRouteComponent(() => import('./settlements-page.tsx'), 'SettlementsPage'),
})

export const bankRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settlements/bank',
  staticData: { title: 'Bank lines' },
  validateSearch: keepBankSearch,
  component: lazyRouteComponent(() => import('./bank-page.tsx'), 'BankPage'),
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
