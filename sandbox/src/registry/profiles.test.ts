import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { startSandbox } from '../start-sandbox.ts'
import { startReceiver } from '../testing/receiver.ts'
import { clientOf, paymentsPath, until, withdrawalsPath } from '../testing/sandbox-client.ts'

const order = { amount: 14_999, currency: 'USD', orderId: 'ORDER-8827' }
const named = z.looseObject({ id: z.string() })
const secret = 'whsec_sandbox_desk'

describe('a sandbox of generation C', () => {
  const profile = 'caip2'

  test('names chains by CAIP-2 everywhere, and has the address on the quote alone', async () => {
    await using sandbox = await startSandbox({ overrides: { profile } })
    const client = clientOf(sandbox)
    const { payment, paymentId } = await client.create({ orderId: 'ORDER-1-EXACT' })
    const quote = {
      chainId: 'eip155:84532',
      token: { symbol: 'USDC', chain: { chainId: 'eip155:84532' } },
      depositAddress: { type: 'EVM', address: expect.stringMatching(/^0x[0-9a-f]{40}$/) },
    }
    expect(payment).toMatchObject({ quotes: [quote] })
    expect(payment).not.toHaveProperty('depositAddress')
    await until(async () => ((await client.payment(paymentId)).status === 'completed' ? 1 : null))
    expect((await client.payment(paymentId)).receipt).toMatchObject({
      settledChain: { chainId: 'eip155:84532' },
      settledToken: { chain: { chainId: 'eip155:84532' } },
    })
    const balances = await client.get('/v1/external/secretkey-auth/wallet/balances')
    expect(balances.body).toMatchObject({
      balances: expect.arrayContaining([expect.objectContaining({ chainId: 'eip155:84532' })]),
    })
    const { body } = await client.post(withdrawalsPath, {
      amountInCents: 5_000,
      chainId: 'eip155:84532',
      recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
    })
    expect(body).toMatchObject({ chainId: 'eip155:84532' })
    const { id } = named.parse(body)
    expect((await client.get(`${withdrawalsPath}/${id}`)).body).toEqual(body)
  })

  test('knows the networks that came later, each with addresses of its own form', async () => {
    await using sandbox = await startSandbox({ overrides: { profile } })
    const client = clientOf(sandbox)
    const { paymentId, secret: paymentSecret } = await client.create()
    const chains = z
      .object({ data: z.array(z.looseObject({ chainId: z.string() })) })
      .parse((await client.get('/v1/external/chains')).body).data
    expect(chains).toHaveLength(17)
    for (const { chainId } of chains) {
      const { status, body } = await client.post(
        `/v1/external/payment-secret-auth/payments/${paymentId}/quotes`,
        { chainId },
        { 'X-SpacePay-Payment-Secret': paymentSecret },
      )
      expect(status).toBe(201)
      expect(body).toMatchObject({ chainId, expectedAmountAsset: expect.stringMatching(/^\d+$/) })
    }
    const { quotes } = await client.payment(paymentId)
    const addressOf = (chainId: string) =>
      quotes.find((quote) => quote['chainId'] === chainId)?.['depositAddress']
    expect(addressOf('bip122:000000000019d6689c085ae165831e93')).toMatchObject({
      type: 'BIP122',
      address: expect.stringMatching(/^bc1q[a-z0-9]{38}$/),
    })
    expect(addressOf('tron:0x2b6653dc')).toMatchObject({
      type: 'TRON',
      address: expect.stringMatching(/^T[1-9A-HJ-NP-Za-km-z]{33}$/),
    })
    expect(addressOf('eip155:42161')).toEqual(addressOf('eip155:10'))
  })

  test('pays out on EVM networks only', async () => {
    await using sandbox = await startSandbox({ overrides: { profile } })
    const { status, body } = await clientOf(sandbox).post(withdrawalsPath, {
      amountInCents: 5_000,
      chainId: 'tron:0x2b6653dc',
      recipientAddress: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
    })
    expect(status).toBe(400)
    expect(body).toMatchObject({ error: { param: 'chainId' } })
  })

  test('refuses an amount out of range with 400', async () => {
    await using sandbox = await startSandbox({ overrides: { profile } })
    const { status, body } = await clientOf(sandbox).post(paymentsPath, { ...order, amount: 1 })
    expect(status).toBe(400)
    expect(body).toMatchObject({
      code: 'invalid_request',
      error: { code: 'invalid_amount', param: 'amount' },
    })
  })
})

test('a sandbox of the earlier generations knows nothing of the later networks', async () => {
  await using sandbox = await startSandbox()
  const client = clientOf(sandbox)
  expect((await client.get('/v1/external/chains/eip155:42161')).status).toBe(404)
  expect((await client.get('/v1/external/chains/-1')).status).toBe(404)
  expect((await client.get('/v1/external/tokens?symbol=BTC')).body).toMatchObject({ data: [] })
})

describe('a sandbox of the integration page', () => {
  const profile = 'seed'

  test('answers a new payment with 200 and the flat fields of the page', async () => {
    await using sandbox = await startSandbox({ overrides: { profile } })
    const client = clientOf(sandbox)
    const { status, body } = await client.post(paymentsPath, order)
    expect(status).toBe(200)
    const { id } = named.parse(body)
    expect(id).toMatch(/^pay_[A-Za-z0-9]{12}$/)
    expect(body).toMatchObject({
      payment_id: id,
      checkout_url: expect.stringContaining(`paymentId=${id}`),
      amount: 14_999,
      status: 'pending',
      depositAddress: { type: 'evm' },
      quotes: [
        { token: 'USDC', chainId: 84_532, expectedAmount: '150.74', exchangeRate: '1.00000000' },
      ],
    })
    for (const absent of ['payment', 'amountInCents', 'paymentUrl', 'secret']) {
      expect(body).not.toHaveProperty(absent)
    }
    const read = (await client.get(`${paymentsPath}/${id}`)).body
    expect(read).toMatchObject({ id, amount: 14_999, quotes: [{ token: 'USDC' }] })
    const list = (await client.get(paymentsPath)).body
    expect(list).toMatchObject({ data: [{ id, amount: 14_999, quotes: [{ token: 'USDC' }] }] })
  })

  test('tells of changes with the fields that the page reads beside the documented ones', async () => {
    await using receiver = await startReceiver(secret)
    await using sandbox = await startSandbox({
      webhookUrl: receiver.url,
      overrides: { profile },
    })
    await clientOf(sandbox).post(paymentsPath, { ...order, orderId: 'ORDER-1-EXACT' })
    await until(() => receiver.received[2] ?? null)
    expect(receiver.received.map(({ body }) => body)).toMatchObject([
      { event: 'payment.created', type: 'payment.created', data: { status: 'pending' } },
      { event: 'payment.updated', data: { status: 'processing', orderId: 'ORDER-1-EXACT' } },
      { event: 'payment.updated', data: { status: 'completed', payment: { status: 'completed' } } },
    ])
    expect(receiver.received.every(({ isSigned }) => isSigned)).toBe(true)
  })
})

describe('two merchants', () => {
  const othersKey = { 'X-SpacePay-Secret-Key': 'sk_test_sandbox_other' }

  test('see nothing of each other', async () => {
    await using sandbox = await startSandbox({ historyCount: 50 })
    const client = clientOf(sandbox)
    const { paymentId } = await client.create()
    expect((await client.get(`${paymentsPath}/${paymentId}`, othersKey)).status).toBe(404)
    expect((await client.get(paymentsPath, othersKey)).body).toMatchObject({
      data: [],
      pagination: { total: 0 },
    })
    expect((await client.get(withdrawalsPath, othersKey)).body).toMatchObject({ data: [] })

    const theirs = await client.post(paymentsPath, order, othersKey)
    expect(theirs.body).toMatchObject({ payment: { merchantShortName: 'Fabrikam Demo' } })
    const { paymentId: theirId } = z.looseObject({ paymentId: z.string() }).parse(theirs.body)
    expect((await client.get(`${paymentsPath}/${theirId}`)).status).toBe(404)
    expect((await client.get(`${paymentsPath}/${theirId}`, othersKey)).status).toBe(200)
    const ours = (await client.get(`${paymentsPath}?search=${theirId}`)).body
    expect(ours).toMatchObject({ pagination: { total: 0 } })
  })

  test('may use the same idempotency key and the same customer', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const key = { 'Idempotency-Key': 'checkout-1' }
    const wish = { type: 'deposit', currency: 'USD', orderId: 'D-1', customerRefId: 'cus_1' }
    const made = z.looseObject({
      paymentId: z.string(),
      depositAddress: z.looseObject({ address: z.string() }),
    })
    const ours = made.parse((await client.post(paymentsPath, wish, key)).body)
    const theirs = await client.post(paymentsPath, wish, { ...key, ...othersKey })
    expect(theirs.headers.get('idempotency-replayed')).toBeNull()
    expect(made.parse(theirs.body).paymentId).not.toBe(ours.paymentId)
    expect(made.parse(theirs.body).depositAddress.address).not.toBe(ours.depositAddress.address)
  })

  test('pay from wallets of their own', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const payout = {
      amountInCents: 5_000,
      chainId: 84_532,
      recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
    }
    const refused = await client.post(withdrawalsPath, payout, othersKey)
    expect(refused.status).toBe(422)
    expect(refused.body).toMatchObject({ error: { code: 'insufficient_funds' } })
    const { body } = await client.post(withdrawalsPath, payout)
    const { id } = named.parse(body)
    expect((await client.get(`${withdrawalsPath}/${id}`, othersKey)).status).toBe(404)
  })
})
