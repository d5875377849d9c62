import { describe, expect, test } from 'vitest'
import { amountCents } from '../money/amount-cents-schema.ts'
import { heldBecause, type HoldFacts } from './held-because.ts'

const free: HoldFacts = {
  stopReason: null,
  destination: { state: 'active', stateReason: null, usableFrom: '2026-11-23T08:00:00.000Z' },
  failedChecks: [],
  businessHours: null,
  exceeded: [],
  isBreakGlass: false,
  nowMs: Date.parse('2026-11-23T08:00:00.000Z'),
  zone: 'Europe/Berlin',
}
const hours = { zone: 'Europe/Berlin', weekdays: [1], from: '10:00', until: '17:00' }
const over = {
  scope: 'total',
  period: 'day',
  usedCents: amountCents.parse(0),
  limitCents: amountCents.parse(100),
} as const
const destination = (change: Partial<HoldFacts['destination']>) => ({
  destination: { ...free.destination, ...change },
})

describe('an approved request', () => {
  test('leaves when nothing holds it, at the very end of the cooling-off too', () => {
    expect(heldBecause(free)).toBeNull()
  })

  test.each<[Partial<HoldFacts>, string]>([
    [{ stopReason: 'A phone was lost' }, 'All withdrawals are stopped: A phone was lost.'],
    [{ failedChecks: ['This is the zero address.'] }, 'This is the zero address.'],
    [
      destination({ state: 'proposed', usableFrom: null }),
      'Its destination is new and waits for approval by a second person.',
    ],
    [
      destination({ state: 'frozen', stateReason: 'They changed banks.' }),
      'Its destination is frozen: They changed banks.',
    ],
    [destination({ state: 'refused' }), 'Its destination was refused.'],
    [destination({ state: 'removed' }), 'Its destination was removed from the address book.'],
    [destination({ usableFrom: null }), 'Its destination was never approved.'],
    [
      destination({ usableFrom: '2026-11-23T08:00:00.001Z' }),
      'Its destination is new and cools off until 2026-11-23 at 09:00 (Europe/Berlin).',
    ],
    [
      { businessHours: hours },
      'It leaves when business hours begin, 2026-11-23 at 10:00 (Europe/Berlin).',
    ],
    [
      { exceeded: [over] },
      'This is above the limit of $1.00 for all withdrawals in a day, of which $0.00 are used.',
    ],
  ])('is held, in words', (change, words) => {
    expect(heldBecause({ ...free, ...change })).toBe(words)
  })

  test('in an emergency waits for no clock and no limit, and for everything else still', () => {
    const emergency = { ...free, isBreakGlass: true }
    const later = destination({ usableFrom: '2026-12-01T00:00:00.000Z' })
    const waiting = { ...later, businessHours: hours, exceeded: [over] }
    expect(heldBecause({ ...emergency, ...waiting })).toBeNull()
    for (const change of [
      { stopReason: 'A phone was lost' },
      { failedChecks: ['This is the zero address.'] },
      destination({ state: 'proposed', usableFrom: null }),
      destination({ state: 'frozen' }),
    ]) {
      expect(heldBecause({ ...emergency, ...change })).not.toBeNull()
    }
  })

  test('is held where an instant cannot be read', () => {
    expect(heldBecause({ ...free, ...destination({ usableFrom: 'soon' }) })).not.toBeNull()
  })
})
