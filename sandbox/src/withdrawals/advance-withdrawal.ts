import { newTransactionHash } from '../chain/carrier.ts'
import { chainOf } from '../registry/chains.ts'
import { withdrawalSubject } from '../webhooks/snapshot.ts'
import type { World } from '../world.ts'
import type { WithdrawalRecord } from './withdrawal-record.ts'

/** When the withdrawal moves by itself, or null when it rests. */
export function nextWithdrawalStepAt(withdrawal: WithdrawalRecord): number | null {
  if (withdrawal.status === 'pending') return withdrawal.sendAt
  if (withdrawal.status === 'processing') return withdrawal.transaction?.confirmedAt ?? null
  return null
}

export function advanceWithdrawal(world: World, id: string, at: number): void {
  const withdrawal = world.withdrawals.find(id)
  if (!withdrawal) return
  if (withdrawal.status === 'pending') sendOnChain(world, withdrawal, at)
  else if (withdrawal.status === 'processing') {
    finishWithdrawal(world, withdrawal, { outcome: withdrawal.willFail ? 'fail' : 'complete', at })
  }
}

/** Ends a withdrawal that is still open. */
export function finishWithdrawal(
  world: World,
  withdrawal: WithdrawalRecord,
  end: { readonly outcome: 'complete' | 'fail' | 'cancel'; readonly at: number },
): WithdrawalRecord {
  const { at } = end
  if (end.outcome === 'complete') {
    const sent = withdrawal.transaction ? withdrawal : sendOnChain(world, withdrawal, at)
    return saveWithdrawal(world, { ...sent, status: 'completed', updatedAt: at })
  }
  if (end.outcome === 'cancel') {
    return saveWithdrawal(world, { ...withdrawal, status: 'cancelled', updatedAt: at })
  }
  return saveWithdrawal(world, {
    ...withdrawal,
    status: 'failed',
    errorMessage: 'The transfer was rejected by the network.',
    updatedAt: at,
  })
}

/** Keeps a withdrawal, tells the webhook endpoints when its status is new, and puts its next step on the agenda. */
export function saveWithdrawal(world: World, withdrawal: WithdrawalRecord): WithdrawalRecord {
  const previous = world.withdrawals.find(withdrawal.id)
  world.withdrawals.put(withdrawal)
  world.journal.append({ kind: 'withdrawal', value: withdrawal })
  world.agenda.schedule('withdrawal', withdrawal.id, nextWithdrawalStepAt(withdrawal))
  if (previous?.status !== withdrawal.status) {
    world.webhooks.emit(
      previous ? 'withdrawal.updated' : 'withdrawal.created',
      withdrawalSubject(withdrawal),
      withdrawal.updatedAt,
    )
  }
  return withdrawal
}

function sendOnChain(world: World, withdrawal: WithdrawalRecord, at: number): WithdrawalRecord {
  const chain = chainOf(withdrawal)
  return saveWithdrawal(world, {
    ...withdrawal,
    status: 'processing',
    updatedAt: at,
    transaction: {
      hash: newTransactionHash(chain),
      ...world.chains.include(chain.chainId, at),
    },
  })
}
