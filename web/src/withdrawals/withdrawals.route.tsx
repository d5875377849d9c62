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

export const addressBookRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/withdrawals/addresses',
  staticData: { title: 'Address book' },
  validateSearch: (search: Readonly<Record<string, unknown>>): { open?: string } =>
    typeof search['open'] === 'string' ? { open: search['open'] } : {},
  component: lazyRouteComponent(() => import('./address-book-page.tsx'), 'AddressBookPage'),
})

export const withdrawalPolicyRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/withdrawals/policy',
  staticData: { title: 'Withdrawal policy' },
  component: lazyRouteComponent(() => import('./policy-page.tsx'), 'PolicyPage'),
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

export const withdrawalEvidenceRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/withdrawals/$requestId/evidence',
  staticData: { title: 'Evidence' },
  component: lazyRouteComponent(() => import('./evidence-page.tsx'), 'EvidencePage'),
})
