import { userId } from '@desk/shared/identity/session'
import { isAmountCents } from '@desk/shared/money/amount-cents'
import { judgeVotes } from '@desk/shared/withdrawals/judge-votes'
import type { RequestRow } from '@desk/shared/withdrawals/request-view'
import type { Db } from '../database.ts'
import { questionOf, readPolicies, readVotes } from './vote-questions.queries.ts'
import { requestName } from './request-store.ts'
import { readVotingPeople } from './voting-people.queries.ts'

/** Requests with what a row of any list shows of them. */
export function requestRows(db: Db) {
  return db
    .selectFrom('withdrawal_request as request')
    .innerJoin('destination', 'destination.id', 'request.destination_id')
    .innerJoin('person as requester', 'requester.id', 'request.requested_by')
    .select([
      'request.id',
      'request.number',
      'request.state',
      'request.amount_cents',
      'request.currency',
      'request.network',
      'request.destination_id',
      'request.destination_address',
      'destination.label',
      'request.order_id',
      'request.requested_by',
      'requester.name as requester',
      'request.created_at',
      'request.submitted_at',
      'request.state_at',
      'request.state_reason',
      'request.expires_at',
      'request.fingerprint',
      'request.policy_version',
      'request.is_break_glass',
    ])
}

type Found = Awaited<ReturnType<ReturnType<typeof requestRows>['execute']>>[number]

/** The rows as screens get them, with how many approvals count now; a handful of reads for all of them. */
export async function toRequestRows(db: Db, found: readonly Found[]): Promise<RequestRow[]> {
  const votes = await readVotes(
    db,
    found.map(({ id }) => id),
  )
  const versions = new Set(found.flatMap((row) => row.policy_version ?? []))
  const policies = await readPolicies(db, [...versions])
  const voters = [...votes.values()].flat().flatMap(({ voter, onBehalfOf }) => [voter, onBehalfOf])
  const named = [...voters, ...found.map((row) => row.requested_by)].filter((id) => id !== null)
  const people = await readVotingPeople(db, [...new Set(named)])
  return found.map((row) => {
    const { fingerprint, policy_version: policyVersion } = row
    const policy = policies.get(policyVersion ?? 0)
    const judged =
      fingerprint === null || policyVersion === null || policy === undefined
        ? { given: 0, needed: 0 }
        : judgeVotes(
            questionOf(
              {
                id: row.id,
                requestedBy: row.requested_by,
                amountCents: row.amount_cents,
                fingerprint,
                policyVersion,
                isBreakGlass: row.is_break_glass,
              },
              { policy, people, votes: votes.get(row.id) ?? [] },
            ),
          )
    return { ...plainRow(row), approvals: { given: judged.given, needed: judged.needed } }
  })
}

function plainRow(row: Found): Omit<RequestRow, 'approvals'> {
  if (!isAmountCents(row.amount_cents)) throw new RangeError('A request is of no exact amount.')
  return {
    id: row.id,
    name: requestName(row.number),
    state: row.state,
    amountCents: row.amount_cents,
    currency: row.currency,
    network: row.network,
    destination: {
      id: row.destination_id,
      label: row.label,
      address: row.destination_address,
    },
    orderId: row.order_id,
    requestedBy: { userId: userId.parse(row.requested_by), name: row.requester },
    createdAt: row.created_at.toISOString(),
    submittedAt: row.submitted_at?.toISOString() ?? null,
    stateAt: row.state_at.toISOString(),
    stateReason: row.state_reason,
    expiresAt: row.expires_at?.toISOString() ?? null,
  }
}
