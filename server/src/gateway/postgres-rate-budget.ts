import { sql } from 'kysely'
import type { Db } from '../database.ts'
import {
  RateBudgetExhausted,
  takeWhen,
  type BudgetRate,
  type RateBudget,
  type Waiting,
} from './rate-budget.ts'

/**
 * A budget that all Desks on one database share: a token bucket in one row, on Postgres's clock.
 * A call that must wait takes its place by letting the bucket go into debt, so waiting calls go out
 * in order, one per 1/perSecond, without asking again. A block moves the start of the refill.
 */
export function postgresRateBudget(
  db: Db,
  { perSecond, burst, name = 'spacepay' }: BudgetRate & { readonly name?: string },
  waiting: Waiting,
): RateBudget {
  const now = sql`clock_timestamp()`
  const from = sql`greatest(${now}, gateway_budget.refilled_at)`
  const refilled = sql`least(${burst}::float8, gateway_budget.tokens
    + extract(epoch from ${from} - gateway_budget.refilled_at)::float8 * ${perSecond}::float8)`
  const waitMs = sql`ceil(1000 * (extract(epoch from ${from} - ${now})::float8
    + greatest(0, 1 - ${refilled}) / ${perSecond}::float8))`

  const reserve = async (waitMsMax: number): Promise<number> => {
    const longest = Math.min(Math.max(waitMsMax, -1), longestWaitMs)
    const taken = await sql<{ wait_ms: number }>`
      insert into gateway_budget (name, tokens, refilled_at)
      values (${name}, ${burst}::float8 - 1, ${now})
      on conflict (name) do update set tokens = ${refilled} - 1, refilled_at = ${from}
      where ${waitMs} <= ${longest}::float8
      returning ceil(1000 * (extract(epoch from greatest(${now}, refilled_at) - ${now})::float8
        + greatest(0, -tokens) / ${perSecond}::float8)) as wait_ms`.execute(db)
    const place = taken.rows[0]
    if (place) return place.wait_ms
    const full = await sql<{ wait_ms: number }>`
      select ${waitMs} as wait_ms from gateway_budget where name = ${name}`.execute(db)
    throw new RateBudgetExhausted(
      new Date(waiting.now().getTime() + (full.rows[0]?.wait_ms ?? longest)),
    )
  }

  return {
    take: (options = {}) =>
      takeWhen({
        deadlineMs: waiting.now().getTime() + (options.waitMsMax ?? longestWaitMs),
        reserve,
        isBlocked: async () => {
          const blocked = await sql`
            select 1 from gateway_budget where name = ${name} and blocked_until > ${now}`.execute(
            db,
          )
          return blocked.rows.length > 0
        },
        waiting,
      }),
    blockUntil: async (instant) => {
      // As a duration: Desk's clock and Postgres's need not agree.
      const until = sql`${now} + make_interval(secs => ${secondsFrom(waiting.now(), instant)})`
      await sql`
        insert into gateway_budget (name, tokens, refilled_at, blocked_until)
        values (${name}, 1, ${until}, ${until})
        on conflict (name) do update set
          blocked_until = greatest(gateway_budget.blocked_until, excluded.blocked_until),
          refilled_at = greatest(gateway_budget.refilled_at, excluded.refilled_at),
          tokens = least(1, gateway_budget.tokens + ${perSecond}::float8 * extract(epoch from
            greatest(gateway_budget.refilled_at, excluded.refilled_at)
              - gateway_budget.refilled_at)::float8)`.execute(db)
    },
  }
}

/** A day: longer than any caller waits, short enough for every number type on the way. */
const longestWaitMs = 86_400_000

function secondsFrom(now: Date, instant: Date): number {
  return Math.max(0, instant.getTime() - now.getTime()) / 1000
}
