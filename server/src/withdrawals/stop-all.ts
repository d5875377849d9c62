import { sql } from 'kysely'
import type { WithdrawalStop } from '@desk/shared/withdrawals/policy-view'
import { userId } from '@desk/shared/identity/session'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { publish } from '../kernel/live-events.ts'
import { Refusal } from '../kernel/refusal.ts'

export type StopCause = NonNullable<WithdrawalStop['cause']>

const subject = { kind: 'withdrawal_policy', id: 'stop', label: 'All withdrawals' } as const

export async function readStop(db: Db): Promise<WithdrawalStop> {
  const row = await db
    .selectFrom('withdrawal_stop as stop')
    .leftJoin('person', 'person.id', 'stop.by_user_id')
    .select(['is_stopped', 'cause', 'reason', 'at', 'person.id as personId', 'person.name'])
    .executeTakeFirstOrThrow()
  return {
    isStopped: row.is_stopped,
    cause: row.cause,
    reason: row.reason,
    by:
      row.personId === null || row.name === null
        ? null
        : { userId: userId.parse(row.personId), name: row.name },
    at: row.at.toISOString(),
  }
}

/**
 * Stops every withdrawal. Whoever is about to send holds the row for share until the attempt is committed, so
 * this waits for sendings that have begun, and after it commits none begins. It is the last row to be locked.
 * Stopped already it stays as it was stopped first, except that what is more serious outweighs it: money
 * that went astray, then a key that is refused, then a wish.
 */
export async function stopWithdrawals(
  trx: Trx,
  by: Attribution,
  stop: { readonly cause: StopCause; readonly reason: string },
): Promise<void> {
  const { cause: before } = await lockStop(trx)
  if (before === null || weight[stop.cause] > weight[before]) await writeStop(trx, by, stop)
}

const weight = { person: 1, unauthorized: 2, different_answer: 3 } as const satisfies Record<
  StopCause,
  number
>

/** For a person. Refuses with `withdrawals_stopped` where they are: the first reason stays. */
export async function stopByPerson(db: Db, by: Attribution, reason: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { is_stopped: isStopped } = await lockStop(trx)
    if (isStopped) {
      const message = 'All withdrawals are stopped already.'
      throw new Refusal('conflict', 'withdrawals_stopped', message)
    }
    await writeStop(trx, by, { cause: 'person', reason })
  })
}

async function writeStop(
  trx: Trx,
  by: Attribution,
  { cause, reason }: { readonly cause: StopCause; readonly reason: string },
): Promise<void> {
  await trx
    .updateTable('withdrawal_stop')
    .set({ is_stopped: true, cause, reason, by_user_id: by.actor?.userId ?? null, at: by.at })
    .execute()
  await publish(trx, { kind: 'withdrawals.changed', requestId: null })
  await recordAudit(trx, by, { action: 'withdrawals.stop', subject, reason, after: { cause } })
}

/** Lets them go again; what is approved leaves by itself. Refuses with `withdrawals_not_stopped`. */
export async function startWithdrawals(db: Db, by: Attribution, reason: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await lockStop(trx)
    if (!before.is_stopped) {
      const message = 'Withdrawals are not stopped: somebody let them go again before you.'
      throw new Refusal('conflict', 'withdrawals_not_stopped', message)
    }
    await trx
      .updateTable('withdrawal_stop')
      .set({
        is_stopped: false,
        cause: null,
        reason,
        by_user_id: by.actor?.userId ?? null,
        at: by.at,
      })
      .execute()
    await publish(trx, { kind: 'withdrawals.changed', requestId: null })
    await recordAudit(trx, by, {
      action: 'withdrawals.start',
      subject,
      reason,
      before: { cause: before.cause, reason: before.reason },
    })
  })
}

async function lockStop(trx: Trx) {
  return trx
    .selectFrom('withdrawal_stop')
    .select(['is_stopped', 'cause', 'reason'])
    .where(sql<boolean>`only_row`)
    .forUpdate()
    .executeTakeFirstOrThrow()
}
