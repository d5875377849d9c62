import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { startSandbox } from './start-sandbox.ts'

/*
 * A merchant's own integration, written from the samples of SpacePay's public integration page and
 * from nothing else: no type, schema or function of ours. What it reads, the sandbox must offer.
 */

/** The members the samples read from a created payment. */
const createdPayment = z.looseObject({
  id: z.string(),
  payment_id: z.string(),
  checkout_url: z.string(),
  status: z.string(),
  amount: z.number(),
  currency: z.string(),
  orderId: z.string(),
  depositAddress: z.looseObject({ address: z.string() }),
  quotes: z.array(z.looseObject({ chainId: z.number(), status: z.string() })),
})
const readPayment = z.looseObject({
  status: z.string(),
  receipt: z.looseObject({ txHash: z.string() }),
})
const webhook = z.looseObject({
  type: z.string(),
  data: z.looseObject({ payment: z.looseObject({ orderId: z.string(), status: z.string() }) }),
})

interface Shop {
  readonly apiBase: string
  readonly secretKey: string
}

/** The page's "create a payment" sample: fetch, one header, flat fields in the answer. */
async function createPayment(shop: Shop, orderId: string) {
  const response = await fetch(`${shop.apiBase}/v1/external/secretkey-auth/payments`, {
    method: 'POST',
    headers: {
      'X-SpacePay-Secret-Key': shop.secretKey,
      'Content-Type': 'application/json',
      'Idempotency-Key': `checkout-${orderId}`,
    },
    body: JSON.stringify({
      amount: 14_999,
      currency: 'USD',
      orderId,
      redirectUrl: 'https://shop.example/thanks',
      customMetadata: JSON.stringify({ cartId: 'cart_51' }),
    }),
  })
  if (!response.ok) throw new Error(`SpacePay answered ${response.status}`)
  return createdPayment.parse(await response.json())
}

/** The page's verification sample: HMAC over timestamp, dot and raw body; the hex texts are compared. */
function isFromSpacePay(rawBody: string, timestamp: unknown, signature: unknown): boolean {
  const expected = createHmac('sha256', 'whsec_sandbox_desk')
    .update(`${String(timestamp)}.${rawBody}`)
    .digest('hex')
  return expected === signature
}

test('a shop written from the public samples creates a payment, sends its customer on and learns of the money', async () => {
  const paidOrders: string[] = []
  const refused: string[] = []
  const shopServer = createServer((request, response) => {
    let rawBody = ''
    request.on('data', (chunk: Buffer) => {
      rawBody += chunk.toString()
    })
    request.on('end', () => {
      const { 'x-spacepay-timestamp': timestamp, 'x-spacepay-signature': signature } =
        request.headers
      if (!isFromSpacePay(rawBody, timestamp, signature)) {
        refused.push(rawBody)
        response.writeHead(401).end()
        return
      }
      const message = webhook.parse(JSON.parse(rawBody))
      if (message.type === 'payment.updated' && message.data.payment.status === 'completed') {
        paidOrders.push(message.data.payment.orderId)
      }
      response.writeHead(200).end('OK')
    })
  })
  await new Promise<void>((resolve) => {
    shopServer.listen(0, '127.0.0.1', resolve)
  })
  const address = shopServer.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await using sandbox = await startSandbox({ webhookUrl: `http://127.0.0.1:${port}/webhooks` })
  const shop = { apiBase: sandbox.url, secretKey: sandbox.secretKey }

  const payment = await createPayment(shop, 'ORDER-8827-EXACT')
  expect(payment.payment_id).toBe(payment.id)
  expect(payment.status).toBe('pending')
  expect(payment.amount).toBe(14_999)
  expect(payment.currency).toBe('USD')
  expect(payment.orderId).toBe('ORDER-8827-EXACT')
  expect(payment.depositAddress.address).toMatch(/^0x[0-9a-f]{40}$/)
  expect(payment.quotes[0]).toMatchObject({ chainId: 84532, status: 'active' })

  // The customer's browser is sent to checkout_url.
  const checkout = await fetch(payment.checkout_url)
  expect(checkout.status).toBe(200)
  expect(await checkout.text()).toContain('ORDER-8827-EXACT')

  // A retry after a lost answer makes no second payment.
  expect((await createPayment(shop, 'ORDER-8827-EXACT')).id).toBe(payment.id)

  await expect.poll(() => paidOrders, { timeout: 5_000 }).toEqual(['ORDER-8827-EXACT'])
  expect(refused).toEqual([])

  const read = await fetch(`${shop.apiBase}/v1/external/secretkey-auth/payments/${payment.id}`, {
    headers: { 'X-SpacePay-Secret-Key': shop.secretKey },
  })
  const { status, receipt } = readPayment.parse(await read.json())
  expect(status).toBe('completed')
  expect(receipt.txHash).toMatch(/^0x[0-9a-f]{64}$/)

  shopServer.closeAllConnections()
  await new Promise((resolve) => {
    shopServer.close(resolve)
  })
})
