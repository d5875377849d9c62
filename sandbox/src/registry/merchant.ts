/** The one merchant of a sandbox. */
export const merchant = {
  id: '7c2e1f4d-2d0f-4a7b-8b0b-3f6e2f9a1c22',
  shortName: 'Northwind Demo',
  /** Withdrawals are sent from here. */
  payoutWallet: '0x8ba1f109551bd432803012645ac136ddd64dba72',
} as const
