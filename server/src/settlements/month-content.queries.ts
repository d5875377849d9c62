import { createHash } from 'node:crypto'
import type { MonthContent } from '@desk/shared/settlements/month-content'
import { canonicalJson } from '../audit/chain.ts'
import type { Db } from '../database.ts'
import { boundsOfDay } from './business-day-bounds.ts'
import { type CountedDays, settlementDaysBy, totalOf } from './settlement-days.queries.ts'
import { takingsBy } from './takings-parts.ts'

/** What a month holds by a rule, as payments stand now. */
export async function monthContentBy(
  db: Db,
  counted: CountedDays,
  month: string,
): Promise<MonthContent> {
  const { rule } = counted
  const { from, to } = daysOfMonth(month)
  const [days, parts] = await Promise.all([
    settlementDaysBy(db, counted, { from, to }),
    db
      .selectFrom('payment_rollup')
      .select((eb) => [
        'token',
        'network',
        eb.fn.sum<string>('payments').as('payments'),
        eb.fn.sum<string>('gross_cents').as('grossCents'),
      ])
      .where('rule_id', '=', rule.id)
      .where('basis', '=', 'settled')
      .where('day', '>=', from)
      .where('day', '<=', to)
      .groupBy(['token', 'network'])
      .execute(),
  ])
  return {
    version: 1,
    month,
    zone: rule.zone,
    cutOff: rule.cutOff,
    startsAt: boundsOfDay(rule, from).startsAt,
    endsAt: boundsOfDay(rule, to).endsAt,
    days,
    byToken: takingsBy(parts, ({ token }) => token),
    byNetwork: takingsBy(parts, ({ network }) => network),
    totals: totalOf(days),
  }
}

/** The one text of a content, and its SHA-256 in hex. */
export function sealedContent(content: MonthContent): {
  readonly text: string
  readonly sha256: string
} {
  const text = canonicalJson(content)
  return { text, sha256: createHash('sha256').update(text).digest('hex') }
}

/** The first and the last calendar day of a month, `YYYY-MM`. */
export function daysOfMonth(month: string): { readonly from: string; readonly to: string } {
  const [year = 0, number = 1] = month.split('-').map(Number)
  const last = new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
  return { from: `${month}-01`, to: last }
}
