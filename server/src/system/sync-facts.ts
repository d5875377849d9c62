import type { SystemFacts } from '@desk/shared/system/system-facts'
import type { Db } from '../database.ts'
import {
  backfillState,
  readPosition,
  sweepState,
  withdrawalState,
} from '../sync/sync-state.queries.ts'

/** How far reading SpacePay's lists has come. */
export async function readSyncFacts(reads: Db): Promise<NonNullable<SystemFacts['sync']>> {
  const newest = await reads
    .selectFrom('sync_state')
    .select('updated_at')
    .orderBy('updated_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const history = await readPosition(reads, backfillState)
  const sweep = await readPosition(reads, sweepState)
  const withdrawals = await readPosition(reads, withdrawalState)
  return {
    lastReadAt: newest?.updated_at.toISOString() ?? null,
    completeUntil: sweep?.groundAt ?? null,
    history: history && {
      offset: history.offset,
      total: history.total,
      rejected: history.rejected,
      finishedAt: history.finishedAt,
    },
    withdrawals,
  }
}
