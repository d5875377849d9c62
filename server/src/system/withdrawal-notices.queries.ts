import { sql } from 'kysely'
import type { Db, Trx } from '../database.ts'
import type { WithdrawalNotice } from './withdrawal-notices.ts'

const WAITING_MAX = 200
/** What came to an end longer ago than this is nobody's news any more. */
const NEWS_MS = 24 * 60 * 60_000
const MAILED_AT_ONCE_MAX = 50

/** Everything that waits for approval, and what ended a short while ago in a way that somebody has to act on. */
export async function findNoticed(db: Db, now: Date) {
  return db
    .selectFrom('withdrawal_request as request')
    .innerJoin('destination', 'destination.id', 'request.destination_id')
    .select([
      'request.id',
      'request.number',
      'request.state',
      'request.state_at as stateAt',
      'request.state_reason as stateReason',
      'request.amount_cents as amountCents',
      'request.network',
      'destination.label',
      'request.requested_by as requestedBy',
      'request.fingerprint',
      'request.is_break_glass as isBreakGlass',
    ])
    .where('request.state', 'in', ['pending_approval', 'unknown', 'rejected', 'expired', 'failed'])
    .where((eb) =>
      eb.or([
        eb('request.state', 'in', ['pending_approval', 'unknown']),
        eb('request.state_at', '>', new Date(now.getTime() - NEWS_MS)),
      ]),
    )
    .orderBy('request.state_at')
    .limit(WAITING_MAX)
    .execute()
}

export async function findProposedDestinations(db: Db) {
  return db
    .selectFrom('destination')
    .select([
      'id',
      'label',
      'network',
      'address',
      'proposed_by as proposedBy',
      'proposed_at as proposedAt',
    ])
    .where('state', '=', 'proposed')
    .orderBy('state_at', 'desc')
    .limit(WAITING_MAX)
    .execute()
}

export async function findProposedPolicies(db: Db) {
  return db
    .selectFrom('withdrawal_policy')
    .select(['version', 'note', 'proposed_by as proposedBy', 'proposed_at as proposedAt'])
    .where('state', '=', 'proposed')
    .execute()
}

/** Writes down who is told; resolves to those who were not told of the same before, null being the channels. */
export async function insertNotices(
  trx: Trx,
  notice: WithdrawalNotice,
  { to, at }: { readonly to: readonly (string | null)[]; readonly at: Date },
): Promise<readonly (string | null)[]> {
  if (to.length === 0) return []
  const rows = await trx
    .insertInto('withdrawal_notice')
    .values(
      to.map((person) => ({
        kind: notice.kind,
        subject_id: notice.subjectId,
        occasion: notice.occasion,
        person_id: person,
        sentence: notice.sentence,
        path: notice.path,
        made_at: at,
        // The channels keep count of their own.
        sent_at: person === null ? at : null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning('person_id')
    .execute()
  return rows.map(({ person_id }) => person_id)
}

/** What a person is to be told by mail, oldest first, and where to. */
export async function readUnsent(db: Db, personId: string) {
  return db
    .selectFrom('withdrawal_notice as notice')
    .innerJoin('person', 'person.id', 'notice.person_id')
    .select(['notice.id', 'notice.sentence', 'notice.path', 'person.email'])
    .where('notice.person_id', '=', personId)
    .where('notice.sent_at', 'is', null)
    .where('person.disabled_at', 'is', null)
    .where('person.removed_at', 'is', null)
    .orderBy('notice.id')
    .limit(MAILED_AT_ONCE_MAX)
    .execute()
}

/** `problem` is why it failed; null once it went out. */
export async function writeMailing(
  db: Db,
  ids: readonly number[],
  { at, problem }: { readonly at: Date; readonly problem: string | null },
): Promise<void> {
  await db
    .updateTable('withdrawal_notice')
    .set({ attempts: sql`attempts + 1`, problem, ...(problem === null && { sent_at: at }) })
    .where('id', 'in', [...ids])
    .execute()
}
