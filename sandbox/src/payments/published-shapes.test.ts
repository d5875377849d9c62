import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { startSandbox } from '../start-sandbox.ts'
import { clientOf, paymentsPath, until, withdrawalsPath } from '../testing/sandbox-client.ts'

const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
const uuid = expect.stringMatching(
  /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
)
const evmAddress = expect.stringMatching(/^0x[\da-f]{40}$/)
const hash = expect.stringMatching(/^0x[\da-f]{64}$/)

const baseSepolia = {
  chainId: 84532,
  name: 'Base Sepolia',
  nativeSymbol: 'ETH',
  nativeDecimals: 18,
  isEnabled: true,
  isTestnet: true,
}
const usdc = {
  id: '4f245c9b-b6d1-403b-b9d6-46887e701f78',
  coingeckoApiId: 'usd-coin',
  chain: baseSepolia,
  symbol: 'USDC',
  contractAddress: '0x00fc61d7de7655db3984db634e3489130ebeacf6',
  decimals: 6,
  type: 'stablecoin',
  assetType: 'erc20',
  status: 'active',
  tokenPriceUsd: 1,
}
const depositAddress = {
  id: uuid,
  paymentId: uuid,
  type: 'EVM',
  address: evmAddress,
  createdAt: instant,
}
const quote = {
  id: uuid,
  paymentId: uuid,
  token: usdc,
  chainId: 84532,
  depositAddress,
  expectedAmountAsset: '150740000',
  rateUsdAsset: '1.00000000',
  amountDueCents: 15_074,
  expiresAt: instant,
  status: 'active',
  createdAt: instant,
}
const payment = {
  id: uuid,
  merchantId: '7c2e1f4d-2d0f-4a7b-8b0b-3f6e2f9a1c22',
  merchantShortName: 'Northwind Demo',
  merchantLogoUrl: null,
  type: 'payment',
  amountInCents: 14_999,
  amountDueCents: 15_074,
  convenienceFeeCents: null,
  merchantFeeCents: null,
  swapFeeCents: null,
  amountMerchantNetCents: 14_849,
  currency: 'USD',
  status: 'pending',
  depositAddress,
  quotes: [quote],
  receipt: null,
  orderId: 'ORDER-8827',
  redirectUrl: 'https://shop.example/thanks',
  customMetadata: '{"cartId":"c-51"}',
  createdAt: instant,
}
const wish = {
  type: 'payment',
  amount: 14_999,
  currency: 'USD',
  orderId: 'ORDER-8827',
  redirectUrl: 'https://shop.example/thanks',
  customMetadata: '{"cartId":"c-51"}',
}

describe('what the API answers is, member by member, what was published', () => {
  test('a created payment: the documented envelope with the seed’s names beside it', async () => {
    await using sandbox = await startSandbox({ blockMs: 1_000 })
    const answer = await clientOf(sandbox).post(paymentsPath, wish)
    expect(answer.status).toBe(201)
    expect(answer.body).toStrictEqual({
      payment,
      paymentId: uuid,
      paymentUrl: expect.stringMatching(/\/checkout\?paymentId=.+&secret=ps_sandbox_/),
      secret: expect.stringMatching(/^ps_sandbox_/),
      id: uuid,
      status: 'pending',
      amount: 14_999,
      currency: 'USD',
      orderId: 'ORDER-8827',
      depositAddress,
      quotes: [quote],
      checkout_url: expect.stringMatching(/\/checkout\?paymentId=/),
      payment_id: uuid,
    })
  })

  test('a read payment is bare; a payer does not see what the merchant gets', async () => {
    await using sandbox = await startSandbox({ blockMs: 1_000 })
    const client = clientOf(sandbox)
    const created = await client.create(wish)
    expect((await client.get(`${paymentsPath}/${created.paymentId}`)).body).toStrictEqual(payment)

    const { amountMerchantNetCents: _net, customMetadata: _metadata, ...seenByPayer } = payment
    const path = `/v1/external/payment-secret-auth/payments/${created.paymentId}`
    const secret = { 'X-SpacePay-Payment-Secret': created.secret }
    expect((await client.get(path, secret)).body).toStrictEqual(seenByPayer)
    expect((await client.get(`${path}/status`, secret)).body).toStrictEqual({
      id: created.paymentId,
      status: 'pending',
    })
    expect((await client.get(`${path}/quotes`, secret)).body).toStrictEqual([quote])
  })

  test('a list: tokens without chain, and the whole pagination', async () => {
    await using sandbox = await startSandbox({ blockMs: 1_000 })
    const client = clientOf(sandbox)
    for (let made = 0; made < 3; made += 1) await client.create(wish)
    const { coingeckoApiId: _id, chain: _chain, ...listToken } = usdc
    const listed = { ...payment, quotes: [{ ...quote, token: listToken }] }
    expect((await client.get(`${paymentsPath}?limit=2`)).body).toStrictEqual({
      data: [listed, listed],
      pagination: { total: 3, limit: 2, offset: 0, hasMore: true, totalPages: 2, currentPage: 1 },
    })
  })

  test('a receipt: both published sets of names in one object, and the fees settled', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const { paymentId } = await client.create(wish)
    await client.simulate(paymentId, 'exact')
    const paid = await until(async () => {
      const read = await client.payment(paymentId)
      return read.status === 'completed' ? read : null
    })
    expect(paid).toStrictEqual({
      ...payment,
      status: 'completed',
      convenienceFeeCents: 75,
      merchantFeeCents: 150,
      swapFeeCents: 0,
      quotes: [{ ...quote, status: 'used' }],
      receipt: {
        paymentId,
        selectedQuote: { ...quote, status: 'used' },
        settledToken: usdc,
        settledChain: baseSepolia,
        settledAmountAsset: '150740000',
        settledAmountUsd: '150.74',
        txHash: hash,
        txBlockNumber: expect.any(Number),
        txTimestamp: instant,
        txSenderAddress: evmAddress,
        txGasUsed: expect.any(Number),
        txTotalCost: expect.stringMatching(/^\d+$/),
        txTotalCostUsdFractions: expect.any(Number),
        txIsSponsored: false,
        processedBy: 'webhook',
        txRiskScore: expect.any(Number),
        txRiskSeverity: expect.stringMatching(/_RISK$/),
        txRiskProvider: 'sandbox',
        createdAt: instant,
        transactionHash: hash,
        blockNumber: expect.any(Number),
        confirmations: 10,
        requiredConfirmations: 10,
        completedAt: instant,
      },
    })
  })

  test('a withdrawal, from accepted to its receipt', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const withdrawal = {
      id: uuid,
      merchantId: '7c2e1f4d-2d0f-4a7b-8b0b-3f6e2f9a1c22',
      amountInCents: 5_000,
      chainId: 84532,
      recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
      status: 'pending',
      currency: 'USD',
      orderId: 'PAYOUT-17',
      customMetadata: '{"note":"supplier"}',
      errorMessage: null,
      receipt: null,
      createdAt: instant,
      updatedAt: instant,
    }
    const answer = await client.post(withdrawalsPath, {
      amountInCents: 5_000,
      chainId: 84532,
      recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
      orderId: 'PAYOUT-17',
      customMetadata: '{"note":"supplier"}',
    })
    expect(answer.status).toBe(201)
    expect(answer.body).toStrictEqual(withdrawal)

    const { id } = z.looseObject({ id: z.string() }).parse(answer.body)
    const done = await until(async () => {
      const { body } = await client.get(`${withdrawalsPath}/${id}`)
      return z.looseObject({ status: z.string() }).parse(body).status === 'completed' ? body : null
    })
    expect(done).toStrictEqual({
      ...withdrawal,
      status: 'completed',
      receipt: {
        withdrawalId: id,
        settledToken: usdc,
        settledChain: baseSepolia,
        settledAmountAsset: '50000000',
        settledAmountUsd: '50.00',
        txHash: hash,
        txBlockNumber: expect.any(Number),
        txTimestamp: instant,
        txSenderAddress: evmAddress,
        txGasUsed: expect.any(Number),
        txTotalCost: expect.stringMatching(/^\d+$/),
        txTotalCostUsdFractions: expect.any(Number),
        txIsSponsored: false,
        processedBy: 'cron',
        createdAt: instant,
      },
    })
  })

  test('wallet balances, one for each network', async () => {
    await using sandbox = await startSandbox()
    const { body } = await clientOf(sandbox).get('/v1/external/secretkey-auth/wallet/balances')
    const { balances } = z.object({ balances: z.array(z.unknown()) }).parse(body)
    expect(balances).toHaveLength(7)
    expect(balances[0]).toStrictEqual({
      chainId: 84532,
      token: { id: '4f245c9b-b6d1-403b-b9d6-46887e701f78', symbol: 'USDC', decimals: 6 },
      amountRaw: '125500000000',
      amountFormatted: '125500',
    })
  })

  test('the registry: seven networks, twenty tokens, found by number, CAIP-2 id, address and both native spellings', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const total = async (path: string) =>
      z
        .looseObject({ pagination: z.looseObject({ total: z.number() }) })
        .parse((await client.get(path)).body).pagination.total
    expect(await total('/v1/external/chains')).toBe(7)
    expect(await total('/v1/external/tokens')).toBe(20)
    expect(await total('/v1/external/tokens?chainId=eip155:56&tokenType=stablecoin')).toBe(2)
    expect(await total('/v1/external/tokens?symbol=usdc&chainId=137')).toBe(1)
    expect(
      await total('/v1/external/tokens?contractAddress=0xEeeeeEeeeEeEeeEeEeEeeEEEeeeeEeeeeeeeEEeE'),
    ).toBe(7)
    expect((await client.get('/v1/external/chains/84532')).body).toStrictEqual(baseSepolia)
    expect((await client.get(`/v1/external/tokens/${usdc.id}`)).body).toStrictEqual(usdc)
    expect((await client.get('/v1/external/chains/5')).status).toBe(404)
    expect((await client.get('/v1')).status).toBe(200)
  })
})
