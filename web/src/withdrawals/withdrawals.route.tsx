import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { keepWithdrawalsSearch } from './withdrawals-address.ts'

export const withdrawalsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/withdrawals',
  staticData: { title: 'Withdrawals' },
  validateSearch: keepWithdrawalsSearch,
  component: lazyRouteComponent(() => import('./withdrawals-page.tsx'), 'WithdrawalsPage'),
})

export const newWithdrawalRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/withdrawals/new',
  staticData: { title: 'New withdrawal' },
  validateSearch: (search: Readonly<Record<string, unknown>>): { again?: string } =>
    typeof search['again'] === 'string' ? { again: search['again'] } : {},
  component: lazyRouteComponent(() => import('./new-withdrawal-page.tsx'), 'NewWithdrawalPage'),
})

export const withdrawalRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/withdrawals/$requestId',
  staticData: { title: 'Withdrawal' },
  component: lazyRouteComponent(() => import('./case-page.tsx'), 'CasePage'),
})

export const editWithdrawalRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/withdrawals/$requestId/edit',
  staticData: { title: 'Edit withdrawal' },
  component: lazyRouteComponent(() => import('./edit-withdrawal-page.tsx'), 'EditWithdrawalPage'),
})
