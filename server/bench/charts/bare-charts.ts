/** What Desk's charts come down to: days before, last day, first day that is not compared with only, a value. */
export const chartStatements = {
  charts: summed('true'),
  'charts of a status': summed('status = $4'),
  'charts of a text': `
    with picked as materialized (
      select share.* from (
        select id from payment where search_text like $4
          and created_at >= $1::date::timestamp at time zone 'Europe/London'
          and created_at < ($2::date + 1)::timestamp at time zone 'Europe/London'
        order by created_at desc limit 50000
      ) as matched
      join payment_share as share on share.payment_id = matched.id
    )
    select ${sumsOf({
      days: `select created_day as day, token, network, status, 1 as payments, is_quoted::int as quoted,
        is_seen::int as seen, is_underpaid::int as underpaid, is_overpaid::int as overpaid, is_late::int as late,
        gross_cents, slippage_cents from picked`,
      hours: `select created_day as day, created_hour as hour, status, 1 as payments, gross_cents, slippage_cents
        from picked`,
      steps: `select created_day as day, measure, step, 1 as payments from picked
        cross join lateral (values ('size', size_step), ('confirm', confirm_step)) as counted (measure, step)
        where step is not null`,
    })}`,
}

function summed(where: string): string {
  const within = `where day between $1::date and $2::date and ${where}`
  return `select ${sumsOf({
    days: `select * from payment_rollup ${within} and basis = 'created'`,
    hours: `select * from payment_rollup_hour ${within}`,
    steps: `select * from payment_rollup_step ${within}`,
  })}`
}

function sumsOf({ days, hours, steps }: Record<'days' | 'hours' | 'steps', string>): string {
  return `
    (select json_agg(one) from (
      select day < $3::date, day, token, network, sum(payments), sum(quoted), sum(seen), sum(underpaid), sum(overpaid),
        sum(late), sum(payments) filter (where status = 'completed'), sum(gross_cents), sum(slippage_cents)
      from (${days}) as counted group by grouping sets ((1, day), (1, token), (1, network))
    ) as one) as days,
    (select json_agg(one) from (
      select day < $3::date, extract(isodow from day), hour, sum(payments),
        sum(payments) filter (where status = 'completed'), sum(gross_cents), sum(slippage_cents)
      from (${hours}) as counted group by 1, 2, 3
    ) as one) as hours,
    (select json_agg(one) from (
      select day < $3::date, measure, step, sum(payments) from (${steps}) as counted group by 1, 2, 3
    ) as one) as steps`
}
