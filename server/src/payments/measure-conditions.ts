import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { hourAsked, measureFault, secondsAsked } from '@desk/shared/payments/search-measures'
import type { BusinessDayRule } from '@desk/shared/time/business-day'
import { Refusal } from '../kernel/refusal.ts'

interface AskedMeasure {
  readonly name: 'reached' | 'confirm' | 'hour'
  readonly value: string
  readonly place: BusinessDayRule
}

/**
 * The payments that one step of a chart counts, by the same measures as the sums: see the view
 * `payment_measure`. Refuses with `search_not_understood`.
 */
export function askedMeasure({ name, value, place }: AskedMeasure): RawBuilder<SqlBool> {
  const problem = measureFault(name, value)
  if (problem !== null) throw new Refusal('invalid', 'search_not_understood', problem)
  switch (name) {
    case 'reached':
      return reached(value)
    case 'confirm':
      return confirmedIn(value)
    case 'hour':
      return madeIn(value, place)
  }
}

function reached(stage: string): RawBuilder<SqlBool> {
  if (stage === 'completed') return sql`status = 'completed'`
  const seen = sql<SqlBool>`(tx_hash is not null or status = 'completed')`
  if (stage === 'seen') return seen
  return sql`(${seen} or exists (select from quote where quote.payment_id = payment.id))`
}

function confirmedIn(value: string): RawBuilder<SqlBool> {
  const { min = null, max = null } = secondsAsked(value) ?? {}
  return sql`(status = 'completed' and exists (
    select from receipt where receipt.payment_id = payment.id and completed_at >= transaction_at
      and extract(epoch from completed_at - transaction_at)::integer
        between ${min ?? 0} and ${max ?? longest}
  ))`
}

/** What an integer holds. */
const longest = 2_147_483_647

/** The day of the week is that of the business day: before its cut-off an hour belongs to the day before. */
function madeIn(value: string, { zone, cutOff }: BusinessDayRule): RawBuilder<SqlBool> {
  const { weekday = null, hour = null } = hourAsked(value) ?? {}
  const clock = sql`created_at at time zone ${zone}`
  const parts = [
    ...(weekday === null
      ? []
      : [sql`extract(isodow from ${clock} - ${cutOff}::interval) = ${weekday}`]),
    ...(hour === null ? [] : [sql`extract(hour from ${clock}) = ${hour}`]),
  ]
  return sql`(${sql.join(parts, sql` and `)})`
}
