import { userId } from '@desk/shared/identity/session'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import type { WithdrawalPolicy } from '@desk/shared/withdrawals/policy'
import {
  type PastRequest,
  REHEARSAL_DAYS,
  type Rehearsal,
  rehearse,
} from '@desk/shared/withdrawals/rehearsal'
import type { Db } from '../database.ts'
import { requestName } from './request-store.ts'
import { readVotes } from './vote-questions.queries.ts'
import { readVotingPeople } from './voting-people.queries.ts'

const DAY_MS = 24 * 60 * 60_000
/** The newest of so many; more would not change what a person concludes. */
const REQUESTS_MAX = 5_000

/** What a policy would have made of the approved requests of the last 90 days, with the people as they are now. */
export async function rehearsePolicy(
  db: Db,
  {
    policy,
    at,
    zone,
  }: { readonly policy: WithdrawalPolicy; readonly at: Date; readonly zone: string },
): Promise<Rehearsal> {
  const past = await readPast(db, new Date(at.getTime() - REHEARSAL_DAYS * DAY_MS))
  const named = past.flatMap(({ requester, approvers }) => [requester, ...approvers])
  const people = await readVotingPeople(db, [...new Set(named)])
  return rehearse({ policy, zone, people }, past)
}

/** Everything that had enough approvals since then; emergencies were decided by no band. */
async function readPast(db: Db, since: Date): Promise<readonly PastRequest[]> {
  const rows = await db
    .selectFrom('withdrawal_request as request')
    .innerJoin('destination', 'destination.id', 'request.destination_id')
    .select([
      'request.id',
      'request.number',
      'request.amount_cents',
      'request.requested_by',
      'request.submitted_at',
      'request.left_at',
      'destination.approved_at',
    ])
    .where('request.submitted_at', '>=', since)
    .where('request.is_break_glass', '=', false)
    .where('request.state', 'in', [
      'approved',
      'sending',
      'submitted',
      'processing',
      'completed',
      'failed',
      'unknown',
    ])
    .orderBy('request.submitted_at', 'desc')
    .orderBy('request.id')
    .limit(REQUESTS_MAX)
    .execute()
  const votes = await readVotes(
    db,
    rows.map(({ id }) => id),
  )
  return rows.flatMap((row) => {
    if (row.submitted_at === null) return []
    const approvers = (votes.get(row.id) ?? [])
      .filter(({ decision, isVoided }) => decision === 'approve' && !isVoided)
      // By whose roles it counted: for a delegate, those of whose place they took.
      .map(({ voter, onBehalfOf }) => onBehalfOf ?? voter)
    return {
      id: row.id,
      name: requestName(row.number),
      amountCents: amountCents.parse(row.amount_cents),
      requester: userId.parse(row.requested_by),
      submittedAt: row.submitted_at.toISOString(),
      leftAt: row.left_at?.toISOString() ?? null,
      destinationApprovedAt: row.approved_at?.toISOString() ?? null,
      approvers,
    }
  })
}
