import { balances, chain, type ChainId, pageOf } from './published-shapes.ts'
import type { Service } from './service.ts'
import { balancesPath, chainsPath, type Trial } from './trial.ts'
import { bodyOf, Skipped } from './verdict.ts'

/** The lowest published minimum. */
export const AMOUNT_CENTS = 100

/** A withdrawal that would be paid, if whoever runs this said where to. */
export async function realWish(trial: Trial) {
  const { withdrawTo } = trial.options
  if (withdrawTo === null) throw new Skipped('it could move money: give --withdraw-to')
  return {
    amountInCents: AMOUNT_CENTS,
    chainId: await payableChain(trial.service),
    recipientAddress: withdrawTo,
    orderId: trial.orderId(),
  }
}

/** An EVM chain with money on it, or the first of the registry where balances are not told. */
export async function payableChain(service: Service): Promise<ChainId> {
  const held = await service.get(balancesPath)
  if (held.status === 200) {
    const found = bodyOf(held, balances).balances.find(
      (balance) => isEvm(balance.chainId) && BigInt(balance.amountRaw ?? 0) > 0n,
    )
    if (found) return found.chainId
  }
  const known = await service.get(chainsPath, { as: 'nobody' })
  const found = bodyOf(known, pageOf(chain)).data.find((row) => isEvm(row.chainId))
  if (!found) throw new Skipped('the registry has no EVM chain')
  return found.chainId
}

function isEvm(chainId: ChainId): boolean {
  return typeof chainId === 'number' || chainId.startsWith('eip155:')
}
