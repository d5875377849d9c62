import { type Insertable, sql } from 'kysely'
import type { Database } from '../database-schema.ts'
import type { Trx } from '../database.ts'
import type { FoundDrift } from './drift-case.ts'
import {
  findCases,
  lockKnownDrift,
  type NamedCase,
  readAnnouncedSince,
} from './drift-cases.queries.ts'
import { type DriftStep, driftStep, type KnownDrift } from './drift-step.ts'
import { findDrift } from './find-drift.ts'

/**
 * Opens, tells more exactly and closes the drift of these payments after what is known now; doing it again
 * changes nothing. Answers the payments whose drift changed. One caller at a time: see the attention sweep.
 */
export async function applyDrift(
  trx: Trx,
  ids: readonly string[],
  at: Date,
): Promise<readonly string[]> {
  if (ids.length === 0) return []
  const announcedSince = await readAnnouncedSince(trx)
  const cases = await findCases(trx, ids, announcedSince)
  const known = await lockKnownDrift(trx, ids)
  const judged = cases.map((one) => ({ one, findings: findDrift(one, at.getTime()) }))
  const moves = judged.flatMap(({ one, findings }) =>
    movesOf(one, known.get(one.paymentId) ?? [], findings.found),
  )
  await writeNew(trx, moves, at)
  for (const move of moves)
    if (move.known) await writeKnown(trx, { ...move, known: move.known }, at)
  await writeWatch(
    trx,
    judged.map(({ one, findings }) => ({
      paymentId: one.paymentId,
      lookAt: findings.lookAgainAt,
      asksApi: findings.asksApi,
    })),
  )
  return [...new Set(moves.map(({ paymentId }) => paymentId))]
}

interface Move {
  readonly paymentId: string
  readonly step: DriftStep
  readonly known: KnownDrift | null
  readonly found: FoundDrift | null
}

function movesOf(
  { paymentId }: NamedCase,
  known: readonly KnownDrift[],
  found: readonly FoundDrift[],
): Move[] {
  const topics = new Set([...known, ...found].map(({ topic }) => topic))
  return [...topics].flatMap((topic) => {
    const before = known.find((one) => one.topic === topic) ?? null
    const now = found.find((one) => one.topic === topic) ?? null
    const step = driftStep(before, now)
    return step === null ? [] : [{ paymentId, step, known: before, found: now }]
  })
}

async function writeNew(trx: Trx, moves: readonly Move[], at: Date): Promise<void> {
  const rows = moves.flatMap(({ known, found, paymentId }) =>
    known === null && found !== null ? [newRow(paymentId, found, at)] : [],
  )
  if (rows.length > 0) await trx.insertInto('drift').values(rows).execute()
}

function newRow(paymentId: string, found: FoundDrift, at: Date): Insertable<Database['drift']> {
  return {
    payment_id: paymentId,
    topic: found.topic,
    detected_at: at,
    ...toldBy(found),
    ...(found.isOver ? healed(at) : { state: 'open', fact: found.fact }),
  }
}

async function writeKnown(
  trx: Trx,
  { step, known, found }: Move & { readonly known: KnownDrift },
  at: Date,
): Promise<void> {
  await trx
    .updateTable('drift')
    .set({ ...(found && step !== 'forget' ? toldBy(found) : {}), ...endOf(step, found, at) })
    .where('id', '=', known.id)
    .execute()
}

function toldBy(found: FoundDrift) {
  return {
    kind: found.kind,
    status: found.status,
    since: found.since,
    stake_cents: found.stakeCents,
    evidence: JSON.stringify({ one: found.one, other: found.other }),
  }
}

function endOf(step: DriftStep, found: FoundDrift | null, at: Date) {
  switch (step) {
    case 'close':
    case 'note':
      return healed(at)
    case 'forget':
      return { fact: null }
    case 'refresh':
      return { fact: found?.fact ?? null }
    case 'open':
    case 'reopen':
      return {
        state: 'open' as const,
        fact: found?.fact ?? null,
        detected_at: at,
        closed_at: null,
        resolution: null,
        resolved_by: null,
        resolved_because: null,
      }
  }
}

function healed(at: Date) {
  return { state: 'closed', fact: null, closed_at: at, resolution: 'healed' } as const
}

/** When to look at these payments again; those that need no looking are let go. */
async function writeWatch(
  trx: Trx,
  watches: readonly {
    readonly paymentId: string
    readonly lookAt: string | null
    readonly asksApi: boolean
  }[],
): Promise<void> {
  const kept = watches.filter(({ lookAt, asksApi }) => lookAt !== null || asksApi)
  const gone = watches.filter((watch) => !kept.includes(watch)).map(({ paymentId }) => paymentId)
  if (gone.length > 0) {
    await sql`delete from drift_watch where payment_id = any(${gone}::text[])`.execute(trx)
  }
  if (kept.length === 0) return
  await sql`
    insert into drift_watch (payment_id, look_at, asks_api)
    select told.payment_id, coalesce(told.look_at, 'infinity'), told.asks_api
    from unnest(
      ${kept.map(({ paymentId }) => paymentId)}::text[],
      ${kept.map(({ lookAt }) => lookAt)}::timestamptz[],
      ${kept.map(({ asksApi }) => asksApi)}::boolean[]
    ) as told (payment_id, look_at, asks_api)
    on conflict (payment_id) do update
      set look_at = excluded.look_at, asks_api = excluded.asks_api
      where (drift_watch.look_at, drift_watch.asks_api)
        is distinct from (excluded.look_at, excluded.asks_api)`.execute(trx)
}
