import { userId } from '@desk/shared/identity/session'
import type { GivenVote, VoteQuestion, VotingPerson } from '@desk/shared/withdrawals/judge-votes'
import type { WithdrawalPolicy } from '@desk/shared/withdrawals/policy'
import { bandFor, breakGlassApprovers } from '@desk/shared/withdrawals/policy-band'
import { withdrawalPolicy } from '@desk/shared/withdrawals/policy-schema'
import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** What a request says about who must approve it. */
export interface AskedRequest {
  readonly id: string
  readonly requestedBy: string
  readonly amountCents: number
  readonly fingerprint: string
  readonly policyVersion: number
  readonly isBreakGlass: boolean
}

/** The question that a request puts to these people, with what was voted so far. */
export function questionOf(
  request: AskedRequest,
  {
    policy,
    people,
    votes,
  }: {
    /** The version that the request was submitted under. */
    readonly policy: Pick<WithdrawalPolicy, 'bands'>
    readonly people: readonly VotingPerson[]
    readonly votes: readonly GivenVote[]
  },
): VoteQuestion {
  return {
    requester: userId.parse(request.requestedBy),
    fingerprint: request.fingerprint,
    policyVersion: request.policyVersion,
    approvers: request.isBreakGlass
      ? breakGlassApprovers
      : bandFor(policy, request.amountCents).approvers,
    takesDelegates: !request.isBreakGlass,
    people,
    votes,
  }
}

/** The votes on each request, oldest first. A delegate's vote says whether the delegation held when it was given. */
export async function readVotes(
  db: Db,
  requestIds: readonly string[],
): Promise<ReadonlyMap<string, readonly GivenVote[]>> {
  const rows = await db
    .selectFrom('withdrawal_vote as vote')
    .select([
      'vote.id',
      'vote.request_id',
      'vote.decision',
      'vote.voter',
      'vote.on_behalf_of',
      'vote.fingerprint',
      'vote.policy_version',
      'vote.voided_at',
      sql<boolean>`vote.on_behalf_of is null or exists (
        select from approval_delegation as held
        where held.from_user_id = vote.on_behalf_of and held.to_user_id = vote.voter
          and held.starts_at <= vote.at and held.ends_at > vote.at
          and (held.ended_at is null or held.ended_at > vote.at))`.as('is_delegation_valid'),
    ])
    .where(sql<boolean>`vote.request_id = any(${[...requestIds]}::text[])`)
    .orderBy('vote.at')
    .orderBy('vote.id')
    .execute()
  const byRequest = new Map<string, GivenVote[]>()
  for (const row of rows) {
    byRequest.set(row.request_id, [
      ...(byRequest.get(row.request_id) ?? []),
      {
        id: row.id,
        decision: row.decision,
        voter: userId.parse(row.voter),
        onBehalfOf: row.on_behalf_of === null ? null : userId.parse(row.on_behalf_of),
        isDelegationValid: row.is_delegation_valid,
        fingerprint: row.fingerprint,
        policyVersion: row.policy_version,
        isVoided: row.voided_at !== null,
      },
    ])
  }
  return byRequest
}

/** What each of these versions of the policy says. Throws where one is not there or cannot be read. */
export async function readPolicies(
  db: Db,
  versions: readonly number[],
): Promise<ReadonlyMap<number, WithdrawalPolicy>> {
  const rows = await db
    .selectFrom('withdrawal_policy')
    .select(['version', 'content'])
    .where(sql<boolean>`version = any(${[...versions]}::int[])`)
    .execute()
  return new Map(rows.map(({ version, content }) => [version, withdrawalPolicy.parse(content)]))
}
