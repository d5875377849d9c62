export interface Merchant {
  readonly id: string
  readonly shortName: string
  /** Withdrawals are sent from here. */
  readonly payoutWallet: string
}

/** The merchant whose history a sandbox holds. */
export const mainMerchant: Merchant = {
  id: '7c2e1f4d-2d0f-4a7b-8b0b-3f6e2f9a1c22',
  shortName: 'Northwind Demo',
  payoutWallet: '0x8ba1f109551bd432803012645ac136ddd64dba72',
}

/** Another customer of the same service, which starts empty: what is whose can be seen with two only. */
export const otherMerchant: Merchant = {
  id: '3d9a6b10-58c4-4f0e-9a37-c1e07d52b846',
  shortName: 'Fabrikam Demo',
  payoutWallet: '0x4e9ce36e442e55ecd9025b9a6e0d88485d628a67',
}

const byId = new Map([mainMerchant, otherMerchant].map((merchant) => [merchant.id, merchant]))

/** The merchant of a stored record, which is always one of ours. */
export function merchantOf(owner: { readonly merchantId: string }): Merchant {
  const merchant = byId.get(owner.merchantId)
  if (!merchant) throw new Error(`Merchant ${owner.merchantId} is not in the registry.`)
  return merchant
}
