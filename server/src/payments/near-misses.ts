import type { Miss, NearPayment } from '@desk/shared/payments/find-many'
import type { MissReason } from '@desk/shared/payments/miss-reason'
import { nearForms, type Slip, slips } from '@desk/shared/payments/near-forms'
import { paymentId } from '@desk/shared/payments/payment'
import type { Db } from '../database.ts'
import type { HitRow } from './payment-find.queries.ts'
import {
  findBeginnings,
  findOrderForms,
  findParts,
  findValues,
  type NearRow,
  type SoughtParts,
  type SoughtText,
} from './payment-near.queries.ts'
import { toCents } from './payment-row.ts'

/** So many texts are looked for by one statement. */
const TEXTS_A_STATEMENT = 15
/** For one statement; those it was to find count as not looked into. */
const STATEMENT_MS_MAX = 500
/** More payments than this for one kind of slip tell nothing: among running numbers many are near. */
const TELLING_MAX = 3
const NEAR_MAX = 3

/** What was found for texts by their positions; those that are not in it were not looked into. */
export type RowsByPosition = ReadonlyMap<number, readonly NearRow[]>

/** Payments with one of the texts as a whole value, for as many texts as can be looked for until `end`. */
export async function valuesOf(
  reads: Db,
  sought: readonly SoughtText[],
  { end, limit }: { readonly end: number; readonly limit: number },
): Promise<RowsByPosition> {
  const indexed = sought.filter(({ text }) => isIndexed(text))
  const found = await inTurn(indexed, end, (some) =>
    findValues(reads, some, { limit, ms: STATEMENT_MS_MAX }),
  )
  // Without three letters or figures in a row there is nothing to look for, so nothing was left undone.
  for (const { position, text } of sought) if (!isIndexed(text)) found.set(position, [])
  return found
}

export interface Missed extends SoughtText {
  readonly reason: MissReason
}

/**
 * Payments that were perhaps meant by what was missed, at most three for each, the likeliest first; as many
 * texts are looked into as there is time for until `end`.
 */
export async function nearPayments(
  reads: Db,
  missed: readonly Missed[],
  end: number,
): Promise<ReadonlyMap<number, Pick<Miss, 'near' | 'isLookedInto'>>> {
  const [byForm, byBeginning] = [
    await nearByForm(reads, missed),
    await nearByBeginning(reads, missed),
  ]
  const sought = missed.filter(({ position }) => !byBeginning.has(position)).flatMap(partsOf)
  const isSought = new Set(sought.map(({ position }) => position))
  const parts = await inTurn(sought, end, (some) =>
    findParts(reads, some, { limit: TELLING_MAX + 1, ms: STATEMENT_MS_MAX }),
  )
  return new Map(
    missed.map(({ position, text, reason }) => {
      const rows = byBeginning.get(position) ?? parts.get(position) ?? []
      const partial = rows.map((row): Candidate => ({
        row,
        slip: hasHalves(reason) && !holdsAll(row, text) ? 'altered' : 'part',
      }))
      const near = likeliest([...(byForm.get(position) ?? []), ...partial])
      return [position, { near, isLookedInto: parts.has(position) || !isSought.has(position) }]
    }),
  )
}

interface Candidate {
  readonly row: HitRow
  readonly slip: Slip
}

/** By other ways to write an order id: equal to one that exists, so the cost does not grow with the table. */
async function nearByForm(
  reads: Db,
  missed: readonly Missed[],
): Promise<ReadonlyMap<number, readonly Candidate[]>> {
  const wanted = missed
    .filter(({ reason }) => reason === 'unknown')
    .slice(0, FORMED_TEXTS_MAX)
    .map(({ position, text }) => ({ position, forms: nearForms(text) }))
  const forms = new Set(wanted.flatMap(({ forms }) => forms.map(({ form }) => form)))
  const rows = await findOrderForms(reads, [...forms], {
    limit: TELLING_MAX + 1,
    ms: STATEMENT_MS_MAX * 2,
  })
  const byOrder = Map.groupBy(rows ?? [], ({ order_id }) => order_id?.toLowerCase() ?? '')
  return new Map(
    wanted.map(({ position, forms }) => [
      position,
      forms.flatMap(({ form, slip }) =>
        (byOrder.get(form) ?? []).map((row): Candidate => ({ row, slip })),
      ),
    ]),
  )
}

const FORMED_TEXTS_MAX = 200

/** By the first half of an id, hash or address: a slip in the second leaves it whole. */
async function nearByBeginning(reads: Db, missed: readonly Missed[]): Promise<RowsByPosition> {
  const sought = missed
    .filter(({ reason }) => hasHalves(reason))
    .map(({ position, text }) => ({ position, text: halvesOf(text)[0] }))
  const limits = { limit: TELLING_MAX + 1, ms: STATEMENT_MS_MAX * 2 }
  const rows = (await findBeginnings(reads, sought, limits)) ?? []
  return Map.groupBy(rows, ({ position }) => position)
}

/** A hash that has lost its `0x` begins with it all the same. */
function halvesOf(text: string): [string, string] {
  const whole = /^[0-9a-f]{64}$/i.test(text) ? `0x${text}` : text
  const middle = Math.ceil(whole.length / 2)
  return [whole.slice(0, middle), whole.slice(middle)]
}

/** What was cut off at an end is a part; what has only a half in common differs somewhere. */
function holdsAll(row: HitRow, text: string): boolean {
  const lower = text.toLowerCase()
  return [row.id, row.tx_hash, row.deposit_address, row.sender_address].some((value) =>
    value?.toLowerCase().includes(lower),
  )
}

/** Nothing to look for where the text says itself that it is none of ours. */
function partsOf({ position, text, reason }: Missed): SoughtParts[] {
  if (hasHalves(reason)) {
    return [{ position, patterns: [[halvesOf(text)[1]]] }]
  }
  if (reason === 'shortened') {
    const parts = text.split(/…|\.{2,}/).map((part) => part.trim())
    const filled = parts.filter((part) => part !== '')
    return filled.every(isIndexed) ? [{ position, patterns: [filled] }] : []
  }
  return reason === 'unknown' && text.length >= PART_MIN && isIndexed(text)
    ? [{ position, patterns: [[text]] }]
    : []
}

/** Shorter texts are a part of too much. */
const PART_MIN = 5

/** Long enough that one slip leaves a half of them whole, which nothing else holds. */
function hasHalves(reason: MissReason): boolean {
  return ['hash', 'address', 'uuid', 'hex_length', 'uuid_length'].includes(reason)
}

function likeliest(candidates: readonly Candidate[]): NearPayment[] {
  const byId = new Map<string, Candidate>()
  for (const one of candidates) if (!byId.has(one.row.id)) byId.set(one.row.id, one)
  const bySlip = Map.groupBy(byId.values(), ({ slip }) => slip)
  const telling = slips.flatMap((slip) => {
    const some = bySlip.get(slip) ?? []
    return some.length > TELLING_MAX ? [] : some
  })
  return telling.slice(0, NEAR_MAX).map(toNear)
}

function toNear({ row, slip }: Candidate): NearPayment {
  return {
    id: paymentId.parse(row.id),
    orderId: row.order_id,
    amountCents: toCents(row.amount_cents),
    currency: row.currency,
    createdAt: row.created_at.toISOString(),
    slip,
  }
}

/** Batch after batch until `end`; a batch that Postgres gave up on leaves nothing behind. */
async function inTurn<T extends { readonly position: number }>(
  sought: readonly T[],
  end: number,
  find: (some: readonly T[]) => Promise<NearRow[] | null>,
): Promise<Map<number, readonly NearRow[]>> {
  const found = new Map<number, readonly NearRow[]>()
  for (let at = 0; at < sought.length && performance.now() < end; at += TEXTS_A_STATEMENT) {
    const some = sought.slice(at, at + TEXTS_A_STATEMENT)
    const rows = await find(some)
    if (rows === null) continue
    const byPosition = Map.groupBy(rows, ({ position }) => position)
    for (const { position } of some) found.set(position, byPosition.get(position) ?? [])
  }
  return found
}

/** Trigrams are taken from letters and figures only. */
function isIndexed(text: string): boolean {
  return /[\p{L}\p{N}]{3}/u.test(text)
}
