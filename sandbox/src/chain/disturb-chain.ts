import { savePayment } from '../payments/advance-payment.ts'
import { saveWithdrawal } from '../withdrawals/advance-withdrawal.ts'
import { tokenOf } from '../registry/tokens.ts'
import type { World } from '../world.ts'
import { blockAfter } from './carrier.ts'
import type { Inclusion } from './simulated-chain.ts'

/** How many transactions that were not confirmed yet a disturbance moved. */
export interface Disturbance {
  readonly payments: number
  readonly withdrawals: number
}

/** The chain makes no more blocks: what is not confirmed stays so. Does nothing to one that stands already. */
export function stallChain(world: World, chainId: number): Disturbance {
  const now = world.clock.now()
  if (world.chains.state(chainId).stalledAt !== null) return { payments: 0, withdrawals: 0 }
  world.chains.change(chainId, { stalledAt: now })
  return moveOpenTransactions(world, chainId, stay)
}

/** The chain goes on where it stopped: blocks come later by as long as it stood. */
export function resumeChain(world: World, chainId: number): Disturbance {
  const { stalledAt, lostMs } = world.chains.state(chainId)
  if (stalledAt === null) return { payments: 0, withdrawals: 0 }
  const stoodMs = world.clock.now() - stalledAt
  world.chains.change(chainId, { stalledAt: null, lostMs: lostMs + stoodMs })
  return moveOpenTransactions(world, chainId, stay)
}

/**
 * The newest `depth` blocks are replaced. Transactions in them that are not confirmed yet lose their
 * confirmations; they are mined again after the new blocks, or never. What SpacePay called completed
 * stays completed.
 */
export function reorganiseChain(
  world: World,
  chainId: number,
  wish: { readonly depth: number; readonly fate: 'mined_again' | 'dropped' },
): Disturbance {
  const height = world.chains.height(chainId, world.clock.now())
  world.carrier().reorganise(chainId, { ...wish, height })
  return moveOpenTransactions(world, chainId, ({ block }) => {
    if (block > height || block <= height - wish.depth) return null
    return wish.fate === 'dropped'
      ? { block, isDropped: true }
      : { block: blockAfter({ height, depth: wish.depth }), isDropped: false }
  })
}

interface Place {
  readonly block: number
  readonly isDropped: boolean
}

function stay({ block }: Inclusion): Place {
  return { block, isDropped: false }
}

/** Plans every transaction of the chain anew that is on its way to be confirmed; null leaves one as it is. */
function moveOpenTransactions(
  world: World,
  chainId: number,
  placeOf: (included: Inclusion) => Place | null,
): Disturbance {
  const now = world.clock.now()
  const moved = { payments: 0, withdrawals: 0 }
  const payments = world.payments.all().filter(({ status }) => status === 'processing')
  for (const payment of payments) {
    const { transaction } = payment
    if (transaction === null || tokenOf(transaction).chainId !== chainId) continue
    const place = placeOf(transaction)
    if (place === null) continue
    const inclusion = world.chains.inclusionAt(chainId, place.block, now)
    savePayment(
      world,
      {
        ...payment,
        transaction: {
          ...transaction,
          ...inclusion,
          isDropped: transaction.isDropped || place.isDropped,
        },
      },
      now,
    )
    moved.payments += 1
  }
  const withdrawals = world.withdrawals.all().filter(({ status }) => status === 'processing')
  for (const withdrawal of withdrawals) {
    const { transaction } = withdrawal
    if (transaction === null || withdrawal.chainId !== chainId) continue
    const place = placeOf(transaction)
    if (place === null) continue
    const inclusion = world.chains.inclusionAt(chainId, place.block, now)
    saveWithdrawal(world, {
      ...withdrawal,
      willFail: withdrawal.willFail || place.isDropped,
      transaction: { ...transaction, ...inclusion },
    })
    moved.withdrawals += 1
  }
  return moved
}
