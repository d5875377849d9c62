import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { paymentFlagsOf } from './derived-facts.ts'

const nothing = {
  status: 'completed',
  expectedBaseUnits: null,
  receivedBaseUnits: null,
  transactionAt: null,
  quoteExpiresAt: null,
}
const owed = fc.bigInt({ min: 1n, max: 10n ** 78n - 1n })
const units = fc.bigInt({ min: 0n, max: 10n ** 78n - 1n })

describe('our own judgements about a payment', () => {
  test('a payment is under- or overpaid by a single base unit, and never both', () => {
    fc.assert(
      fc.property(owed, units, (expected, received) => {
        const flags = paymentFlagsOf({
          ...nothing,
          expectedBaseUnits: String(expected),
          receivedBaseUnits: String(received),
        })
        expect(flags.includes('underpaid')).toBe(received < expected)
        expect(flags.includes('overpaid')).toBe(received > expected)
      }),
    )
  })

  test('a deposit of any amount can be neither under- nor overpaid', () => {
    const open = { ...nothing, expectedBaseUnits: '0' }
    expect(paymentFlagsOf({ ...open, receivedBaseUnits: '150740000' })).toEqual([])
  })

  test('nothing is said while one side is unknown', () => {
    expect(paymentFlagsOf(nothing)).toEqual([])
    expect(paymentFlagsOf({ ...nothing, receivedBaseUnits: '5' })).toEqual([])
    expect(paymentFlagsOf({ ...nothing, transactionAt: '2026-11-22T12:00:00Z' })).toEqual([])
  })

  test('money mined at the very end of the quote is in time, a millisecond later it is late', () => {
    const quoteExpiresAt = '2026-11-22T12:00:00.000Z'
    const at = (transactionAt: string) =>
      paymentFlagsOf({ ...nothing, transactionAt, quoteExpiresAt })
    expect(at('2026-11-22T12:00:00.000Z')).toEqual([])
    expect(at('2026-11-22T12:00:00.001Z')).toEqual(['late'])
  })

  test('an expired payment that holds money is late, whatever the clocks say', () => {
    const expired = { ...nothing, status: 'expired' }
    expect(paymentFlagsOf({ ...expired, receivedBaseUnits: '1' })).toEqual(['late'])
    expect(paymentFlagsOf({ ...expired, receivedBaseUnits: '0' })).toEqual([])
    expect(paymentFlagsOf(expired)).toEqual([])
  })

  test('a payment can be late and short at once', () => {
    const flags = paymentFlagsOf({
      ...nothing,
      expectedBaseUnits: '10',
      receivedBaseUnits: '9',
      transactionAt: '2026-11-22T12:00:01Z',
      quoteExpiresAt: '2026-11-22T12:00:00Z',
    })
    expect(flags).toEqual(['underpaid', 'late'])
  })
})
