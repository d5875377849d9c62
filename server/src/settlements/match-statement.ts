import { namesSpacePay, payoutDays } from '@desk/shared/settlements/payout-days'
import { shareOut } from '@desk/shared/settlements/share-out'
import {
  type MatchSuggestion,
  type OpenDay,
  suggestMatches,
  sureMatch,
} from '@desk/shared/settlements/suggest-matches'
import type { Db, Trx } from '../database.ts'
import { publish } from '../kernel/live-events.ts'
import { readUsualDelay } from './arrivals.queries.ts'
import { matchableColumns, openLines } from './bank-lines-matchable.queries.ts'
import { chargeOf, isExchanged, makeMatch, type MatchableLine, worthOf } from './make-match.ts'
import { readOpenDays } from './open-days.ts'

export interface Matching {
  readonly db: Db
  readonly now: () => Date
}

const batchSize = 500
/** How far before a booking days are looked at. */
const windowDays = 14

/**
 * Matches what a statement brought where a reference names the day, or just one day or run of days brings the
 * amount, and puts aside what names no SpacePay. The rest waits for a person. Harmless when repeated.
 */
export async function matchStatement({ db, now }: Matching, statementId: string): Promise<void> {
  let after = 0
  for (;;) {
    const last = await db
      .transaction()
      .execute((trx) => matchBatch(trx, { statementId, after, at: now() }))
    if (last === null) break
    after = last
  }
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable('bank_statement')
      .set({ matched_at: now() })
      .where('id', '=', statementId)
      .execute()
    await publish(trx, { kind: 'bank.changed' })
  })
}

interface Batch {
  readonly statementId: string
  readonly after: number
  readonly at: Date
}

/** Resolves to the id of the last line that was looked at; null behind the last. */
async function matchBatch(trx: Trx, { statementId, after, at }: Batch): Promise<number | null> {
  const lines = await openLines(trx)
    .select(matchableColumns)
    .where('statement_id', '=', statementId)
    .where('id', '>', after)
    .orderBy('id')
    .limit(batchSize)
    .forUpdate()
    .execute()
  const last = lines.at(-1)
  if (!last) return null
  const booked = lines.map(({ bookedOn }) => bookedOn).toSorted()
  const named = lines.flatMap(({ text }) => payoutDays(text)).toSorted()
  const [first = last.bookedOn] = booked
  const from = [daysBefore(first), named[0] ?? first].toSorted()[0] ?? first
  const to = booked.at(-1) ?? first
  const [known, delay] = await Promise.all([
    readOpenDays(trx, { from, to }),
    readUsualDelay(trx, to),
  ])
  const days = new Map(known.map((day) => [day.day, day]))
  // What a reference names is settled before amounts are compared with what is left of days.
  const open: MatchableLine[] = []
  for (const line of lines) {
    const byName = sureMatch(suggestMatches(toMatch(line), [], delay))
    if (byName) await take(trx, { line, suggestion: byName, days, at })
    else open.push(line)
  }
  const foreign: number[] = []
  for (const line of open) {
    const near = [...days.values()]
    const byAmount = sureMatch(suggestMatches(toMatch(line), near, delay))
    if (byAmount) await take(trx, { line, suggestion: byAmount, days, at })
    else if (!namesSpacePay(line.text)) foreign.push(line.id)
  }
  if (foreign.length > 0) await putForeignAside(trx, foreign, at)
  return last.id
}

/** A line as suggestions are made for it; only what is open of it counts. */
export function toMatch(line: MatchableLine) {
  return {
    text: line.text,
    bookedOn: line.bookedOn,
    worthCents: line.worthCents,
    chargeCents: chargeOf(line),
    isExchanged: isExchanged(line),
  }
}

interface Taken {
  readonly line: MatchableLine
  readonly suggestion: MatchSuggestion
  readonly days: Map<string, OpenDay>
  readonly at: Date
}

async function take(trx: Trx, { line, suggestion, days, at }: Taken): Promise<void> {
  const worth = worthOf([line])
  if (worth === null) return
  const own = suggestion.days.map(
    (day) => days.get(day) ?? { day, expectedCents: 0, accountedCents: 0 },
  )
  const shares = arrivedOf({ worthCents: worth, chargeCents: chargeOf(line) }, own)
  const { rule, score, why: reason } = suggestion
  await makeMatch(trx, {
    rule,
    score,
    reason,
    madeBy: null,
    madeAt: at,
    lines: [line],
    days: shares,
  })
  for (const [index, known] of own.entries()) {
    const { arrivedCents = 0, chargeCents: charge = 0 } = shares[index] ?? {}
    const accountedCents = known.accountedCents + arrivedCents + charge
    days.set(known.day, { ...known, accountedCents })
  }
}

/**
 * What of a line is each day's: by what the days should bring, so that a line which brings just that, less what the
 * bank kept, leaves no cent of any day unexplained.
 */
export function arrivedOf(
  line: { readonly worthCents: number; readonly chargeCents: number },
  days: readonly OpenDay[],
) {
  const weights = days.map(({ expectedCents }) => expectedCents)
  const sent = shareOut(line.worthCents + line.chargeCents, weights)
  const kept = shareOut(line.chargeCents, weights)
  return days.map(({ day }, index) => {
    const charge = kept[index] ?? 0
    return { day, arrivedCents: (sent[index] ?? 0) - charge, chargeCents: charge }
  })
}

async function putForeignAside(trx: Trx, ids: readonly number[], at: Date): Promise<void> {
  await trx
    .updateTable('bank_line')
    .set({ set_aside_at: at, set_aside_reason: 'It does not name SpacePay.' })
    .where('id', 'in', [...ids])
    .execute()
}

function daysBefore(day: string): string {
  return new Date(Date.parse(day) - windowDays * 86_400_000).toISOString().slice(0, 10)
}
