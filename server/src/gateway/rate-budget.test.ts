import { expect, test } from 'vitest'
import { memoryRateBudget, RateBudgetExhausted } from './rate-budget.ts'
import { virtualTime } from './testing/virtual-time.ts'

test('after the burst, calls go out one per fifth of a second', async () => {
  const time = virtualTime()
  const budget = memoryRateBudget({ perSecond: 5, burst: 2 }, time)
  for (let call = 0; call < 5; call++) await budget.take()
  expect(time.slept).toEqual([200, 200, 200])
})

test('callers who wait together are spread over the schedule in their order', async () => {
  const time = virtualTime()
  const waits: number[] = []
  const budget = memoryRateBudget(
    { perSecond: 5, burst: 1 },
    { now: time.now, sleep: async (ms) => void waits.push(ms) },
  )
  await Promise.all(Array.from({ length: 4 }, () => budget.take()))
  expect(waits).toEqual([200, 400, 600])
})

test('a quiet time earns the burst and no more', async () => {
  const time = virtualTime()
  const budget = memoryRateBudget({ perSecond: 5, burst: 3 }, time)
  await budget.take()
  time.advance(3_600_000)
  for (let call = 0; call < 4; call++) await budget.take()
  expect(time.slept).toEqual([200])
})

test('nobody calls during a block, and there is no burst after it', async () => {
  const time = virtualTime()
  const budget = memoryRateBudget({ perSecond: 5, burst: 10 }, time)
  await budget.blockUntil(new Date(time.now().getTime() + 7_000))
  for (let call = 0; call < 3; call++) await budget.take()
  expect(time.slept).toEqual([7_000, 200, 200])
})

test('an earlier instant does not shorten a block', async () => {
  const time = virtualTime()
  const budget = memoryRateBudget({ perSecond: 5, burst: 10 }, time)
  await budget.blockUntil(new Date(time.now().getTime() + 7_000))
  await budget.blockUntil(new Date(time.now().getTime() + 1_000))
  await budget.take()
  expect(time.slept).toEqual([7_000])
})

test('who was already waiting when the block was announced waits for its end too', async () => {
  const time = virtualTime()
  const slept: number[] = []
  const budget = memoryRateBudget(
    { perSecond: 5, burst: 1 },
    {
      now: time.now,
      sleep: async (ms) => {
        if (slept.length === 0) await budget.blockUntil(new Date(time.now().getTime() + 7_000))
        slept.push(ms)
        time.advance(ms)
      },
    },
  )
  const startedAt = time.now().getTime()
  await budget.take()
  await budget.take()
  expect(time.now().getTime() - startedAt).toBeGreaterThanOrEqual(7_000)
})

test('who cannot wait that long is told when to come back and takes nothing', async () => {
  const time = virtualTime()
  const budget = memoryRateBudget({ perSecond: 5, burst: 1 }, time)
  await budget.take()
  await expect(budget.take({ waitMsMax: 100 })).rejects.toThrow(RateBudgetExhausted)
  await expect(budget.take({ waitMsMax: 100 })).rejects.toMatchObject({
    retryAt: new Date(time.now().getTime() + 200),
  })
  await budget.take()
  expect(time.slept).toEqual([200])
})
