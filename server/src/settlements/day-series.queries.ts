import { sql } from 'kysely'
import type { DaySeries, SeriesPart } from '@desk/shared/settlements/day-series'
import type { SeriesInput } from '@desk/shared/settlements/series-input'
import type { Db } from '../database.ts'
import { readRule } from './business-day-rules.queries.ts'
import { daysBetween } from './days-between.ts'

interface DaySums {
  readonly day: string
  readonly name: string
  readonly payments: string
  readonly grossCents: string
  readonly feeCents: string
  readonly netCents: string
  readonly slippageCents: string
}

/** Null while payments are added up for the first time. */
export async function readDaySeries(db: Db, asked: SeriesInput): Promise<DaySeries | null> {
  const rule = await readRule(db, 'active')
  if (!rule) return null
  const name = asked.splitBy === 'none' ? sql<string>`''` : sql<string>`${sql.ref(asked.splitBy)}`
  let query = db
    .selectFrom('payment_rollup')
    .select((eb) => [
      sql<string>`day::text`.as('day'),
      name.as('name'),
      eb.fn.sum<string>('payments').as('payments'),
      eb.fn.sum<string>('gross_cents').as('grossCents'),
      sql<string>`sum(merchant_fee_cents + swap_fee_cents + convenience_fee_cents)`.as('feeCents'),
      eb.fn.sum<string>('net_cents').as('netCents'),
      eb.fn.sum<string>('slippage_cents').as('slippageCents'),
    ])
    .where('rule_id', '=', rule.id)
    .where('basis', '=', asked.basis)
    .where('day', '>=', asked.from)
    .where('day', '<=', asked.to)
    .groupBy(['day', sql`2`])
  for (const field of ['token', 'network', 'status', 'type'] as const) {
    const wanted = asked[field]
    if (wanted !== undefined) query = query.where(field, 'in', [...wanted])
  }
  return asColumns(await query.execute(), daysBetween(asked.from, asked.to))
}

function asColumns(rows: readonly DaySums[], days: readonly string[]): DaySeries {
  const parts = Map.groupBy(rows, ({ name }) => name)
  if (parts.size === 0) parts.set('', [])
  const totalOf = (part: SeriesPart) => part.grossCents.reduce((sum, cents) => sum + cents, 0)
  const columns = [...parts].map(([name, own]): SeriesPart => {
    const byDay = new Map(own.map((row) => [row.day, row]))
    const column = (field: Exclude<keyof DaySums, 'day' | 'name'>) =>
      days.map((day) => Number(byDay.get(day)?.[field] ?? 0))
    return {
      name,
      payments: column('payments'),
      grossCents: column('grossCents'),
      feeCents: column('feeCents'),
      netCents: column('netCents'),
      slippageCents: column('slippageCents'),
    }
  })
  return {
    days,
    parts: columns.toSorted((a, b) => totalOf(b) - totalOf(a) || (a.name < b.name ? -1 : 1)),
  }
}
