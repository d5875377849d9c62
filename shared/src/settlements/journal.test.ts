import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAmountCents } from '../money/amount-cents.ts'
import { splitDifference } from './day-difference.ts'
import { journalOf } from './journal.ts'

const cents = fc.integer({ min: -1_000_000_00, max: 1_000_000_00 }).filter(isAmountCents)
const sums = {
  payments: fc.nat({ max: 100 }),
  grossCents: cents,
  merchantFeeCents: cents,
  swapFeeCents: cents,
  convenienceFeeCents: cents,
  netCents: cents,
}
const arrival = fc.record({
  arrivedCents: fc.integer({ min: -(10 ** 8), max: 10 ** 8 }),
  chargeCents: fc.nat({ max: 10 ** 6 }),
  exchangedCents: fc.nat({ max: 10 ** 8 }),
})
const difference = fc.option(
  fc
    .record({
      expectedCents: fc.integer({ min: 0, max: 10 ** 8 }),
      arrivals: fc.array(arrival, { maxLength: 3 }),
      isDue: fc.boolean(),
    })
    .map(splitDifference),
)
const day = fc.record({
  ...sums,
  difference,
  day: fc.integer({ min: 10, max: 31 }).map((number) => `2026-10-${number}`),
  bookedOn: fc.constantFrom(null, '2026-11-02'),
})
const share = fc.record({ ...sums, day: fc.constantFrom(null, '2026-10-05') })
const adjustment = fc.record({
  id: fc.nat(),
  paymentId: fc.uuid(),
  orderId: fc.constant(null),
  at: fc.constant('2026-11-20T12:00:00.000Z'),
  before: share,
  after: share,
})
const [total] = fc.sample(fc.record({ ...sums, difference }), 1)

test('debits are credits, in every entry and so in the whole', () => {
  fc.assert(
    fc.property(
      fc.array(day, { maxLength: 31 }),
      fc.array(adjustment, { maxLength: 5 }),
      (days, adjustments) => {
        if (!total) throw new Error('A sample has one.')
        const bounds = { startsAt: '2026-10-01T00:00:00Z', endsAt: '2026-11-01T00:00:00Z' }
        const month = { month: '2026-10', zone: 'UTC', cutOff: '00:00', ...bounds } as const
        const content = { version: 1, ...month, byToken: [], byNetwork: [], totals: total } as const
        for (const { lines } of journalOf({ ...content, days }, adjustments)) {
          const debits = lines.reduce((sum, { debitCents }) => sum + debitCents, 0)
          const credits = lines.reduce((sum, { creditCents }) => sum + creditCents, 0)
          expect(debits).toBe(credits)
          expect(debits).toBeGreaterThan(0)
          for (const line of lines) {
            expect(Math.min(line.debitCents, line.creditCents)).toBe(0)
            expect(Math.max(line.debitCents, line.creditCents)).toBeGreaterThan(0)
          }
        }
      },
    ),
  )
})
