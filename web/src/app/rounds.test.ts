import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Round, startRounds } from './rounds.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

test('a burst of changes is one round', async () => {
  const run = vi.fn<Round>(() => Promise.resolve(null))
  const rounds = startRounds(run)
  for (let index = 0; index < 50; index++) rounds.ask(600)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(run).toHaveBeenCalledTimes(1)
})

test('a change that comes while a round reads gets a round of its own, and never one beside it', async () => {
  let running = 0
  let atOnce = 0
  const run = vi.fn<Round>(async () => {
    atOnce = Math.max(atOnce, ++running)
    await new Promise((resolve) => setTimeout(resolve, 5_000))
    running--
    return null
  })
  const rounds = startRounds(run)
  rounds.ask(600)
  await vi.advanceTimersByTimeAsync(2_000)
  rounds.ask(600)
  rounds.ask(600)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(run).toHaveBeenCalledTimes(2)
  expect(atOnce).toBe(1)
})

test('a change that comes in the very moment in which a round begins or ends is not lost', async () => {
  const heard: string[] = []
  const told: string[] = []
  const rounds = startRounds(async () => {
    told.push(...heard.splice(0))
    hear('as it began')
    await Promise.resolve()
    return null
  })
  function hear(what: string): void {
    if (told.length > 3) return
    heard.push(what)
    rounds.ask(600)
  }
  hear('first')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told).toEqual(['first', 'as it began', 'as it began', 'as it began'])
})

test('a round that could not tell everything has another one follow', async () => {
  const left = [800, 800, null]
  const run = vi.fn<Round>(() => Promise.resolve(left.shift() ?? null))
  startRounds(run).ask(0)
  await vi.advanceTimersByTimeAsync(700)
  expect(run).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(run).toHaveBeenCalledTimes(3)
})

test('after a round that failed the next change is told all the same', async () => {
  const faults: unknown[] = []
  const hearFault = (fault: unknown) => faults.push(fault)
  process.on('unhandledRejection', hearFault)
  const run = vi.fn<Round>(() => Promise.resolve(null))
  run.mockRejectedValueOnce(new Error('a fault of ours'))
  const rounds = startRounds(run)
  rounds.ask(600)
  await vi.advanceTimersByTimeAsync(600)
  rounds.ask(600)
  await vi.advanceTimersByTimeAsync(600)
  expect(run).toHaveBeenCalledTimes(2)
  process.off('unhandledRejection', hearFault)
})

test('nothing begins after the end', async () => {
  const run = vi.fn<Round>(() => Promise.resolve(null))
  const rounds = startRounds(run)
  rounds.ask(600)
  rounds.stop()
  rounds.ask(0)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(run).not.toHaveBeenCalled()
})
