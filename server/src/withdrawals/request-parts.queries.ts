import { sql } from 'kysely'
import * as z from 'zod'
import { userId } from '@desk/shared/identity/session'
import type {
  NamedPerson,
  RequestAttempt,
  RequestCase,
  RequestEvent,
  RequestVote,
} from '@desk/shared/withdrawals/request-view'
import type { Db } from '../database.ts'

/** Null without one. The bytes come by their own route. */
export async function readAttachment(
  db: Db,
  requestId: string,
): Promise<RequestCase['attachment']> {
  const row = await db
    .selectFrom('withdrawal_attachment')
    .select(['name', 'media_type as mediaType', 'sha256'])
    .select(sql<number>`length(bytes)`.as('byteLength'))
    .where('request_id', '=', requestId)
    .executeTakeFirst()
  return row ?? null
}

/** Every vote there ever was, voided ones too, oldest first. */
export async function readVoteRows(db: Db, requestId: string): Promise<readonly RequestVote[]> {
  const rows = await db
    .selectFrom('withdrawal_vote as vote')
    .innerJoin('person as voter', 'voter.id', 'vote.voter')
    .leftJoin('person as behalf', 'behalf.id', 'vote.on_behalf_of')
    .select([
      'vote.decision',
      'vote.voter',
      'voter.name as voterName',
      'vote.on_behalf_of',
      'behalf.name as behalfName',
      'vote.at',
      'vote.reason',
      'vote.fingerprint',
      'vote.voided_at',
      'vote.voided_reason',
    ])
    .where('vote.request_id', '=', requestId)
    .orderBy('vote.at')
    .orderBy('vote.id')
    .execute()
  return rows.map((row) => ({
    decision: row.decision,
    voter: { userId: userId.parse(row.voter), name: row.voterName },
    onBehalfOf: personOrNull(row.on_behalf_of, row.behalfName),
    at: row.at.toISOString(),
    reason: row.reason,
    fingerprint: row.fingerprint,
    voided:
      row.voided_at === null
        ? null
        : { at: row.voided_at.toISOString(), reason: row.voided_reason ?? '' },
  }))
}

/** Every call to SpacePay that was begun, oldest first. */
export async function readAttempts(db: Db, requestId: string): Promise<readonly RequestAttempt[]> {
  const rows = await db
    .selectFrom('withdrawal_attempt as attempt')
    .leftJoin('person as resolver', 'resolver.id', 'attempt.resolved_by')
    .selectAll('attempt')
    .select('resolver.name as resolverName')
    .where('request_id', '=', requestId)
    .orderBy('number')
    .execute()
  return rows.map((row) => ({
    number: row.number,
    state: row.state,
    startedAt: row.started_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    idempotencyKey: row.idempotency_key,
    status: row.status,
    code: row.code,
    message: row.message,
    upstreamRequestId: row.upstream_request_id,
    lookUps: row.look_ups,
    lookedUpAt: row.looked_up_at?.toISOString() ?? null,
    nextLookUpAt: row.next_look_up_at?.toISOString() ?? null,
    resolvedBy: personOrNull(row.resolved_by, row.resolverName),
    evidence: row.evidence,
  }))
}

/** From draft to chain, oldest first. */
export async function readStory(db: Db, requestId: string): Promise<readonly RequestEvent[]> {
  const rows = await db
    .selectFrom('withdrawal_event as event')
    .leftJoin('person as actor', 'actor.id', 'event.actor_user_id')
    .selectAll('event')
    .select('actor.name as actorName')
    .where('request_id', '=', requestId)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    fromState: row.from_state,
    toState: row.to_state,
    actor: personOrNull(row.actor_user_id, row.actorName),
    detail: z.record(z.string(), z.unknown()).parse(row.detail),
  }))
}

function personOrNull(id: string | null, name: string | null): NamedPerson | null {
  return id === null || name === null ? null : { userId: userId.parse(id), name }
}
