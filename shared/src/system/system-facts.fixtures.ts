import { amountCents } from '../money/amount-cents-schema.ts'
import type { SystemFacts } from './system-facts.ts'

type Parts = { readonly [Name in keyof SystemFacts]: NonNullable<SystemFacts[Name]> }

/** A shop where everything flows, at nine o'clock. */
export const healthySystem: Parts = {
  at: '2026-11-23T09:00:00.000Z',
  version: '0a1b2c3d4e5f',
  webhooks: {
    gap: {
      lastAt: '2026-11-23T08:59:56.000Z',
      silentMs: 4_000,
      expected: 0,
      usualIntervalMs: 12_000,
      isAlarming: false,
    },
    waiting: 0,
    oldestWaitingAt: null,
    parked: 0,
    refusedInLastHour: 0,
  },
  sync: {
    lastReadAt: '2026-11-23T08:59:30.000Z',
    completeUntil: '2026-11-23T08:59:20.000Z',
    history: { offset: 300, total: 300, rejected: 0, finishedAt: '2026-11-20T09:00:00.000Z' },
    withdrawals: { offset: 20, total: 20, isComplete: true },
  },
  upstream: {
    circuit: 'closed',
    retryAt: null,
    lastSuccessAt: '2026-11-23T08:59:30.000Z',
    lastFailureAt: null,
    lastFailure: null,
    rateLimitedCount: 0,
    blockedUntil: null,
  },
  budget: { callsLeft: 10, perSecond: 5, burst: 10 },
  jobs: { due: 0, running: 0, failed: 0, oldestDueAt: null },
  drift: { open: 0, stakeCents: 0 },
  withdrawals: {
    unknown: 0,
    oldestUnknownAt: null,
    unrequested: { count: 0, cents: amountCents.parse(0) },
    stop: null,
    lowBalances: [],
  },
  exports: { queued: 0, running: 0 },
  audit: { provedAt: '2026-11-23T08:40:00.000Z', entries: 812, fault: null },
  storage: {
    databaseBytes: 48_000_000,
    tables: [{ name: 'observation', bytes: 12_000_000, rowsAbout: 4_000 }],
  },
  live: { viewers: 3, isListening: true, delayMs: 2.4 },
  desks: 1,
  migrations: { newest: '0010_drift_and_past_states', due: 0 },
}
