import { describe, expect, test } from 'vitest'
import { amountCents } from '../money/amount-cents-schema.ts'
import { judgeSystem, worstOf } from './judge-system.ts'
import { healthySystem } from './system-facts.fixtures.ts'
import type { SystemFacts } from './system-facts.ts'

const healthy = healthySystem
const webhooks = healthy.webhooks
const jobs = healthy.jobs
const sync = healthy.sync
const withdrawals = healthy.withdrawals
const stop = {
  cause: 'person',
  reason: 'A phone was lost',
  at: '2026-11-23T08:30:00.000Z',
} as const

test('a shop where everything flows is told so, sign by sign', () => {
  const signs = judgeSystem(healthy)
  expect(signs.filter(({ state }) => state !== 'ok')).toEqual([])
  expect(worstOf(signs)).toBe('ok')
  expect(signs.every(({ sentence, word }) => sentence.endsWith('.') && word !== '')).toBe(true)
})

describe('what a person must see is a warning with what to do', () => {
  const cases: readonly (readonly [string, string, Partial<SystemFacts>])[] = [
    [
      'Webhooks arriving',
      'Silent',
      {
        webhooks: {
          ...webhooks,
          gap: { ...webhooks.gap, silentMs: 7_200_000, expected: 40, isAlarming: true },
        },
      },
    ],
    [
      'Webhooks processed',
      'Behind',
      { webhooks: { ...webhooks, waiting: 9, oldestWaitingAt: '2026-11-23T08:58:00.000Z' } },
    ],
    [
      'Audit log',
      'Broken',
      { audit: { ...healthy.audit, fault: { seq: 7, text: 'Entry 7 was changed.' } } },
    ],
    ['Webhooks set aside', 'Set aside', { webhooks: { ...webhooks, parked: 1 } }],
    ['Webhooks refused', 'Many', { webhooks: { ...webhooks, refusedInLastHour: 20 } }],
    [
      'SpacePay’s API',
      'Key refused',
      {
        upstream: {
          ...healthy.upstream,
          lastFailureAt: '2026-11-23T08:59:59.000Z',
          lastFailure: { outcome: 'refused', status: 401, message: 'Not valid' },
        },
      },
    ],
    ['SpacePay’s API', 'Not answering', { upstream: { ...healthy.upstream, circuit: 'open' } }],
    [
      'Reading SpacePay’s lists',
      'Stopped',
      { sync: { ...sync, lastReadAt: '2026-11-23T08:54:59.000Z' } },
    ],
    ['Webhooks and API agree', 'They differ', { drift: { open: 2, stakeCents: 12_345 } }],
    [
      'Withdrawals accounted for',
      'Unknown',
      {
        withdrawals: { ...withdrawals, unknown: 1, oldestUnknownAt: '2026-11-23T08:00:00.000Z' },
      },
    ],
    ['Withdrawals leaving', 'Stopped', { withdrawals: { ...withdrawals, stop } }],
    [
      'Withdrawals leaving',
      'Stopped',
      { withdrawals: { ...withdrawals, stop: { ...stop, cause: 'unauthorized' } } },
    ],
    [
      'Withdrawals leaving',
      'Answer differs',
      { withdrawals: { ...withdrawals, stop: { ...stop, cause: 'different_answer' } } },
    ],
    [
      'Wallet balances',
      'Low',
      {
        withdrawals: {
          ...withdrawals,
          lowBalances: [{ network: 'eip155:8453', cents: amountCents.parse(12_345) }],
        },
      },
    ],
    ['Background jobs', 'Given up', { jobs: { ...jobs, failed: 1 } }],
    [
      'Background jobs',
      'Stuck',
      { jobs: { ...jobs, due: 3, oldestDueAt: '2026-11-23T08:54:59.000Z' } },
    ],
    ['Changes on open screens', 'Interrupted', { live: { ...healthy.live, isListening: false } }],
    ['Desks running', 'No workers', { desks: 0 }],
    ['Database shape', 'Behind', { migrations: { newest: '0001', due: 1 } }],
    ['Database size', 'Not read', { storage: null }],
    ['Withdrawals accounted for', 'Not read', { withdrawals: null }],
  ]
  test.each(cases)('%s: %s', (name, word, changes) => {
    const signs = judgeSystem({ ...healthy, ...changes })
    expect(signs.filter(({ state }) => state !== 'ok')).toEqual([
      expect.objectContaining({ name, word, state: 'warning', advice: expect.any(String) }),
    ])
    expect(worstOf(signs)).toBe('warning')
  })
})

describe('what is on its way is no warning', () => {
  const cases: readonly (readonly [string, Partial<SystemFacts>])[] = [
    ['None yet', { webhooks: { ...webhooks, gap: { ...webhooks.gap, lastAt: null } } }],
    [
      'Catching up',
      { webhooks: { ...webhooks, waiting: 2, oldestWaitingAt: '2026-11-23T08:59:40.000Z' } },
    ],
    ['Paused', { upstream: { ...healthy.upstream, blockedUntil: '2026-11-23T09:00:30.000Z' } }],
    ['In turn', { budget: { callsLeft: -2.5, perSecond: 5, burst: 10 } }],
    ['Writing', { exports: { queued: 0, running: 1 } }],
    ['Slow', { live: { ...healthy.live, delayMs: 2_001 } }],
  ]
  test.each(cases)('%s', (word, changes) => {
    const signs = judgeSystem({ ...healthy, ...changes })
    expect(signs.filter(({ state }) => state !== 'ok')).toEqual([
      expect.objectContaining({ word, state: 'waiting' }),
    ])
    expect(worstOf(signs)).toBe('waiting')
  })
})

test('a key that was refused before the last good answer is forgotten', () => {
  const upstream = {
    ...healthy.upstream,
    lastFailureAt: '2026-11-23T08:00:00.000Z',
    lastFailure: { outcome: 'refused', status: 401, message: 'Not valid' },
  }
  expect(worstOf(judgeSystem({ ...healthy, upstream }))).toBe('ok')
})

test('counts end in words where counting ended', () => {
  const signs = judgeSystem({ ...healthy, drift: { open: 1000, stakeCents: 5 } })
  expect(signs.find(({ word }) => word === 'They differ')?.sentence).toBe(
    '1,000 or more contradictions open, with $0.05 at stake.',
  )
})
