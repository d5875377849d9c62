import { amountCents } from '@desk/shared/money/amount-cents-schema'
import type { QuoteSnapshot } from '@desk/shared/payments/payment-snapshot'
import { startSandbox } from '@desk/sandbox/start-sandbox'
import { describe, expect, test } from 'vitest'
import { createGateway, type Gateway } from './gateway.ts'
import { memoryRateBudget } from './rate-budget.ts'

const cents = (value: number) => amountCents.parse(value)

const order = {
  amountCents: cents(5_000),
  network: 'eip155:84532',
  recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
  orderId: 'PAYOUT-17',
  customMetadata: '{"note":"supplier"}',
}

type Profile = 'default' | 'caip2' | 'seed'

interface Pair extends AsyncDisposable {
  readonly gateway: Gateway
}

async function sandboxPair(
  options: { historyCount?: number; secretKey?: string; profile?: Profile; now?: () => Date } = {},
): Promise<Pair> {
  const { historyCount = 0, profile = 'default', now } = options
  const sandbox = await startSandbox({
    historyCount,
    blockMs: 5,
    ...(now && { now }),
    overrides: { profile },
  })
  const waiting = { now: () => new Date(), sleep: async () => undefined }
  const gateway = createGateway({
    baseUrl: sandbox.url,
    secretKey: options.secretKey ?? sandbox.secretKey,
    budget: memoryRateBudget({ perSecond: 10_000, burst: 10_000 }, waiting),
    log: { warn: () => undefined },
    sleep: waiting.sleep,
  })
  return {
    gateway,
    [Symbol.asyncDispose]: async () => {
      await gateway.close()
      await sandbox.close()
    },
  }
}

describe('every route against the sandbox', () => {
  test('a created payment is the one that is read and listed', async () => {
    await using pair = await sandboxPair()
    const created = await pair.gateway.createPayment(
      { type: 'payment', amountCents: cents(14_999), orderId: 'ORDER-8827' },
      { idempotencyKey: 'attempt-1' },
    )
    expect(created.payment).toMatchObject({
      extent: 'full',
      status: 'pending',
      amountCents: 14_999,
      orderId: 'ORDER-8827',
      depositAddress: expect.stringMatching(/^0x[0-9a-f]{40}$/),
      quotes: [
        { network: 'eip155:84532', token: { symbol: 'USDC', decimals: 6 }, status: 'active' },
      ],
    })
    expect(created.paymentUrl).toContain(created.payment.id)
    expect(created.paymentSecret).not.toBeNull()

    const read = await pair.gateway.getPayment(created.payment.id)
    expect(read.value).toEqual(created.payment)
    const page = await pair.gateway.listPayments({ search: created.payment.id })
    expect(page).toMatchObject({ total: 1, hasMore: false, rejected: [] })
    expect(page.rows[0]?.value).toMatchObject({ id: created.payment.id, amountCents: 14_999 })
  })

  test('the same key gives the same payment, and another request under it a conflict', async () => {
    await using pair = await sandboxPair()
    const create = (value: number) =>
      pair.gateway.createPayment(
        { type: 'payment', amountCents: cents(value), orderId: 'A' },
        { idempotencyKey: 'attempt-1' },
      )
    const first = await create(1_000)
    expect((await create(1_000)).payment.id).toBe(first.payment.id)
    await expect(create(2_000)).rejects.toMatchObject({ outcome: 'conflict', status: 409 })
    expect((await pair.gateway.listPayments()).total).toBe(1)
  })

  test('a deposit needs no amount', async () => {
    await using pair = await sandboxPair()
    const { payment } = await pair.gateway.createPayment({ type: 'deposit', orderId: 'D-1' })
    expect(payment).toMatchObject({ type: 'deposit', status: 'pending' })
  })

  test('a withdrawal is created, read and listed', async () => {
    await using pair = await sandboxPair()
    const body = pair.gateway.withdrawalBody(order)
    const created = await pair.gateway.createWithdrawal(body, { idempotencyKey: 'key-1' })
    expect(created.value).toMatchObject({
      extent: 'full',
      amountCents: 5_000,
      network: 'eip155:84532',
      recipientAddress: order.recipientAddress,
      orderId: 'PAYOUT-17',
    })
    const read = await pair.gateway.getWithdrawal(created.value.id)
    expect(read.value.id).toBe(created.value.id)
    const page = await pair.gateway.listWithdrawals({ limit: 10 })
    expect(page.rows.map((row) => row.value.id)).toEqual([created.value.id])
  })

  test('balances, chains and tokens are read', async () => {
    await using pair = await sandboxPair()
    const balances = await pair.gateway.walletBalances()
    expect(balances?.value.every((balance) => balance.network?.startsWith('eip155:'))).toBe(true)
    expect(balances?.value.length).toBeGreaterThan(0)

    const chains = await pair.gateway.listChains()
    expect(chains.rows.map((row) => row.value.network)).toContain('eip155:84532')
    const tokens = await pair.gateway.listTokens({ symbol: 'usdc', limit: 1000 })
    expect(tokens.rows.length).toBeGreaterThan(0)
    expect(new Set(tokens.rows.map((row) => row.value.symbol))).toEqual(new Set(['USDC']))
    expect([...chains.rejected, ...tokens.rejected]).toEqual([])
  })

  test('the host answers a ping', async () => {
    await using pair = await sandboxPair()
    await pair.gateway.ping()
    expect(pair.gateway.health.current().lastSuccessAt).not.toBeNull()
  })

  test('a year of history decodes without a single rejected row', async () => {
    await using pair = await sandboxPair({ historyCount: 600 })
    const seen = new Set<string>()
    for (let offset = 0, hasMore = true; hasMore; offset += 250) {
      const page = await pair.gateway.listPayments({
        limit: 250,
        offset,
        sortBy: 'createdAt',
        sortOrder: 'ASC',
      })
      expect(page.rejected).toEqual([])
      for (const { value } of page.rows) seen.add(value.id)
      hasMore = page.hasMore
    }
    expect(seen.size).toBeGreaterThanOrEqual(600)

    const completed = await pair.gateway.listPayments({ status: 'completed', limit: 50 })
    for (const { value } of completed.rows) {
      expect(value.receipt).toMatchObject({
        receivedBaseUnits: expect.stringMatching(/^\d+$/),
        network: expect.stringMatching(/^eip155:/),
      })
    }
    const withdrawals = await pair.gateway.listWithdrawals({ limit: 1000 })
    expect(withdrawals.rejected).toEqual([])
  })
})

describe.each<Profile>(['default', 'caip2', 'seed'])('in the profile %s', (profile) => {
  test('a payment is created, read and listed as the same', async () => {
    await using pair = await sandboxPair({ profile })
    const { payment, paymentUrl } = await pair.gateway.createPayment(
      { type: 'payment', amountCents: cents(14_999), orderId: 'ORDER-8827' },
      { idempotencyKey: 'attempt-1' },
    )
    expect(payment).toMatchObject({
      status: 'pending',
      amountCents: 14_999,
      orderId: 'ORDER-8827',
      depositAddress: expect.stringMatching(/^0x[0-9a-f]{40}$/),
      quotes: [
        {
          network: 'eip155:84532',
          token: { symbol: 'USDC', decimals: 6 },
          expectedBaseUnits: '150740000',
          status: 'active',
        },
      ],
    })
    expect(paymentUrl).toContain(payment.id)
    expect((await pair.gateway.getPayment(payment.id)).value).toEqual(payment)
    const page = await pair.gateway.listPayments({ search: payment.id })
    expect(page.rows.map(({ value }) => value.id)).toEqual([payment.id])
  })

  test('a withdrawal and the balances name networks alike', async () => {
    await using pair = await sandboxPair({ profile })
    const body = pair.gateway.withdrawalBody(order)
    const { value } = await pair.gateway.createWithdrawal(body, { idempotencyKey: 'key-1' })
    expect(value).toMatchObject({ amountCents: 5_000, network: 'eip155:84532' })
    const balances = await pair.gateway.walletBalances()
    expect(balances?.value.map(({ network }) => network)).toContain('eip155:84532')
  })
})

test('one history reads the same in every profile, but for what a profile leaves out', async () => {
  const now = () => new Date('2026-11-01T10:00:00.000Z')
  const read = async (profile: Profile) => {
    await using pair = await sandboxPair({ historyCount: 300, profile, now })
    const page = await pair.gateway.listPayments({ limit: 1_000 })
    expect(page.rejected).toEqual([])
    return page.rows.map(({ value }) => ({ ...value, quotes: value.quotes.map(quoteFacts) }))
  }
  const history = await read('default')
  expect(history).toHaveLength(300)
  expect(await read('caip2')).toEqual(history)
  expect(await read('seed')).toEqual(history)
})

/** The integration page names tokens by symbol alone. */
function quoteFacts(quote: QuoteSnapshot) {
  const { network, expectedBaseUnits, amountDueCents, status, token } = quote
  return { network, expectedBaseUnits, amountDueCents, status, symbol: token.symbol }
}

describe('what the sandbox refuses', () => {
  test('an unknown id is not found', async () => {
    await using pair = await sandboxPair()
    await expect(
      pair.gateway.getPayment('11111111-2222-4333-8444-555555555555'),
    ).rejects.toMatchObject({
      outcome: 'not_found',
      code: 'payment_not_found',
      requestId: expect.any(String),
    })
    await expect(pair.gateway.getWithdrawal('nope')).rejects.toMatchObject({
      outcome: 'not_found',
      code: 'withdrawal_not_found',
    })
  })

  test('an amount below the least names its field', async () => {
    await using pair = await sandboxPair()
    await expect(
      pair.gateway.createPayment({ type: 'payment', amountCents: cents(1), orderId: 'A' }),
    ).rejects.toMatchObject({
      outcome: 'refused',
      status: 422,
      code: 'invalid_amount',
      param: 'amount',
      mayHaveTakenEffect: false,
    })
  })

  test('a wrong key is unauthorized', async () => {
    await using pair = await sandboxPair({ secretKey: 'sk_test_wrong' })
    await expect(pair.gateway.listPayments()).rejects.toMatchObject({
      outcome: 'unauthorized',
      status: 401,
      attempts: 1,
    })
  })
})
