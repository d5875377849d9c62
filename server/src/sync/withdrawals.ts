import { sql } from 'kysely'
import type { Db } from '../database.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { learnWithdrawals } from '../withdrawals/learn-withdrawals.ts'
import { refreshWithdrawal } from '../withdrawals/refresh-withdrawal.ts'
import { withdrawalAnswer } from '../withdrawals/withdrawal-observations.ts'
import type { SyncDependencies } from './list-page.ts'
import {
  readPosition,
  savePosition,
  withdrawalState,
  type WithdrawalPosition,
} from './sync-state.queries.ts'

export interface WithdrawalSync extends Omit<SyncDependencies, 'gateway'> {
  readonly gateway: Pick<Gateway, 'listWithdrawals' | 'getWithdrawal'>
}

/**
 * Reads the next page of withdrawals and resolves to whether there are more to read at once. The whole list
 * is walked, and its place kept with what was learned. After that only its beginning is read, where new ones
 * stand; the order is not documented, so the list is walked again whenever SpacePay counts more than are known.
 */
export async function sweepWithdrawals(sync: WithdrawalSync): Promise<boolean> {
  const { db, gateway, now, log, pageLimit } = sync
  const position = (await readPosition(db, withdrawalState)) ?? atStart
  const offset = position.isComplete
    ? 0
    : Math.max(0, position.offset - Math.min(overlapMax, Math.floor(pageLimit / 2)))
  const askedAt = now()
  const page = await gateway.listWithdrawals({ limit: pageLimit, offset })
  const answeredAt = now()
  for (const { id, problem } of page.rejected) {
    log.warn({ withdrawalId: id, problem }, 'A listed withdrawal could not be read')
  }
  const observations = page.rows.map((row) => withdrawalAnswer({ ...row, askedAt, answeredAt }))
  const reached = offset + page.rows.length + page.rejected.length
  return db.transaction().execute(async (trx) => {
    await learnWithdrawals(trx, observations)
    const next = position.isComplete
      ? await afterBeginning(trx, position, { reached, total: page.total })
      : {
          offset: reached,
          total: page.total,
          isComplete: !page.hasMore || reached <= position.offset,
        }
    await savePosition(trx, withdrawalState, { position: next, at: now() })
    return !next.isComplete
  })
}

const atStart: WithdrawalPosition = { offset: 0, total: null, isComplete: false }

/** New ones at the front push the others back between two pages: some are read twice so that none is missed. */
const overlapMax = 20

/** Once more from there where more are counted than known, and not again for the same count. */
async function afterBeginning(
  db: Db,
  position: WithdrawalPosition,
  page: { readonly reached: number; readonly total: number | null },
): Promise<WithdrawalPosition> {
  if (page.total === null || page.total === position.total) return position
  const { known } = await db
    .selectFrom('withdrawal')
    .select((eb) => eb.fn.countAll<number>().as('known'))
    .executeTakeFirstOrThrow()
  return { offset: page.reached, total: page.total, isComplete: known >= page.total }
}

/**
 * Asks again about withdrawals that are not final, the longest unasked first. Stops at the first one that
 * SpacePay does not answer: the others would not fare better.
 */
export async function sweepOpenWithdrawals(
  sync: WithdrawalSync,
  signal: AbortSignal,
): Promise<boolean> {
  const due = await findDueWithdrawals(sync.db, sync.now())
  for (const id of due) {
    if (signal.aborted || !(await refreshWithdrawal(sync, id))) return false
  }
  return due.length === withdrawalsPerRound
}

const withdrawalsPerRound = 20

/** A tenth of its age after the last answer, within the bounds that payments have. */
async function findDueWithdrawals(db: Db, now: Date): Promise<string[]> {
  const rows = await db
    .selectFrom('withdrawal')
    .select('id')
    .where(
      sql<boolean>`(status not in ('completed', 'failed', 'cancelled') or api_read_at is null)`,
    )
    .where(sql<boolean>`(
      api_read_at is null or api_read_at <= ${now}::timestamptz - greatest(
        interval '30 seconds',
        least(interval '7 days', (${now}::timestamptz - created_at) / 10)))`)
    .orderBy('api_read_at', (direction) => direction.asc().nullsFirst())
    .limit(withdrawalsPerRound)
    .execute()
  return rows.map(({ id }) => id)
}
