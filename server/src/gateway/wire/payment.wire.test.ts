import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createdPayment, paymentReceipt, seedPayment } from '../testing/published-examples.ts'
import { decodeCreatedPayment } from './created-payment.wire.ts'
import { DecodeError } from './decode-error.ts'
import { decodePage } from './page.wire.ts'
import { decodePayment } from './payment.wire.ts'

const { payment } = createdPayment
const [quote] = payment.quotes
const address = '0x1f9840a85d5af5bf1d1762f925bdaddc4201f984'

function faultOf(json: unknown): DecodeError {
  try {
    decodePayment(json)
  } catch (error) {
    if (error instanceof DecodeError) return error
    throw error
  }
  return expect.fail('it decoded')
}

function outcomeOf(json: unknown): string {
  try {
    decodePayment(json)
    return 'payment'
  } catch (error) {
    return error instanceof Error ? error.name : 'not even an error'
  }
}

function withQuote(changes: object) {
  return decodePayment({ ...payment, quotes: [{ ...quote, ...changes }] }).quotes[0]
}

function receiptOf(receipt: unknown) {
  return decodePayment({ ...payment, receipt }).receipt
}

function pageWith(pagination: unknown) {
  return decodePage({ data: [payment], pagination }, decodePayment)
}

describe('a payment in its documented shape', () => {
  test('is read whole', () => {
    expect(decodePayment(payment)).toEqual({
      extent: 'full',
      id: '0b7d8a0e-5a53-4b39-9d6e-2f2f4a3c9e11',
      merchantId: '7c2e1f4d-2d0f-4a7b-8b0b-3f6e2f9a1c22',
      type: 'payment',
      status: 'pending',
      rawStatus: 'pending',
      amountCents: 14999,
      amountDueCents: 15074,
      convenienceFeeCents: null,
      merchantFeeCents: null,
      swapFeeCents: null,
      netCents: 14849,
      currency: 'USD',
      orderId: 'ORDER-8827',
      redirectUrl: 'https://shop.example/thanks',
      customMetadata: null,
      depositAddress: address,
      quotes: [
        {
          id: 'c1b6f4d2-4a44-4c0d-9a55-0d6f7b8e9a33',
          token: {
            id: '4f245c9b-b6d1-403b-b9d6-46887e701f78',
            symbol: 'USDC',
            contractAddress: '0x00fc61d7de7655db3984db634e3489130ebeacf6',
            decimals: 6,
            isNative: false,
          },
          network: 'eip155:84532',
          depositAddress: address,
          expectedBaseUnits: '150740000',
          rate: '1.00000000',
          amountDueCents: 15074,
          status: 'active',
          expiresAt: '2026-04-01T12:25:00.000Z',
          createdAt: '2026-04-01T12:15:00.000Z',
        },
      ],
      receipt: null,
      createdAt: '2026-04-01T12:15:00.000Z',
    })
  })

  test('is read from the create envelope, with link and secret kept apart from its JSON', () => {
    const created = decodeCreatedPayment(createdPayment)
    expect(created.payment).toEqual(decodePayment(payment))
    expect(created.paymentUrl).toBe(createdPayment.paymentUrl)
    expect(created.paymentSecret).toBe('ps_sandbox_9f3c')
    expect(JSON.stringify(created.raw)).not.toContain('ps_sandbox_9f3c')
    expect(created.raw).toEqual(payment)
  })

  test('does not keep a link or secret that stands inside the payment', () => {
    const chatty = { ...payment, checkout_url: 'https://pay.example/ps_1', secret: 'ps_1' }
    const created = decodeCreatedPayment({ payment: chatty, paymentId: payment.id })
    expect(created.paymentUrl).toBe('https://pay.example/ps_1')
    expect(JSON.stringify(created.raw)).not.toContain('ps_1')
  })

  test("is read from an envelope that repeats the seed's fields beside it", () => {
    const withAliases = { ...createdPayment, ...seedPayment, paymentUrl: createdPayment.paymentUrl }
    const created = decodeCreatedPayment({ ...withAliases, payment_id: createdPayment.paymentId })
    expect(created.payment).toEqual(decodePayment(payment))
    expect(created.paymentUrl).toBe(createdPayment.paymentUrl)
  })
})

describe('the flat payment of the marketing page', () => {
  test('is read like any other', () => {
    expect(decodePayment(seedPayment)).toMatchObject({
      extent: 'full',
      id: 'pay_3kJHd82nQplZ',
      amountCents: 14999,
      depositAddress: address,
      createdAt: '2026-04-01T12:15:00.000Z',
      quotes: [
        {
          token: { symbol: 'USDC', decimals: 6, isNative: false },
          network: 'eip155:137',
          expectedBaseUnits: '149990000',
          rate: '1.0',
          expiresAt: '2026-04-01T12:25:00.000Z',
        },
      ],
    })
  })

  test('is read from the create answer, which has no envelope', () => {
    const created = decodeCreatedPayment(seedPayment)
    expect(created).toMatchObject({
      payment: { id: 'pay_3kJHd82nQplZ', amountCents: 14999 },
      paymentUrl: seedPayment.checkout_url,
      paymentSecret: null,
    })
    expect(JSON.stringify(created.raw)).not.toContain('checkout')
  })

  test('gives a quote without an id the same id every time', () => {
    const ids = [decodePayment(seedPayment), decodePayment({ ...seedPayment, status: 'expired' })]
    expect(ids[0]?.quotes[0]?.id).toBe(ids[1]?.quotes[0]?.id)
  })

  test('reads a stablecoin with the 18 decimals it has on BNB Smart Chain', () => {
    const onBnb = { ...seedPayment, quotes: [{ ...seedPayment.quotes[0], chainId: 56 }] }
    expect(decodePayment(onBnb).quotes[0]?.expectedBaseUnits).toBe('149990000000000000000')
  })

  test('leaves an amount open when nobody says how many decimals the token has', () => {
    const unknown = { ...seedPayment, quotes: [{ ...seedPayment.quotes[0], token: 'NEWCOIN' }] }
    expect(decodePayment(unknown).quotes[0]).toMatchObject({
      token: { symbol: 'NEWCOIN', decimals: null },
      expectedBaseUnits: null,
    })
  })
})

describe('quotes', () => {
  test('base units win over a decimal amount', () => {
    expect(withQuote({ expectedAmount: '1.5' })?.expectedBaseUnits).toBe('150740000')
  })

  test('a token without its chain is read, as lists leave it out', () => {
    const { chain: _chain, coingeckoApiId: _id, ...token } = quote.token
    expect(withQuote({ token })).toMatchObject({ network: 'eip155:84532', token: { decimals: 6 } })
  })

  test('the chain of the token stands in for a missing chain id', () => {
    expect(withQuote({ chainId: undefined })?.network).toBe('eip155:84532')
  })

  test.for([
    ['0x0000000000000000000000000000000000000000'],
    ['0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE'],
  ])('%s stands for the native coin, unless the asset type says otherwise', ([contract]) => {
    const token = { ...quote.token, contractAddress: contract }
    expect(withQuote({ token: { ...token, assetType: null } })?.token.isNative).toBe(true)
    expect(withQuote({ token: { ...token, assetType: 'NATIVE' } })?.token.isNative).toBe(true)
    expect(withQuote({ token })?.token.isNative).toBe(false)
  })

  test('where only quotes have addresses, the one in use speaks for the payment', () => {
    const quotes = [
      { ...quote, id: 'q1', status: 'expired', depositAddress: { address: '0xAA' } },
      { ...quote, id: 'q2', status: 'Active', depositAddress: { address: '0xBB' } },
    ]
    const { depositAddress: _address, ...later } = payment
    expect(decodePayment({ ...later, quotes }).depositAddress).toBe('0xbb')
    const used = [...quotes, { ...quote, id: 'q3', status: 'used', depositAddress: '0xCC' }]
    expect(decodePayment({ ...later, quotes: used }).depositAddress).toBe('0xcc')
  })

  test('an address whose case matters keeps it', () => {
    const tron = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
    expect(decodePayment({ ...payment, depositAddress: { address: tron } }).depositAddress).toBe(
      tron,
    )
  })
})

describe('receipts', () => {
  test('both published shapes in one object are read once', () => {
    expect(
      receiptOf({ ...paymentReceipt, selectedQuote: quote, settledToken: quote.token }),
    ).toEqual({
      txHash: '0x8f1d2c3b4a5968778695a4b3c2d1e0f00112233445566778899aabbccddeeff0',
      blockNumber: '21500321',
      transactionAt: '2026-04-01T12:17:42.000Z',
      senderAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
      token: decodePayment(payment).quotes[0]?.token,
      network: 'eip155:84532',
      quoteId: quote.id,
      receivedBaseUnits: '150740000',
      receivedUsd: '150.74',
      confirmations: 10,
      requiredConfirmations: 10,
      riskScore: 92,
      riskSeverity: 'LOW_RISK',
      riskProvider: 'sandbox',
      completedAt: '2026-04-01T12:17:45.000Z',
    })
  })

  test('the hand-written pages alone give hash, block and time', () => {
    const { transactionHash, blockNumber, confirmations, requiredConfirmations, completedAt } =
      paymentReceipt
    expect(
      receiptOf({
        transactionHash,
        blockNumber,
        confirmations,
        requiredConfirmations,
        completedAt,
      }),
    ).toMatchObject({
      txHash: transactionHash,
      blockNumber: '21500321',
      transactionAt: completedAt,
      completedAt,
      confirmations: 10,
      receivedBaseUnits: null,
    })
  })

  test('the OpenAPI shape with everything nullable null is read', () => {
    const empty = { txHash: null, txBlockNumber: null, txTimestamp: null, txRiskScore: null }
    expect(
      receiptOf({ ...empty, settledAmountAsset: '1', settledAmountUsd: '0.01' }),
    ).toMatchObject({
      txHash: null,
      transactionAt: null,
      receivedBaseUnits: '1',
    })
  })
})

describe('statuses', () => {
  test.for([
    ['COMPLETED', 'completed'],
    ['confirmed', 'completed'],
    ['Succeeded', 'completed'],
    ['partially_refunded', 'partially_refunded'],
    ['under_review', 'under_review'],
  ] as const)('%s is read as %s and its own word is kept', ([rawStatus, status]) => {
    expect(decodePayment({ ...payment, status: rawStatus })).toMatchObject({ status, rawStatus })
  })
})

describe('money', () => {
  const centsFields = [
    'amountInCents',
    'amountDueCents',
    'convenienceFeeCents',
    'merchantFeeCents',
    'swapFeeCents',
    'amountMerchantNetCents',
  ] as const

  test('cents that are no safe integer are an error that names the field', () => {
    const noCents = fc.oneof(
      fc.double().filter((value) => !Number.isSafeInteger(value)),
      fc.string(),
      fc.boolean(),
      fc.constant({}),
    )
    fc.assert(
      fc.property(fc.constantFrom(...centsFields), noCents, (field, value) => {
        expect(faultOf({ ...payment, [field]: value }).path).toBe(field)
      }),
    )
    expect(faultOf({ ...payment, quotes: [{ ...quote, amountDueCents: 1.5 }] }).path).toBe(
      'quotes.0.amountDueCents',
    )
  })

  test('any safe integer of cents arrives unchanged', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (cents) => {
        expect(decodePayment({ ...payment, amountInCents: cents }).amountCents).toBe(cents)
      }),
    )
  })

  test('an error never repeats what was sent', () => {
    const fault = faultOf({ ...payment, amountInCents: 'sk_test_canary', status: 'pending' })
    expect(fault.message).not.toContain('sk_test_canary')
  })
})

describe('hostile or odd text', () => {
  test('is kept as it came', () => {
    const hostile = 'A\u0000<script>alert(1)</script>\u202Eevil'
    expect(decodePayment({ ...payment, orderId: hostile, customMetadata: hostile })).toMatchObject({
      orderId: hostile,
      customMetadata: hostile,
    })
  })

  test('an unreadable instant counts as not told, one without a zone as UTC', () => {
    expect(decodePayment({ ...payment, createdAt: 'yesterday' }).createdAt).toBeNull()
    expect(decodePayment({ ...payment, createdAt: '2026-13-45T99:00:00Z' }).createdAt).toBeNull()
    expect(decodePayment({ ...payment, createdAt: '2026-04-01 12:15:00' }).createdAt).toBe(
      '2026-04-01T12:15:00.000Z',
    )
  })

  test('fields nobody has published yet change nothing, at any depth', () => {
    const known = new Set([
      ...Object.keys(payment),
      ...Object.keys(quote),
      'customMetadata',
      'amount',
    ])
    const alsoKnown = new Set(['expectedAmount', 'exchangeRate', 'assetType', 'address'])
    const extra = fc.dictionary(
      fc.string().filter((key) => !known.has(key) && !alsoKnown.has(key) && !(key in quote.token)),
      fc.jsonValue(),
    )
    const expected = decodePayment(payment)
    fc.assert(
      fc.property(extra, extra, extra, (inPayment, inQuote, inToken) => {
        const token = { ...inToken, ...quote.token }
        const quotes = [{ ...inQuote, ...quote, token }]
        expect(decodePayment({ ...inPayment, ...payment, quotes })).toEqual(expected)
      }),
    )
  })

  test('__proto__ and constructor in the JSON do nothing', () => {
    const json: unknown = JSON.parse(
      `{"__proto__":{"polluted":1,"status":"completed"},"constructor":{"prototype":{"polluted":1}},${JSON.stringify(payment).slice(1)}`,
    )
    expect(decodePayment(json)).toEqual(decodePayment(payment))
    expect(Object.prototype).not.toHaveProperty('polluted')
  })

  test('any JSON at all gives a payment or a DecodeError, nothing else', () => {
    const near = fc.record(
      {
        id: fc.jsonValue(),
        status: fc.jsonValue(),
        quotes: fc.jsonValue(),
        receipt: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), near), (json) => {
        expect(outcomeOf(json)).toBeOneOf(['payment', 'DecodeError'])
      }),
    )
  })
})

describe('pages', () => {
  const pagination = {
    total: 84,
    limit: 50,
    offset: 50,
    hasMore: true,
    totalPages: 2,
    currentPage: 2,
  }

  test('one bad row is reported with its place and the others are read', () => {
    const bad = { ...payment, id: 'pay_bad', amountInCents: 1.5 }
    const page = decodePage({ data: [payment, bad, seedPayment, 7], pagination }, decodePayment)

    expect(page.rows.map((row) => row.value.id)).toEqual([payment.id, seedPayment.id])
    expect(page.rows.map((row) => row.raw)).toEqual([payment, seedPayment])
    expect(page.rejected).toMatchObject([
      { index: 1, id: 'pay_bad', problem: expect.stringContaining('amountInCents'), raw: bad },
      { index: 3, id: null, raw: 7 },
    ])
    expect(page).toMatchObject({ total: 84, offset: 50, hasMore: true })
  })

  test('without a word about more pages the total decides, without that a full page has a successor', () => {
    expect(pageWith({ total: 2, offset: 1 }).hasMore).toBe(false)
    expect(pageWith({ total: 3, offset: 1 }).hasMore).toBe(true)
    expect(pageWith(undefined)).toMatchObject({ hasMore: true, total: null })
    expect(decodePage({ data: [] }, decodePayment).hasMore).toBe(false)
  })

  test('an answer without rows is a decode error', () => {
    expect(() => decodePage({ items: [] }, decodePayment)).toThrow(DecodeError)
  })
})
