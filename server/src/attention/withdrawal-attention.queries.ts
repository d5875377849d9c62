import { permits } from '@desk/shared/identity/permissions'
import { userId } from '@desk/shared/identity/session'
import {
  type WithdrawalAttention,
  type WithdrawalAttentionItem,
  type WithdrawalAttentionKind,
  withdrawalAttentionKinds,
} from '@desk/shared/attention/withdrawal-attention'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import { waysToApprove } from '@desk/shared/withdrawals/judge-votes'
import type { Db } from '../database.ts'
import type { Actor } from '../kernel/actor.ts'
import { readPendingQuestions } from '../withdrawals/pending-questions.queries.ts'

const COUNTED_MAX = 500
const SHOWN_MAX = 50

type Viewer = Pick<Actor, 'userId' | 'roles'>

/**
 * What of withdrawals waits for this person: approvals that would count, what came back to them, and to
 * everybody who may see withdrawals what nobody can tell of.
 */
export async function readWithdrawalAttention(
  reads: Db,
  viewer: Viewer,
  at: Date,
): Promise<WithdrawalAttention> {
  const mine = await requestsToApprove(reads, viewer, at)
  const kinds = await Promise.all([
    readKind(reads, 'unknown', { states: ['unknown'] }),
    readKind(reads, 'waiting', { ids: mine }),
    readKind(reads, 'returned', { states: ['rejected', 'expired'], requestedBy: viewer.userId }),
  ])
  const items = kinds.flat()
  return {
    byKind: withdrawalAttentionKinds.flatMap((kind) => totalOf(items, kind)),
    items: items.slice(0, SHOWN_MAX),
    isMore: kinds.some(({ length }) => length === COUNTED_MAX),
  }
}

async function requestsToApprove(reads: Db, viewer: Viewer, at: Date): Promise<readonly string[]> {
  if (!permits(viewer.roles, 'withdrawals:approve')) return []
  const { waiting, delegations } = await readPendingQuestions(reads, { at })
  const delegators = delegations.filter(({ to }) => to === viewer.userId).map(({ from }) => from)
  return waiting
    .filter(({ question }) => waysToApprove(question, viewer.userId, delegators).length > 0)
    .map(({ id }) => id)
}

interface Which {
  readonly states?: readonly ('unknown' | 'rejected' | 'expired')[]
  readonly ids?: readonly string[]
  readonly requestedBy?: string
}

/** Oldest first. */
async function readKind(
  reads: Db,
  kind: WithdrawalAttentionKind,
  { states, ids, requestedBy }: Which,
): Promise<readonly WithdrawalAttentionItem[]> {
  if (ids?.length === 0) return []
  const rows = await reads
    .selectFrom('withdrawal_request as request')
    .innerJoin('destination', 'destination.id', 'request.destination_id')
    .innerJoin('person', 'person.id', 'request.requested_by')
    .select([
      'request.id',
      'request.number',
      'request.amount_cents',
      'request.network',
      'request.state_at',
      'destination.label',
      'person.id as personId',
      'person.name as personName',
    ])
    .$if(states !== undefined, (query) => query.where('request.state', 'in', states ?? []))
    .$if(ids !== undefined, (query) => query.where('request.id', 'in', ids ?? []))
    .$if(requestedBy !== undefined, (query) =>
      query.where('request.requested_by', '=', requestedBy ?? ''),
    )
    .orderBy('request.state_at')
    .orderBy('request.id')
    .limit(COUNTED_MAX)
    .execute()
  return rows.map((row) => ({
    kind,
    requestId: row.id,
    name: `W-${row.number}`,
    amountCents: amountCents.parse(row.amount_cents),
    network: row.network,
    label: row.label,
    requestedBy: { userId: userId.parse(row.personId), name: row.personName },
    since: row.state_at.toISOString(),
  }))
}

function totalOf(
  items: readonly WithdrawalAttentionItem[],
  kind: WithdrawalAttentionKind,
): WithdrawalAttention['byKind'] {
  const found = items.filter((item) => item.kind === kind)
  const [oldest] = found
  if (oldest === undefined) return []
  const stake = found.reduce((sum, item) => sum + item.amountCents, 0)
  const stakeCents = amountCents.parse(stake)
  return [{ kind, count: found.length, stakeCents, oldestAt: oldest.since }]
}
