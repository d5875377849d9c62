import type { PaymentSnapshot } from '@desk/shared/payments/payment-snapshot'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Account } from './account.ts'
import {
  apiRead,
  arriving,
  at,
  cents,
  event,
  minimal,
  quote,
  receipt,
  usdc,
  whole,
} from './account.fixtures.ts'
import { projectPayment, type MirroredPayment } from './project-payment.ts'

const completed = { status: 'completed', receipt: receipt(), quotes: [quote({ status: 'used' })] }

describe('who is believed about the status', () => {
  test('all 120 orders of a five-event payment end alike, and none ever steps back from final', () => {
    const events = [
      event(0, minimal({ status: 'pending' })),
      event(60, minimal({ status: 'processing' })),
      event(61, minimal({ status: 'processing', amountCents: cents(15_000) })),
      event(80, minimal({ status: 'completed' })),
      event(81, minimal({ status: 'pending' })),
    ]
    const orders = permutations(events)
    expect(orders).toHaveLength(120)
    for (const order of orders) {
      let wasFinal = false
      for (let count = 1; count <= order.length; count++) {
        const { status } = projected(order.slice(0, count))
        expect(wasFinal && status !== 'completed').toBe(false)
        wasFinal = status === 'completed'
      }
      expect(projected(order).status).toBe('completed')
    }
  })

  test('an event that happened before the API was asked changes nothing', () => {
    const row = projected([
      apiRead(70, whole({ status: 'pending' })),
      event(60, minimal({ status: 'processing' })),
    ])
    expect(row.status).toBe('pending')
  })

  test('an event after the API was asked takes the payment further', () => {
    const row = projected([apiRead(10, whole()), event(60, minimal({ status: 'processing' }))])
    expect(row.status).toBe('processing')
  })

  test('an event after the API was asked never takes it back a stage', () => {
    const row = projected([
      apiRead(10, whole({ status: 'processing' })),
      event(60, minimal({ status: 'pending' })),
    ])
    expect(row.status).toBe('processing')
  })

  test("no event, however new, overrules the API's final status", () => {
    const row = projected([
      apiRead(80, whole(completed)),
      event(90, minimal({ status: 'failed' })),
      event(91, minimal({ status: 'refunded' })),
    ])
    expect(row.status).toBe('completed')
  })

  test('a later API answer corrects anything, a final status included', () => {
    const row = projected([
      apiRead(80, whole(completed)),
      event(81, minimal({ status: 'completed' })),
      apiRead(90, whole({ status: 'processing' })),
    ])
    expect(row).toMatchObject({ status: 'processing', receipt: null, flags: [] })
  })

  test('a status we do not know is kept as it came', () => {
    expect(projected([apiRead(90, whole({ status: 'refunded' }))]).status).toBe('refunded')
    expect(projected([event(90, minimal({ status: 'on_hold' }))]).status).toBe('on_hold')
  })

  test('"not found" at the API erases nothing and is no payment by itself', () => {
    const known = [event(0, minimal())]
    const asked = [...known, apiRead(30, null)]
    expect(projected(asked)).toEqual({
      ...projected(known),
      observationId: 2,
      apiReadAt: at(30),
      updatedAt: at(31),
    })
    expect(projectPayment([apiRead(30, null)])).toBeNull()
  })
})

describe('what is remembered', () => {
  test('an event says nothing about quotes, fees, receipt and address, so it erases none of them', () => {
    const row = projected([
      apiRead(10, whole({ customMetadata: '{"cart":"c-51"}' })),
      event(60, minimal({ status: 'processing', type: 'deposit', orderId: null })),
    ])
    expect(row).toMatchObject({
      status: 'processing',
      type: 'payment',
      netCents: 14_849,
      orderId: 'ORDER-8827',
      redirectUrl: 'https://shop.example/thanks',
      customMetadata: '{"cart":"c-51"}',
      depositAddress: '0x1f9840a85d5af5bf1d1762f925bdaddc4201f984',
      quotes: [{ id: 'quote-1' }],
    })
  })

  test('what a full account says is not there is gone, whatever events said before', () => {
    const row = projected([
      event(0, minimal({ orderId: 'ORDER-1' })),
      apiRead(10, whole({ orderId: null })),
    ])
    expect(row.orderId).toBeNull()
  })

  test('an event tells the new amount of a deposit before the API is asked again', () => {
    const row = projected([
      apiRead(10, whole({ type: 'deposit', amountCents: cents(0) })),
      event(80, minimal({ status: 'completed', amountCents: cents(5_000) })),
    ])
    expect(row.amountCents).toBe(5_000)
  })

  test('a quote that a later answer leaves out is kept, expired once its time was up', () => {
    const answers = [
      apiRead(10, whole({ quotes: [quote({ id: 'old', expiresAt: at(600) })] })),
      apiRead(
        700,
        whole({ quotes: [quote({ id: 'new', createdAt: at(690), expiresAt: at(1290) })] }),
      ),
    ]
    expect(projected(answers).quotes.map(({ id, status }) => [id, status])).toEqual([
      ['new', 'active'],
      ['old', 'expired'],
    ])
    const before = apiRead(500, whole({ quotes: [] }))
    expect(projected([...answers.slice(0, 1), before]).quotes[0]?.status).toBe('active')
  })

  test('the receipt decides token and network, then the paid quote, then the newest active one', () => {
    const onBase = quote({ id: 'base', network: 'eip155:8453', createdAt: at(5) })
    const inEther = { ...usdc, symbol: 'ETH', decimals: 18 }
    const quotes = [
      onBase,
      quote({ id: 'eth', token: inEther, createdAt: at(9), status: 'expired' }),
    ]
    expect(projected([apiRead(10, whole({ quotes }))])).toMatchObject({
      tokenSymbol: 'USDC',
      network: 'eip155:8453',
    })
    const paid = [onBase, quote({ id: 'eth', token: inEther, status: 'used' })]
    expect(projected([apiRead(10, whole({ quotes: paid }))])).toMatchObject({
      tokenSymbol: 'ETH',
      tokenDecimals: 18,
      network: 'eip155:84532',
    })
    const settled = receipt({ token: { ...usdc, symbol: 'USDT' }, network: 'eip155:1' })
    expect(projected([apiRead(10, whole({ quotes: paid, receipt: settled }))])).toMatchObject({
      tokenSymbol: 'USDT',
      network: 'eip155:1',
    })
  })
})

describe('received against expected', () => {
  test.each([
    ['exact', {}, []],
    ['one base unit short', { receivedBaseUnits: '149989999' }, ['underpaid']],
    ['one base unit over', { receivedBaseUnits: '149990001' }, ['overpaid']],
    ['a second late', { transactionAt: at(601) }, ['late']],
  ])('%s', (_name, paid, flags) => {
    const snapshot = whole({ ...completed, receipt: receipt(paid) })
    expect(projected([apiRead(90, snapshot)]).flags).toEqual(flags)
  })

  test('the paid quote is the one the receipt names, then the used one, then the one in its token', () => {
    const other = quote({ id: 'other', expectedBaseUnits: '1', status: 'used', createdAt: at(9) })
    const named = [other, quote()]
    expect(flagsOf({ quotes: named, receipt: receipt() })).toEqual([])
    expect(flagsOf({ quotes: named, receipt: receipt({ quoteId: null }) })).toEqual(['overpaid'])
    const unnamed = [
      quote({ id: 'elsewhere', network: 'eip155:1', expectedBaseUnits: '1', createdAt: at(9) }),
      quote(),
    ]
    expect(flagsOf({ quotes: unnamed, receipt: receipt({ quoteId: null }) })).toEqual([])
  })
})

describe('laws', () => {
  const status = fc.constantFrom('pending', 'processing', 'completed', 'failed', 'expired', 'odd')
  const seconds = fc.integer({ min: 0, max: 9 }).map((step) => step * 100)
  const told = fc.record({ status, amountCents: fc.integer({ min: 0, max: 9 }).map(cents) })
  const webhook = fc.tuple(seconds, told).map(([when, facts]) => event(when, minimal(facts)))
  const quotes = fc.uniqueArray(
    fc
      .record({ id: fc.constantFrom('a', 'b', 'c'), createdAt: seconds.map(at) })
      .map((facts) => quote(facts)),
    { selector: (each) => each.id },
  )
  const api = fc
    .tuple(seconds, told, quotes, fc.boolean())
    .map(([when, facts, offered, paid]) =>
      apiRead(when, whole({ ...facts, quotes: offered, receipt: paid ? receipt() : null })),
    )
  const accounts = fc.array(fc.oneof(webhook, api), { minLength: 1, maxLength: 12 })

  test('the order in which accounts arrive decides nothing', () => {
    fc.assert(
      fc.property(accounts, fc.infiniteStream(fc.nat()), (known, dice) => {
        const shuffled = known
          .map((one) => ({ one, rank: dice.next().value ?? 0 }))
          .toSorted((a, b) => a.rank - b.rank)
          .map(({ one }) => one)
        expect(projected(shuffled)).toEqual(projected(known))
      }),
    )
  })

  test('an account that arrives twice counts once', () => {
    fc.assert(
      fc.property(accounts, fc.nat(), (known, pick) => {
        const again = known[pick % known.length]
        const repeated = again ? [...known, again] : known
        expect({ ...projected(repeated), observationId: 0 }).toEqual({
          ...projected(known),
          observationId: 0,
        })
      }),
    )
  })

  test('after a last API answer the row says what the API says, whichever webhooks came or were lost', () => {
    const last = fc
      .tuple(told, quotes)
      .map(([facts, offered]) => apiRead(1_000, whole({ ...facts, quotes: offered })))
    fc.assert(
      fc.property(accounts, last, fc.infiniteStream(fc.boolean()), (known, final, dice) => {
        const kept = known.filter((one) => one.source === 'api' || dice.next().value)
        const row = projected([...kept, final])
        const { quotes: all, searchText: _, ...facts } = row
        const { quotes: told, searchText: __, ...alone } = projected([final])
        expect({ ...facts, ...rememberedToken }).toEqual({
          ...alone,
          ...rememberedToken,
          observationId: row.observationId,
        })
        expect(all).toEqual(expect.arrayContaining([...told]))
      }),
    )
  })

  test('once an event or the API says final, no further event makes it open again', () => {
    fc.assert(
      fc.property(accounts, webhook, (known, later) => {
        const before = projected(known).status
        fc.pre(['completed', 'failed', 'expired'].includes(before))
        expect(['completed', 'failed', 'expired']).toContain(projected([...known, later]).status)
      }),
    )
  })

  /** Where the last answer lists no quote, an earlier one still says what was offered. */
  const rememberedToken = { tokenSymbol: '', tokenDecimals: 0, network: '' }
})

function projected(accounts: readonly Account[]): MirroredPayment {
  const row = projectPayment(arriving(accounts))
  if (!row) throw new Error('Nothing was told.')
  return row
}

function flagsOf(changes: Partial<PaymentSnapshot>) {
  return projected([apiRead(90, whole({ status: 'completed', ...changes }))]).flags
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  )
}
