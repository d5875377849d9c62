import { describe, expect, test } from 'vitest'
import { testDatabase } from '../testing/test-database.ts'
import { postgresRateBudget } from './postgres-rate-budget.ts'
import { RateBudgetExhausted, type Waiting } from './rate-budget.ts'

interface Recorded extends Waiting {
  readonly slept: number[]
}

/** Notes each wait and does not spend it: Postgres's own clock sets the schedule. */
function recording(now = () => new Date()): Recorded {
  const slept: number[] = []
  return { slept, now, sleep: async (ms) => void slept.push(ms) }
}

/** A rate at which the test's own duration cannot refill the bucket. */
const slow = { perSecond: 0.01, burst: 3 }

describe('a budget shared by several Desks', () => {
  test('one burst is given out once, however many ask at the same moment', async () => {
    await using database = await testDatabase()
    const desks = Array.from({ length: 4 }, () => recording())
    const budgets = desks.map((desk) => postgresRateBudget(database.db, slow, desk))

    await Promise.all(budgets.flatMap((budget) => [budget.take(), budget.take()]))

    const waits = desks.flatMap((desk) => desk.slept).sort((a, b) => a - b)
    expect(waits.map((ms) => Math.round(ms / 100_000))).toEqual([1, 2, 3, 4, 5])
  })

  test('a block by one Desk holds the others until its end', async () => {
    await using database = await testDatabase()
    const other = postgresRateBudget(database.db, slow, recording())
    await other.take()
    const until = Date.now() + 600_000
    await postgresRateBudget(database.db, slow, recording()).blockUntil(new Date(until))

    const refusal = await other.take({ waitMsMax: 590_000 }).catch((error: unknown) => error)

    expect(refusal).toBeInstanceOf(RateBudgetExhausted)
    const retryAtMs = refusal instanceof RateBudgetExhausted ? refusal.retryAt.getTime() : 0
    expect(Math.abs(retryAtMs - until)).toBeLessThan(5_000)
  })

  test('a block leaves one call for its end, whatever the burst was', async () => {
    await using database = await testDatabase()
    const budget = postgresRateBudget(database.db, { perSecond: 5, burst: 10 }, recording())
    await budget.take()
    await budget.blockUntil(new Date(Date.now() + 600_000))

    const row = await database.db
      .selectFrom('gateway_budget')
      .select(['tokens', 'refilled_at', 'blocked_until'])
      .executeTakeFirstOrThrow()
    expect(row.tokens).toBe(1)
    expect(row.refilled_at).toEqual(row.blocked_until)
  })

  test('who was already waiting when another Desk was told to stop waits for the end of that', async () => {
    await using database = await testDatabase()
    const rate = { perSecond: 0.01, burst: 1 }
    const other = postgresRateBudget(database.db, rate, recording())
    const slept: number[] = []
    const budget = postgresRateBudget(database.db, rate, {
      now: () => new Date(),
      sleep: async (ms) => {
        slept.push(ms)
        if (slept.length === 1) await other.blockUntil(new Date(Date.now() + 3_600_000))
      },
    })
    await budget.take()
    await expect(budget.take({ waitMsMax: 200_000 })).rejects.toThrow(RateBudgetExhausted)
    expect(slept).toHaveLength(1)
  })

  test('a Desk whose clock is an hour off blocks for as long as it meant', async () => {
    await using database = await testDatabase()
    const offBy = 3_600_000
    const wrong = recording(() => new Date(Date.now() - offBy))
    const desk = postgresRateBudget(database.db, slow, wrong)
    await desk.blockUntil(new Date(Date.now() - offBy + 600_000))

    const row = await database.db
      .selectFrom('gateway_budget')
      .select('blocked_until')
      .where('name', '=', 'spacepay')
      .executeTakeFirstOrThrow()
    const blockedMs = (row.blocked_until?.getTime() ?? 0) - Date.now()
    expect(Math.round(blockedMs / 10_000)).toBe(60)
  })

  test('an earlier instant does not shorten a block', async () => {
    await using database = await testDatabase()
    const budget = postgresRateBudget(database.db, slow, recording())
    const until = new Date(Date.now() + 600_000)
    await budget.blockUntil(until)
    await budget.blockUntil(new Date(Date.now() + 1_000))

    await expect(budget.take({ waitMsMax: 500_000 })).rejects.toThrow(RateBudgetExhausted)
    const row = await database.db
      .selectFrom('gateway_budget')
      .select('blocked_until')
      .executeTakeFirstOrThrow()
    expect(Math.abs((row.blocked_until?.getTime() ?? 0) - until.getTime())).toBeLessThan(5_000)
  })

  test('who cannot wait takes nothing from those who can', async () => {
    await using database = await testDatabase()
    const desk = recording()
    const budget = postgresRateBudget(database.db, { perSecond: 0.01, burst: 1 }, desk)
    await budget.take()
    await expect(budget.take({ waitMsMax: 1_000 })).rejects.toThrow(RateBudgetExhausted)
    await expect(budget.take({ waitMsMax: 1_000 })).rejects.toThrow(RateBudgetExhausted)
    await budget.take()
    expect(desk.slept.map((ms) => Math.round(ms / 100_000))).toEqual([1])
  })

  test('the bucket refills on its own, up to the burst', async () => {
    await using database = await testDatabase()
    const desk = recording()
    const budget = postgresRateBudget(database.db, { perSecond: 5, burst: 3 }, desk)
    await budget.take()
    await database.db
      .updateTable('gateway_budget')
      .set({ tokens: 0, refilled_at: new Date(Date.now() - 60_000) })
      .execute()
    for (let call = 0; call < 3; call++) await budget.take()
    expect(desk.slept).toEqual([])
    await budget.take()
    expect(desk.slept).toHaveLength(1)
  })
})
