import { sql } from 'kysely'

const measures = [
  'gross_cents',
  'merchant_fee_cents',
  'swap_fee_cents',
  'convenience_fee_cents',
  'net_cents',
] as const

const columns = sql.raw(
  ['before', 'after'].flatMap((time) => [`${time}_day`, ...named(time)]).join(', '),
)
const wasColumns = sql.raw(shareIn('was'))
const isColumns = sql.raw(shareIn('is_now'))

/**
 * The part of counting payments that writes down what moved in closed months, by the shares `before` and
 * `fresh` of the rule in use: a payment counts in a month while the instant of its completion lies in it.
 * A closed sum stays as it was; together with these it is what the month would be today.
 */
export const adjustedInClosedMonths = sql`
  insert into settlement_adjustment (close_id, payment_id, ${columns})
  select closed.id, payment_id, ${wasColumns}, ${isColumns}
  from (select before.* from before join business_day_rule as used on used.id = before.rule_id
    where used.state = 'active') as was
  full join (select fresh.* from fresh join business_day_rule as used on used.id = fresh.rule_id
    where used.state = 'active') as is_now using (payment_id)
  join settlement_close as closed on closed.reopened_at is null and (
    (was.settled_at >= closed.starts_at and was.settled_at < closed.ends_at)
    or (is_now.settled_at >= closed.starts_at and is_now.settled_at < closed.ends_at))
  where (${wasColumns}) is distinct from (${isColumns})
  order by closed.id, payment_id
`

function named(time: string): string[] {
  return measures.map((measure) => `${time}_${measure}`)
}

/** Day and amounts of a share where it counts in the month; otherwise no day and zeros. */
function shareIn(share: 'was' | 'is_now'): string {
  const counts = `${share}.settled_at >= closed.starts_at and ${share}.settled_at < closed.ends_at`
  const day = `case when ${counts} then ${share}.settled_day end`
  const amounts = measures.map(
    (measure) => `case when ${counts} then ${share}.${measure} else 0 end`,
  )
  return [day, ...amounts].join(', ')
}
