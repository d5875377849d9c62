import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  createdPayment,
  errorSuperset,
  paymentEvent,
  paymentReceipt,
  walletBalances,
  withdrawal,
  withdrawalEvent,
} from '../testing/published-examples.ts'
import { DecodeError } from './decode-error.ts'
import { decodeError } from './error.wire.ts'
import { decodeChain, decodeToken } from './registry.wire.ts'
import { decodeWalletBalances } from './wallet-balance.wire.ts'
import { decodeWebhookEnvelope } from './webhook.wire.ts'
import { decodeWithdrawal } from './withdrawal.wire.ts'

const [{ token }] = createdPayment.payment.quotes

describe('withdrawals', () => {
  test('the documented object is read whole', () => {
    expect(decodeWithdrawal(withdrawal)).toEqual({
      extent: 'full',
      id: 'd3b0a3c1-7a54-4c0a-8a1e-1f2e3d4c5b6a',
      amountCents: 5000,
      currency: 'USD',
      network: 'eip155:84532',
      recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
      status: 'pending',
      rawStatus: 'pending',
      orderId: 'PAYOUT-17',
      customMetadata: '{"note":"supplier"}',
      errorMessage: null,
      receipt: null,
      createdAt: '2026-04-01T12:30:00.000Z',
      updatedAt: '2026-04-01T12:30:00.000Z',
    })
  })

  test('a completed one has the token that SpacePay chose', () => {
    const receipt = { ...paymentReceipt, settledToken: token, settledChain: token.chain }
    expect(decodeWithdrawal({ ...withdrawal, status: 'completed', receipt }).receipt).toMatchObject(
      {
        token: { symbol: 'USDC', decimals: 6 },
        network: 'eip155:84532',
        receivedBaseUnits: '150740000',
      },
    )
  })
})

describe('webhook bodies', () => {
  test('the documented payment event is a minimal account', () => {
    expect(decodeWebhookEnvelope(paymentEvent)).toMatchObject({
      type: 'payment.updated',
      createdAt: '2026-01-01T00:00:00.000Z',
      subject: {
        kind: 'payment',
        payment: {
          extent: 'minimal',
          id: '11111111-2222-4333-8444-555555555555',
          status: 'completed',
          amountCents: 14999,
          amountDueCents: 14999,
          orderId: 'ORDER-8827',
          netCents: null,
          quotes: [],
        },
      },
    })
  })

  test('the documented withdrawal event is a minimal account', () => {
    expect(decodeWebhookEnvelope(withdrawalEvent)).toMatchObject({
      type: 'withdrawal.updated',
      createdAt: '2026-04-01T12:31:10.412Z',
      subject: {
        kind: 'withdrawal',
        withdrawal: { extent: 'minimal', status: 'completed', amountCents: 5000, network: null },
      },
    })
  })

  test('an early event with the whole payment is a full account', () => {
    const envelope = { type: 'payment.created', data: { payment: createdPayment.payment } }
    expect(decodeWebhookEnvelope(envelope)).toMatchObject({
      createdAt: null,
      subject: { kind: 'payment', payment: { extent: 'full', netCents: 14849 } },
    })
  })

  test("the seed's envelope has its fields flat in data", () => {
    const data = { id: 'pay_1', status: 'completed', orderId: 'ORDER-8827', amount: 14999 }
    expect(decodeWebhookEnvelope({ event: 'payment.updated', data })).toMatchObject({
      type: 'payment.updated',
      subject: {
        kind: 'payment',
        payment: { id: 'pay_1', status: 'completed', amountCents: 14999 },
      },
    })
    expect(decodeWebhookEnvelope({ event: 'withdrawal.updated', data })).toMatchObject({
      subject: { kind: 'withdrawal', withdrawal: { id: 'pay_1', status: 'completed' } },
    })
  })

  test.for([
    ['payment.confirmed', 'completed'],
    ['payment.failed', 'failed'],
    ['payment.cancelled', 'cancelled'],
    ['payment.created', 'pending'],
  ] as const)('%s without a status means %s', ([event, status]) => {
    expect(decodeWebhookEnvelope({ event, data: { id: 'pay_1' } })).toMatchObject({
      subject: { payment: { status } },
    })
  })

  test('a status in the data is believed over the name of the event', () => {
    const envelope = { event: 'payment.confirmed', data: { id: 'pay_1', status: 'processing' } }
    expect(decodeWebhookEnvelope(envelope)).toMatchObject({
      subject: { payment: { status: 'processing' } },
    })
  })

  test.for([['merchant.updated'], ['payout.completed'], ['Something.New'], ['x']])(
    'the unknown type %s is read as such, whatever its data',
    ([type]) => {
      fc.assert(
        fc.property(fc.oneof(fc.constant(undefined), fc.array(fc.jsonValue())), (data) => {
          expect(decodeWebhookEnvelope({ type, data })).toMatchObject({
            type,
            subject: { kind: 'unknown' },
          })
        }),
      )
    },
  )

  test.for<[string, unknown]>([
    ['no type', { data: {} }],
    ['an empty type', { type: '', data: {} }],
    ['no object', 'payment.updated'],
    ['a payment without id', { type: 'payment.updated', data: { payment: { status: 'x' } } }],
    ['a payment without status', { type: 'payment.updated', data: { payment: { id: 'x' } } }],
    ['a payment that is text', { type: 'payment.updated', data: 'x' }],
  ])('%s is a decode error', ([, body]) => {
    expect(() => decodeWebhookEnvelope(body)).toThrow(DecodeError)
  })

  test('100,000 keys and 100,000 levels are read in a moment', () => {
    const keys = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`k${i}`, i]))
    const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000))
    const body = { ...paymentEvent, data: { ...paymentEvent.data, ...keys, deep }, deep }
    const startedAt = performance.now()
    decodeWebhookEnvelope(body)
    expect(performance.now() - startedAt).toBeLessThan(50)
  })
})

describe('errors', () => {
  test.for<[string, number, unknown, object]>([
    [
      'the superset',
      422,
      errorSuperset,
      {
        code: 'invalid_amount',
        param: 'amount',
        requestId: 'req_7f2c1d',
        message: 'amount must be at least 250 cents',
      },
    ],
    [
      'the nested pages shape',
      404,
      { error: { type: 'not_found_error', message: 'No such payment', code: 'payment_not_found' } },
      { code: 'payment_not_found', message: 'No such payment', param: null },
    ],
    [
      'the flat shape',
      409,
      { code: 'idempotency_conflict', message: 'Key in use' },
      { code: 'idempotency_conflict', message: 'Key in use' },
    ],
    [
      "NestJS's own, with several messages",
      400,
      {
        statusCode: 400,
        message: ['amount must be a number', 'orderId missing'],
        error: 'Bad Request',
      },
      { code: 'invalid_request', message: 'amount must be a number; orderId missing' },
    ],
    [
      "NestJS's own, with one word",
      401,
      { statusCode: 401, error: 'Unauthorized' },
      { code: 'unauthorized', message: 'Unauthorized' },
    ],
    ['a page', 502, null, { code: null, message: null }],
  ])('%s is read', ([, status, body, expected]) => {
    expect(decodeError(status, body)).toMatchObject(expected)
  })

  test('an error is read from any JSON, short and without control characters', () => {
    const odd = fc.record({ error: fc.jsonValue(), message: fc.jsonValue(), code: fc.jsonValue() })
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), odd), (body) => {
        const { message } = decodeError(400, body)
        expect(message ?? '').not.toMatch(/\p{Cc}/u)
      }),
    )
    expect(decodeError(400, { message: 'x'.repeat(10_000) }).message).toHaveLength(500)
  })
})

describe('registry and balances', () => {
  test('chains are read with either kind of id', () => {
    expect(decodeChain(token.chain)).toEqual({
      network: 'eip155:84532',
      rawId: 84532,
      name: 'Base Sepolia',
      nativeSymbol: 'ETH',
      isEnabled: true,
      isTestnet: true,
    })
    expect(decodeChain({ chainId: 'eip155:1', name: 'Ethereum' })).toMatchObject({
      network: 'eip155:1',
      rawId: 'eip155:1',
      isTestnet: null,
    })
    expect(() => decodeChain({ name: 'Nowhere' })).toThrow('chainId')
  })

  test('tokens are read with their price', () => {
    expect(decodeToken(token)).toEqual({
      id: '4f245c9b-b6d1-403b-b9d6-46887e701f78',
      symbol: 'USDC',
      contractAddress: '0x00fc61d7de7655db3984db634e3489130ebeacf6',
      decimals: 6,
      isNative: false,
      network: 'eip155:84532',
      status: 'active',
      priceUsd: '1',
    })
  })

  test('a balance that could not be read is unavailable, not zero', () => {
    expect(decodeWalletBalances(walletBalances)).toMatchObject([
      { network: 'eip155:84532', token: { symbol: 'USDC', decimals: 6 }, baseUnits: '125500000' },
    ])
    const [balance] = walletBalances.balances
    const unread = { balances: [{ ...balance, amountRaw: null, amountFormatted: null }] }
    expect(decodeWalletBalances(unread)[0]?.baseUnits).toBeNull()
  })
})
