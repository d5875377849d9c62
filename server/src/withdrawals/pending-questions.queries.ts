import type { VoteQuestion } from '@desk/shared/withdrawals/judge-votes'
import type { Db } from '../database.ts'
import { questionOf, readPolicies, readVotes } from './vote-questions.queries.ts'
import { type HeldDelegation, readDelegations, readVotingPeople } from './voting-people.queries.ts'
import type { NamedVotingPerson } from '@desk/shared/withdrawals/dead-locks'

const PENDING_MAX = 500

/** Everything that waits for approval, oldest first, each with its question; and everybody who could vote. */
export interface PendingQuestions {
  readonly waiting: readonly { readonly id: string; readonly question: VoteQuestion }[]
  readonly people: readonly NamedVotingPerson[]
  readonly delegations: readonly HeldDelegation[]
}

/** Reads a handful of times, however many requests wait; those that are over at `at` are left out. */
export async function readPendingQuestions(
  db: Db,
  { at, named = [] }: { readonly at: Date; readonly named?: readonly string[] },
): Promise<PendingQuestions> {
  const rows = await db
    .selectFrom('withdrawal_request')
    .select([
      'id',
      'requested_by as requestedBy',
      'amount_cents as amountCents',
      'fingerprint',
      'policy_version as policyVersion',
      'is_break_glass as isBreakGlass',
    ])
    .where('state', '=', 'pending_approval')
    .where('expires_at', '>', at)
    .orderBy('submitted_at')
    .orderBy('id')
    .limit(PENDING_MAX)
    .execute()
  const people = await readVotingPeople(db, [...named, ...rows.map((row) => row.requestedBy)])
  const delegations = await readDelegations(db, at)
  const votes = await readVotes(
    db,
    rows.map(({ id }) => id),
  )
  const policies = await readPolicies(db, [
    ...new Set(rows.flatMap((row) => row.policyVersion ?? [])),
  ])
  const waiting = rows.flatMap(({ fingerprint, policyVersion, ...row }) => {
    const policy = policies.get(policyVersion ?? 0)
    if (fingerprint === null || policyVersion === null || policy === undefined) return []
    const request = { ...row, fingerprint, policyVersion }
    const question = questionOf(request, { policy, people, votes: votes.get(row.id) ?? [] })
    return [{ id: row.id, question }]
  })
  return { waiting, people, delegations }
}
