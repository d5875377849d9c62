import { sql } from 'kysely'
import * as z from 'zod'
import type { Db } from '../database.ts'
import { untilGone } from '../kernel/until-gone.ts'
import type { Sources } from './insight-sources.ts'

const count = z.int()
/** Sums come as text, so that none is rounded on its way. */
const cents = z.string().transform((text) => {
  const sum = Number(text)
  if (!Number.isSafeInteger(sum)) throw new RangeError(`A sum of ${text} cents is not exact.`)
  return sum
})

const bucket = z.object({
  is_before: z.boolean(),
  /** Exactly one of these three is given. */
  day: z.nullable(z.string()),
  token: z.nullable(z.string()),
  network: z.nullable(z.string()),
  payments: count,
  quoted: count,
  seen: count,
  completed: count,
  underpaid: count,
  overpaid: count,
  late: count,
  gross_cents: cents,
  slippage_cents: cents,
})
const hour = z.object({
  is_before: z.boolean(),
  /** 1 is Monday. */
  weekday: count,
  hour: count,
  payments: count,
  completed: count,
  gross_cents: cents,
  slippage_cents: cents,
})
const step = z.object({
  is_before: z.boolean(),
  measure: z.enum(['size', 'confirm']),
  step: count,
  payments: count,
})
const sums = z.object({
  buckets: z.array(bucket),
  hours: z.array(hour),
  steps: z.array(step),
  picked: count,
  since: z.nullable(z.string()),
})
export type InsightSums = z.infer<typeof sums>

/** Everything in one statement, and so of one moment. `from` is the first day that is not compared with only. */
export async function readInsightSums(
  reads: Db,
  { picked, buckets, hours, steps }: Sources,
  { from, signal }: { readonly from: string; readonly signal: AbortSignal | undefined },
): Promise<InsightSums> {
  const isCompleted = sql`status = 'completed'`
  const completedSums = sql`
    coalesce(sum(payments) filter (where ${isCompleted}), 0)::bigint as completed,
    coalesce(sum(gross_cents) filter (where ${isCompleted}), 0)::text as gross_cents,
    coalesce(sum(slippage_cents) filter (where ${isCompleted}), 0)::text as slippage_cents`
  const { rows } = await sql<InsightSums>`
    with ${picked ? sql`picked as materialized (${picked}),` : sql``} bucket_sum as (
      select day < ${from}::date as is_before, day::text as day, token, network, sum(payments)::bigint as payments,
        sum(quoted)::bigint as quoted, sum(seen)::bigint as seen, sum(underpaid)::bigint as underpaid,
        sum(overpaid)::bigint as overpaid, sum(late)::bigint as late, ${completedSums}
      from (${buckets}) as counted
      group by grouping sets ((1, day), (1, token), (1, network))
    ), hour_sum as (
      select day < ${from}::date as is_before, extract(isodow from day)::integer as weekday, hour,
        sum(payments)::bigint as payments, ${completedSums}
      from (${hours}) as counted
      group by 1, 2, 3
    ), step_sum as (
      select day < ${from}::date as is_before, measure, step, sum(payments)::bigint as payments
      from (${steps}) as counted
      group by 1, 2, 3
    )
    select
      (select coalesce(json_agg(bucket_sum), '[]') from bucket_sum where payments > 0) as buckets,
      (select coalesce(json_agg(hour_sum), '[]') from hour_sum where payments > 0) as hours,
      (select coalesce(json_agg(step_sum), '[]') from step_sum where payments > 0) as steps,
      ${picked ? sql`(select count(*) from picked)` : sql`0`} as picked,
      ${picked ? sql`(select min(created_day)::text from picked)` : sql`null`} as since
  `.execute(reads, untilGone(signal))
  return sums.parse(rows[0])
}
