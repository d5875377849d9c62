import { describe, expect, test } from 'vitest'
import { newOrderId } from './order-id.ts'
import { orderId } from './request-content-schema.ts'
import { requestStates } from './request-state.ts'
import { duplicatesSince, expiryOf, isDuplicate, isExpired, usableFrom } from './request-times.ts'

const now = new Date('2026-11-23T10:00:00Z')

describe('how long things last', () => {
  test('a request is over at the very instant', () => {
    const expiresAt = expiryOf(now, { expiryHours: 72 })
    expect(expiresAt.toISOString()).toBe('2026-11-26T10:00:00.000Z')
    expect(isExpired(expiresAt, new Date(expiresAt.getTime() - 1))).toBe(false)
    expect(isExpired(expiresAt, expiresAt)).toBe(true)
  })

  test('a destination cools off by the hour, and duplicates are looked for as far back', () => {
    expect(usableFrom(now, { coolingOffHours: 24 }).toISOString()).toBe('2026-11-24T10:00:00.000Z')
    expect(duplicatesSince(now, { duplicateWindowHours: 1 }).toISOString()).toBe(
      '2026-11-23T09:00:00.000Z',
    )
  })
})

describe('a duplicate', () => {
  const one = {
    amountCents: 125_000,
    network: 'eip155:1',
    address: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
  }
  const isOne = (change: object) => isDuplicate(one, { ...one, state: 'submitted', ...change })

  test('has the same amount and destination, however the address is spelled', () => {
    expect(isOne({})).toBe(true)
    expect(isOne({ address: one.address.toLowerCase() })).toBe(true)
    expect(isOne({ amountCents: 125_001 })).toBe(false)
    expect(isOne({ network: 'eip155:10' })).toBe(false)
    expect(isOne({ address: '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359' })).toBe(false)
  })

  test('is one only where the other has paid or still may', () => {
    expect(requestStates.filter((state) => isOne({ state }))).toEqual([
      'pending_approval',
      'approved',
      'sending',
      'submitted',
      'processing',
      'completed',
      'unknown',
    ])
  })
})

describe('an order id', () => {
  test('says its day and can be read aloud', () => {
    const made = newOrderId(
      '2026-11-23',
      Uint8Array.from({ length: 12 }, (_, at) => at * 21 + 224),
    )
    expect(made).toMatch(/^WD-20261123-[0-9A-HJKMNP-TV-Z]{12}$/)
    expect(orderId.parse(made)).toBe(made)
  })

  test('is never made of less chance than it needs', () => {
    expect(() => newOrderId('2026-11-23', new Uint8Array(4))).toThrow(RangeError)
  })
})
