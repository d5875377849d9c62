import * as z from 'zod'
import { type MonthCheck, monthCheckKinds } from '@desk/shared/settlements/month-checks'
import type {
  MonthClose,
  Reopening,
  SettlementMonthDetail,
} from '@desk/shared/settlements/settlement-month'
import type { Db } from '../database.ts'
import { readBankChanges } from './bank-changes.queries.ts'
import { bankNowOf } from './bank-of-days.queries.ts'
import { businessDayAt } from './business-day-bounds.ts'
import { readRule } from './business-day-rules.queries.ts'
import { checkMonth } from './month-checks.queries.ts'
import { daysOfMonth, monthContentBy, sealedContent } from './month-content.queries.ts'
import { adjustmentSums } from './months.queries.ts'
import { readContent } from './read-content.ts'
import { decideBlock } from './reopen-month.ts'

interface AskedMonth {
  readonly month: string
  readonly now: Date
  readonly viewer: string
}

/** A closed month as it was closed, an open one as it stands with what it takes to close it; null while payments are added up. */
export async function readMonth(
  db: Db,
  { month, now, viewer }: AskedMonth,
): Promise<SettlementMonthDetail | null> {
  const rule = await readRule(db, 'active')
  if (!rule) return null
  const all = await readCloses(db, month)
  const inForce = all.find(({ close }) => close.reopenedAt === null)
  const earlier = all.filter(({ close }) => close.reopenedAt !== null).map(({ close }) => close)
  if (inForce) {
    const { close, content } = inForce
    const sums = await adjustmentSums(db, [close.id])
    const proposed = close.reopenings.find(({ state }) => state === 'proposed')
    return {
      month,
      content: readContent(content),
      sha256: close.sha256,
      close,
      checks: [],
      adjustments: sums(close.id),
      bankNow: await bankNowOf(db, readContent(content), businessDayAt(rule, now).day),
      bankChanges: await readBankChanges(db, {
        ...daysOfMonth(month),
        closedAt: new Date(close.closedAt),
      }),
      earlier,
      decideBlock: proposed ? await decideBlock(db, proposed.proposedBy.id, viewer) : null,
    }
  }
  const { day: today } = businessDayAt(rule, now)
  const content = await monthContentBy(db, { rule, today }, month)
  return {
    month,
    content,
    sha256: sealedContent(content).sha256,
    close: null,
    checks: await checkMonth(db, { rule, content, now }),
    adjustments: (await adjustmentSums(db, []))(0),
    bankNow: content.totals.difference,
    bankChanges: [],
    earlier,
    decideBlock: null,
  }
}

interface ReadClose {
  readonly close: MonthClose
  readonly content: string
}

/** Every closing of a month, the last one first. */
async function readCloses(db: Db, month: string): Promise<ReadClose[]> {
  const rows = await db
    .selectFrom('settlement_close as closed')
    .innerJoin('person', 'person.id', 'closed.closed_by')
    .selectAll('closed')
    .select('person.name as personName')
    .where('closed.month', '=', month)
    .orderBy('closed.id', 'desc')
    .execute()
  const reopenings = await readReopenings(
    db,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({
    content: row.content,
    close: {
      id: row.id,
      sha256: row.sha256,
      checks: storedChecks.parse(row.checks),
      note: row.note,
      closedBy: { id: row.closed_by, name: row.personName },
      closedAt: row.closed_at.toISOString(),
      reopenedAt: row.reopened_at?.toISOString() ?? null,
      reopenings: reopenings.get(row.id) ?? [],
    },
  }))
}

const storedChecks: z.ZodType<MonthCheck[]> = z.array(
  z.object({ kind: z.enum(monthCheckKinds), isMet: z.boolean(), finding: z.string() }),
)

/** The last one first, by closing. */
async function readReopenings(
  db: Db,
  closeIds: readonly number[],
): Promise<ReadonlyMap<number, Reopening[]>> {
  if (closeIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('settlement_reopening as told')
    .innerJoin('person as proposer', 'proposer.id', 'told.proposed_by')
    .leftJoin('person as decider', 'decider.id', 'told.decided_by')
    .selectAll('told')
    .select(['proposer.name as proposerName', 'decider.name as deciderName'])
    .where('told.close_id', 'in', [...closeIds])
    .orderBy('told.id', 'desc')
    .execute()
  const named = rows.map((row) => ({
    closeId: row.close_id,
    reopening: {
      id: row.id,
      reason: row.reason,
      state: row.state,
      proposedBy: { id: row.proposed_by, name: row.proposerName },
      proposedAt: row.proposed_at.toISOString(),
      decidedBy:
        row.decided_by === null ? null : { id: row.decided_by, name: row.deciderName ?? '' },
      decidedAt: row.decided_at?.toISOString() ?? null,
      decisionNote: row.decision_note,
    },
  }))
  const byClose = Map.groupBy(named, ({ closeId }) => closeId)
  return new Map(
    [...byClose].map(([closeId, own]) => [closeId, own.map(({ reopening }) => reopening)]),
  )
}
