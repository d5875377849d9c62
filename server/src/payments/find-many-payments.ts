import {
  type FoundLine,
  HITS_COUNTED_MAX,
  HITS_LISTED_MAX,
  type Miss,
} from '@desk/shared/payments/find-many'
import { missReason } from '@desk/shared/payments/miss-reason'
import type { PastedLine } from '@desk/shared/payments/pasted-lines'
import type { PaymentHit } from '@desk/shared/payments/payment-find'
import type { Db } from '../database.ts'
import { refuseTooBroad } from '../kernel/refuse-too-broad.ts'
import { storableText } from '../kernel/storable-text.ts'
import { nearPayments, type RowsByPosition, valuesOf } from './near-misses.ts'
import { toHit } from './payment-hit.ts'
import { findCarriersOfLines } from './payment-lines.queries.ts'
import type { SoughtText } from './payment-near.queries.ts'

/** For looking into metadata and older quotes, all lines together. */
const VALUES_MS_MAX = 1_500
/** For what was perhaps meant by the lines that are still missing, all together. */
const NEAR_MS_MAX = 1_500

/**
 * What each of the lines is, in their order: the payments that carry it as their own id, order id, hash or
 * address, or those with it as a value of their metadata, or a miss with its reason and what was perhaps meant.
 * However many lines, the database is asked a few dozen times at most.
 */
export async function findManyPayments(
  reads: Db,
  lines: readonly PastedLine[],
): Promise<FoundLine[]> {
  return refuseTooBroad(async () => {
    const carried = await carriedLines(reads, lines)
    const uncarried = sought(lines).filter(({ position }) => !carried.has(position))
    const values = await valuesOf(reads, uncarried, {
      end: performance.now() + VALUES_MS_MAX,
      limit: HITS_COUNTED_MAX,
    })
    const missed = uncarried
      .filter(({ position }) => (values.get(position) ?? []).length === 0)
      .map((one) => ({ ...one, reason: missReason(one.text) }))
    const near = await nearPayments(reads, missed, performance.now() + NEAR_MS_MAX)
    const misses = new Map<number, Miss>(
      missed.map(({ position, reason }) => [
        position,
        {
          reason,
          near: near.get(position)?.near ?? [],
          isLookedInto: values.has(position) && near.get(position)?.isLookedInto === true,
        },
      ]),
    )
    return lines.map((line, position) => ({
      ...line,
      ...(carried.get(position) ?? asValues(values, position)),
      miss: misses.get(position) ?? null,
    }))
  })
}

type Hits = Pick<FoundLine, 'hits' | 'hitCount'>

async function carriedLines(
  reads: Db,
  lines: readonly PastedLine[],
): Promise<ReadonlyMap<number, Hits>> {
  const texts = sought(lines).map(({ text }) => text)
  const counts = { listed: HITS_LISTED_MAX, counted: HITS_COUNTED_MAX }
  const rows = texts.length === 0 ? [] : await findCarriersOfLines(reads, texts, counts)
  const byPosition = Map.groupBy(rows, ({ position }) => position)
  return new Map(
    [...byPosition].map(([position, some]) => [
      position,
      {
        hits: some.map((row) => toHit(row, { matchedOn: row.matched_on, exact: true })),
        hitCount: Math.min(some[0]?.found ?? 0, HITS_COUNTED_MAX),
      },
    ]),
  )
}

function asValues(values: RowsByPosition, position: number): Hits {
  const hits = (values.get(position) ?? [])
    .map((row): PaymentHit => toHit(row, { matchedOn: 'text', exact: true }))
    .sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
  return { hits: hits.slice(0, HITS_LISTED_MAX), hitCount: hits.length }
}

function sought(lines: readonly PastedLine[]): SoughtText[] {
  return lines.map(({ text }, position) => ({ position, text: storableText(text) }))
}
