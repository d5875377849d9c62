import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { startSandbox } from '../start-sandbox.ts'
import { type Receiver, startReceiver } from '../testing/receiver.ts'
import { clientOf, until } from '../testing/sandbox-client.ts'

const secret = 'whsec_sandbox_desk'
const told = z.object({
  type: z.string(),
  timestamp: z.string(),
  data: z.object({ payment: z.looseObject({ id: z.string(), status: z.string() }) }),
})

describe('a payment whose payer', () => {
  test.each([
    { does: 'pays exactly', outcome: 'exact', story: ['pending', 'processing', 'completed'] },
    { does: 'sends too little', outcome: 'under', story: ['pending', 'processing', 'failed'] },
    { does: 'sends too much', outcome: 'over', story: ['pending', 'processing', 'completed'] },
    { does: 'pays too late', outcome: 'late', story: ['pending', 'expired'] },
    { does: 'does nothing', outcome: 'expire', story: ['pending', 'expired'] },
    {
      does: 'meets a failing network',
      outcome: 'fail',
      story: ['pending', 'processing', 'failed'],
    },
  ])('$does: $story, each step told by a signed webhook', async ({ outcome, story }) => {
    await using receiver = await startReceiver(secret)
    await using sandbox = await startSandbox({ webhookUrl: receiver.url })
    const client = clientOf(sandbox)
    const { paymentId } = await client.create()
    expect((await client.simulate(paymentId, outcome)).status).toBe(200)
    await until(() => (receiver.received.length === story.length ? true : null))

    expect(statusesTold(receiver, paymentId)).toStrictEqual(story)
    expect(receiver.received.every((one) => one.isSigned)).toBe(true)
    expect((await client.payment(paymentId)).status).toBe(story.at(-1))
  })

  test('pays exactly receives what was quoted; too much keeps the excess in the settled amount', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const settled = async (outcome: string) => {
      const { paymentId } = await client.create()
      await client.simulate(paymentId, outcome)
      return until(async () => (await client.payment(paymentId)).receipt)
    }
    expect(await settled('exact')).toMatchObject({
      settledAmountAsset: '150740000',
      settledAmountUsd: '150.74',
    })
    expect(await settled('over')).toMatchObject({
      settledAmountAsset: '165814000',
      settledAmountUsd: '165.81',
      selectedQuote: { expectedAmountAsset: '150740000' },
    })
  })

  test('sends too little shows what came, unless told to show receipts on completed payments only', async () => {
    for (const receiptUnsettled of [true, false]) {
      await using sandbox = await startSandbox({ overrides: { receiptUnsettled } })
      const client = clientOf(sandbox)
      const { paymentId } = await client.create()
      await client.simulate(paymentId, 'under')
      const failed = await until(async () => {
        const read = await client.payment(paymentId)
        return read.status === 'failed' ? read : null
      })
      expect(failed.receipt?.settledAmountAsset ?? null).toBe(receiptUnsettled ? '135666000' : null)
    }
  })

  test('pays too late stays expired, and the money is noted', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const { paymentId } = await client.create()
    await client.simulate(paymentId, 'late')
    expect((await client.get(`/__sandbox/payments/${paymentId}`)).body).toMatchObject({
      status: 'expired',
      isPaidTooLate: true,
    })
  })

  test('never comes: the quote runs out after ten minutes and the payment after thirty', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const { paymentId } = await client.create()
    const advance = (ms: number) => client.post('/__sandbox/clock/advance', { ms })

    await advance(10 * 60_000)
    expect(await client.payment(paymentId)).toMatchObject({
      status: 'pending',
      quotes: [{ status: 'expired' }],
    })
    await advance(20 * 60_000)
    expect((await client.payment(paymentId)).status).toBe('expired')
  })

  test('chooses another coin gets a quote at its price and chain fee, and pays that one', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const { paymentId, secret: paymentSecret } = await client.create()
    const path = `/v1/external/payment-secret-auth/payments/${paymentId}/quotes`
    const headers = { 'X-SpacePay-Payment-Secret': paymentSecret }
    const quoted = await client.post(
      path,
      { chainId: 'eip155:43114', contractAddress: '0x0000000000000000000000000000000000000000' },
      headers,
    )
    expect(quoted).toMatchObject({
      status: 201,
      body: { token: { symbol: 'AVAX' }, chainId: 43114, status: 'active', amountDueCents: 15_074 },
    })
    await client.simulate(paymentId, 'exact')
    const paid = await until(async () => {
      const read = await client.payment(paymentId)
      return read.status === 'completed' ? read : null
    })
    expect(paid.receipt).toMatchObject({ settledToken: { symbol: 'AVAX' } })
    expect(paid).toMatchObject({ swapFeeCents: 45, amountMerchantNetCents: 14_804 })
    expect((await client.post(path, {}, headers)).status).toBe(400)
  })

  test('shows no interest in a wrong payment secret', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const { paymentId } = await client.create()
    const path = `/v1/external/payment-secret-auth/payments/${paymentId}`
    expect((await client.get(path)).status).toBe(401)
    expect((await client.get(path, { 'X-SpacePay-Payment-Secret': 'ps_other' })).status).toBe(401)
  })
})

describe('confirmations', () => {
  test('grow block by block to the number the network requires, and only then is the payment completed', async () => {
    let now = Date.parse('2026-11-22T12:00:00.000Z')
    await using sandbox = await startSandbox({ blockMs: 1_000, now: () => new Date(now) })
    const client = clientOf(sandbox)
    const { paymentId } = await client.create()
    await client.simulate(paymentId, 'exact')
    const seen = []
    for (let block = 0; block < 10; block += 1) {
      now += 1_000
      const { body } = await client.get(`/__sandbox/payments/${paymentId}`)
      seen.push(
        z.looseObject({ transaction: z.looseObject({ confirmations: z.number() }) }).parse(body)
          .transaction.confirmations,
      )
    }
    expect(seen).toStrictEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    await until(async () =>
      (await client.payment(paymentId)).status === 'completed' ? true : null,
    )
  })
})

describe('an order id with a magic ending', () => {
  test.each([
    ['ORDER-1-EXACT', 'completed'],
    ['ORDER-1-UNDER', 'failed'],
    ['ORDER-1-OVER', 'completed'],
    ['ORDER-1-EXPIRE', 'expired'],
    ['ORDER-1-FAIL', 'failed'],
    ['ORDER-1-LATE', 'expired'],
    ['ORDER-1-TWO', 'failed'],
  ])('%s ends as %s by itself', async (orderId, status) => {
    await using sandbox = await startSandbox({ blockMs: 5 })
    const client = clientOf(sandbox)
    const { paymentId } = await client.create({ orderId })
    await expect
      .poll(async () => (await client.payment(paymentId)).status, { timeout: 5_000 })
      .toBe(status)
  })
})

describe('a deposit', () => {
  test('has no amount until it is paid, then the one that came, and a returning customer keeps the wallet', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const order = { type: 'deposit', amount: undefined, customerRefId: 'cus_1' }
    const first = await client.create(order)
    expect(first.payment).toMatchObject({ type: 'deposit', amountInCents: 0, amountDueCents: 0 })
    await client.simulate(first.paymentId, 'exact')
    await until(async () =>
      (await client.payment(first.paymentId)).amountInCents === 5_000 ? true : null,
    )
    const second = await client.create(order)
    const other = await client.create({ ...order, customerRefId: 'cus_2' })
    const walletOf = (made: typeof first) =>
      z.looseObject({ address: z.string() }).parse(made.payment['depositAddress']).address
    expect(walletOf(second)).toBe(walletOf(first))
    expect(walletOf(other)).not.toBe(walletOf(first))
  })
})

describe('a payment that has ended', () => {
  test('cannot expire or fail again', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const { paymentId } = await client.create()
    await client.simulate(paymentId, 'expire')
    expect((await client.simulate(paymentId, 'expire')).status).toBe(409)
    expect((await client.simulate(paymentId, 'fail')).status).toBe(409)
  })

  test('keeps money that comes after it expired as the late payment', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const { paymentId } = await client.create()
    await client.simulate(paymentId, 'expire')
    expect((await client.simulate(paymentId, 'exact')).body).toMatchObject({
      status: 'expired',
      isPaidTooLate: true,
      strays: [],
    })
  })

  test.each(['exact', 'over', 'under'])(
    'does not complete twice when %s comes again',
    async (again) => {
      await using receiver = await startReceiver('whsec_sandbox_desk')
      await using sandbox = await startSandbox({ webhookUrl: receiver.url })
      const client = clientOf(sandbox)
      const { paymentId } = await client.create()
      await client.simulate(paymentId, 'exact')
      expect((await client.simulate(paymentId, again)).status).toBe(200)
      await until(async () =>
        (await client.payment(paymentId)).status === 'completed' ? true : null,
      )
      const completed = await client.payment(paymentId)
      const { body } = await client.simulate(paymentId, again)
      expect(body).toMatchObject({ status: 'completed', strays: [{}, {}] })
      expect(await client.payment(paymentId)).toEqual(completed)
      expect(statusesTold(receiver, paymentId)).toEqual(['pending', 'processing', 'completed'])
    },
  )
})

test('the amount in two halves is too little: the first counts, the second is a stray', async () => {
  await using sandbox = await startSandbox()
  const client = clientOf(sandbox)
  const { paymentId } = await client.create({ amount: 15_001 })
  const { body } = await client.simulate(paymentId, 'two')
  const { transaction, strays } = z
    .looseObject({
      transaction: z.looseObject({ amount: z.string() }),
      strays: z.array(z.looseObject({ amount: z.string() })),
    })
    .parse(body)
  const [quote] = (await client.payment(paymentId)).quotes
  const sum = BigInt(transaction.amount) + BigInt(strays[0]?.amount ?? 0)
  expect(sum).toBe(BigInt(quote?.expectedAmountAsset ?? 0))
  await until(async () => ((await client.payment(paymentId)).status === 'failed' ? true : null))
  expect((await client.payment(paymentId)).receipt?.settledAmountAsset).toBe(transaction.amount)
})

function statusesTold(receiver: Receiver, paymentId: string): string[] {
  return receiver.received.map((one, index) => {
    const { type, data } = told.parse(one.body)
    expect(data.payment.id).toBe(paymentId)
    expect(type).toBe(index === 0 ? 'payment.created' : 'payment.updated')
    return data.payment.status
  })
}
