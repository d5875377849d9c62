/** The API's routes by name, as faults and the request log call them. */
export const operations = [
  'payments.create',
  'payments.list',
  'payments.get',
  'withdrawals.create',
  'withdrawals.list',
  'withdrawals.get',
  'wallet.balances',
  'chains',
  'tokens',
  'payer.get',
  'payer.status',
  'payer.quotes',
  'payer.quote',
  'payer.refresh',
] as const
export type Operation = (typeof operations)[number]

/** What a fault may be put on: one route, all of the payer's, every route, or deliveries. */
export const faultTargets = [...operations, 'payer', 'any', 'webhook'] as const
export type FaultTarget = (typeof faultTargets)[number]

/** The routes a target covers; none for deliveries. */
export function operationsOf(target: FaultTarget): readonly Operation[] {
  if (target === 'webhook') return []
  if (target === 'any') return operations
  if (target === 'payer') return operations.filter((operation) => operation.startsWith('payer.'))
  return [target]
}
