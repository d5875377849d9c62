import type { VoteQuestion } from '@desk/shared/withdrawals/judge-votes'
import type { Db } from '../database.ts'
import type { StoredRequest } from './request-store.ts'
import { questionOf, readPolicies, readVotes } from './vote-questions.queries.ts'
import { readVotingPeople } from './voting-people.queries.ts'

/** What a request asks of those who vote, with what was voted so far and everybody as they are now; null before it is submitted. */
export async function readQuestion(
  db: Db,
  request: StoredRequest,
  named: readonly string[] = [],
): Promise<VoteQuestion | null> {
  const { fingerprint, policy_version: policyVersion } = request
  if (fingerprint === null || policyVersion === null) return null
  const policy = (await readPolicies(db, [policyVersion])).get(policyVersion)
  if (!policy) throw new Error(`There is no policy ${policyVersion}.`)
  const votes = (await readVotes(db, [request.id])).get(request.id) ?? []
  const voters = votes.flatMap(({ voter, onBehalfOf }) => [
    voter,
    ...(onBehalfOf ? [onBehalfOf] : []),
  ])
  const people = await readVotingPeople(db, [request.requested_by, ...voters, ...named])
  return questionOf(
    {
      id: request.id,
      requestedBy: request.requested_by,
      amountCents: request.amount_cents,
      fingerprint,
      policyVersion,
      isBreakGlass: request.is_break_glass,
    },
    { policy, people, votes },
  )
}
