import { describe, expect, test } from 'vitest'
import type { MirrorPulse } from '@desk/shared/payments/mirror-pulse'
import { historyText, pulseText, silentSince } from './pulse-text.ts'

const nowMs = Date.parse('2026-11-22T14:32:00Z')
const quiet: MirrorPulse = {
  lastWebhookAt: null,
  lastApiReadAt: null,
  paymentsAbout: 0,
  history: null,
}

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
  test('shows how far it has come until it is finished', () => {
    expect(historyText({ ...quiet, history: { offset: 8_400, total: 20_000 } })).toBe(
      'Reading history: 8,400 of 20,000',
    )
    expect(historyText({ ...quiet, history: { offset: 8_400, total: null } })).toBe(
      'Reading history: 8,400',
    )
    expect(historyText(quiet)).toBeNull()
  })
})
