import { jsonArrayFrom } from 'kysely/helpers/postgres'
import * as z from 'zod'
import type { OpenDrift } from '@desk/shared/attention/attention-facts'
import { type Drift, driftKinds } from '@desk/shared/drift/drift'
import { userId } from '@desk/shared/identity/session'
import { type NestedRow, toInstant, toInstantOrNull } from './nested-row.ts'
import type { PaymentExpressions } from './payment-matching.ts'
import { toCents } from './payment-row.ts'

const DRIFT_MAX = 100

/** In what the webhooks and the API disagree, or once did: open ones first, then the newest. */
export function driftOf(eb: PaymentExpressions) {
  return jsonArrayFrom(
    eb
      .selectFrom('drift')
      .leftJoin('person', 'person.id', 'drift.resolved_by')
      .select(['drift.id', 'drift.kind', 'drift.status', 'drift.state', 'drift.since'])
      .select(['drift.detected_at', 'drift.stake_cents', 'drift.evidence', 'drift.closed_at'])
      .select(['drift.resolution', 'drift.resolved_because', 'drift.resolved_by'])
      .select('person.name as resolver')
      .whereRef('drift.payment_id', '=', 'payment.id')
      // Those of a newer Desk are left out.
      .where('drift.kind', 'in', driftKinds)
      .orderBy('drift.state', 'desc')
      .orderBy('drift.detected_at', 'desc')
      .orderBy('drift.id', 'desc')
      .limit(DRIFT_MAX),
  )
}

export function toDrift(row: NestedRow<typeof driftOf>): Drift {
  return {
    id: row.id,
    kind: driftKind.parse(row.kind),
    status: row.status,
    state: row.state,
    since: toInstant(row.since),
    detectedAt: toInstant(row.detected_at),
    stakeCents: toCents(row.stake_cents),
    ...evidence.parse(row.evidence),
    closedAt: toInstantOrNull(row.closed_at),
    resolution: row.resolution,
    resolvedBy:
      row.resolved_by === null
        ? null
        : { id: userId.parse(row.resolved_by), name: row.resolver ?? '' },
    resolvedBecause: row.resolved_because,
  }
}

/** What waits for a person. */
export function openDriftOf(eb: PaymentExpressions) {
  return jsonArrayFrom(
    eb
      .selectFrom('drift')
      .select(['drift.topic', 'drift.fact', 'drift.stake_cents'])
      .select(['drift.since', 'drift.detected_at'])
      .whereRef('drift.payment_id', '=', 'payment.id')
      .where('drift.state', '=', 'open'),
  )
}

export function toOpenDrift(row: NestedRow<typeof openDriftOf>): OpenDrift {
  return {
    topic: row.topic,
    fact: row.fact,
    stakeCents: toCents(row.stake_cents),
    since: toInstant(row.since),
    detectedAt: toInstant(row.detected_at),
  }
}

const driftKind = z.enum(driftKinds)

const word = z
  .object({
    observationId: z.int(),
    deliveryId: z.int().nullable(),
    status: z.string(),
    amountCents: z.int().nullable().transform(toCents),
    occurredAt: z.iso.datetime(),
    learnedAt: z.iso.datetime(),
  })
  .nullable()
const evidence = z.object({ one: word, other: word })
