import { describe, expect, test } from 'vitest'
import { type Freshness, historyText, pulseText, silentSince } from './pulse-text.ts'

const nowMs = Date.parse('2026-11-22T14:32:00Z')
const quiet: Freshness = { lastWebhookAt: null, lastApiReadAt: null, paymentsAbout: 0, sync: [] }

describe('the pulse line', () => {
  test('says how long ago both sources spoke', () => {
    const pulse = {
      ...quiet,
      lastWebhookAt: '2026-11-22T14:31:56Z',
      lastApiReadAt: '2026-11-22T14:31:39Z',
    }
    expect(pulseText(pulse, nowMs)).toBe('Webhooks 4 s ago · API 21 s')
  })

  test('says so when neither ever spoke', () => {
    expect(pulseText(quiet, nowMs)).toBe('No webhook yet · API not read yet')
  })

  test('a server clock slightly ahead never reads as the future', () => {
    const pulse = { ...quiet, lastApiReadAt: '2026-11-22T14:32:03Z' }
    expect(pulseText(pulse, nowMs)).toBe('No webhook yet · API 0 s')
  })

  test('SpacePay is silent only after several missed rounds, and not before the first answer', () => {
    expect(silentSince({ ...quiet, lastApiReadAt: '2026-11-22T14:28:00Z' }, nowMs)).toBeNull()
    expect(silentSince({ ...quiet, lastApiReadAt: '2026-11-22T14:20:00Z' }, nowMs)).toBe(
      '2026-11-22T14:20:00Z',
    )
    expect(silentSince(quiet, nowMs)).toBeNull()
  })
})

describe('reading the history', () => {
  const at = (position: unknown): Freshness => ({
    ...quiet,
    sync: [{ name: 'payments.backfill', position }],
  })

  test('shows how far it has come until it is finished', () => {
    expect(historyText(at({ offset: 8_400, total: 20_000, finishedAt: null }))).toBe(
      'Reading history: 8,400 of 20,000',
    )
    expect(historyText(at({ offset: 8_400, total: null, finishedAt: null }))).toBe(
      'Reading history: 8,400',
    )
    expect(
      historyText(at({ offset: 20_000, total: 20_000, finishedAt: '2026-11-22T14:00:00Z' })),
    ).toBeNull()
  })

  test('an account it cannot read is left out, not shown wrong', () => {
    expect(historyText(at({ page: 3 }))).toBeNull()
    expect(historyText(quiet)).toBeNull()
  })
})
