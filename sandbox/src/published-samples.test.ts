import { createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { startSandbox } from './start-sandbox.ts'

/*
 * A merchant's own integrations, one written from the samples of SpacePay's public integration page,
 * one from those of its documentation, and from nothing else: no type, schema or function of ours.
 * What they read, the sandbox must offer.
 */

interface Shop {
  readonly apiBase: string
  readonly secretKey: string
}

const order = {
  amount: 14_999,
  currency: 'USD',
  orderId: 'ORDER-8827-EXACT',
  redirectUrl: 'https://shop.example/thanks',
  customMetadata: JSON.stringify({ cartId: 'cart_51' }),
}

/** Both show one header, a JSON body and a key against creating twice. */
async function createPayment(shop: Shop): Promise<unknown> {
  const response = await fetch(`${shop.apiBase}/v1/external/secretkey-auth/payments`, {
    method: 'POST',
    headers: {
      'X-SpacePay-Secret-Key': shop.secretKey,
      'Content-Type': 'application/json',
      'Idempotency-Key': `checkout-${order.orderId}`,
    },
    body: JSON.stringify(order),
  })
  if (!response.ok) throw new Error(`SpacePay answered ${response.status}`)
  return response.json()
}

/** The integration page's answer: flat. */
const pageCreated = z
  .looseObject({
    id: z.string(),
    payment_id: z.string(),
    checkout_url: z.string(),
    status: z.literal('pending'),
    amount: z.literal(14_999),
    currency: z.literal('USD'),
    orderId: z.string(),
    depositAddress: z.looseObject({ address: z.string().regex(/^0x[0-9a-f]{40}$/) }),
    quotes: z.tuple([z.looseObject({ chainId: z.literal(84_532), status: z.literal('active') })]),
  })
  .transform((body) => ({ id: body.payment_id, checkoutUrl: body.checkout_url }))

/** The documentation's answer: an envelope. */
const documentedCreated = z
  .looseObject({
    payment: z.looseObject({
      id: z.string(),
      status: z.literal('pending'),
      amountInCents: z.literal(14_999),
      orderId: z.string(),
      quotes: z.tuple([
        z.looseObject({
          token: z.looseObject({ symbol: z.literal('USDC'), decimals: z.literal(6) }),
          expectedAmountAsset: z.literal('150740000'),
        }),
      ]),
    }),
    paymentId: z.string(),
    paymentUrl: z.string(),
    secret: z.string(),
  })
  .transform((body) => ({ id: body.paymentId, checkoutUrl: body.paymentUrl }))

/** The integration page's handler reads `event` and flat data. */
const pageWebhook = z
  .looseObject({
    event: z.string(),
    data: z.looseObject({ status: z.string(), orderId: z.string() }),
  })
  .transform(({ event, data }) => ({ name: event, status: data.status, orderId: data.orderId }))

/** The documentation's handler reads `type` and the payment in the data. */
const documentedWebhook = z
  .looseObject({
    type: z.string(),
    data: z.looseObject({ payment: z.looseObject({ orderId: z.string(), status: z.string() }) }),
  })
  .transform(({ type, data: { payment } }) => ({ name: type, ...payment }))

/** Both verify alike: HMAC over timestamp, dot and raw body; the hex texts are compared. */
function isFromSpacePay(rawBody: string, timestamp: unknown, signature: unknown): boolean {
  const expected = createHmac('sha256', 'whsec_sandbox_desk')
    .update(`${String(timestamp)}.${rawBody}`)
    .digest('hex')
  return expected === signature
}

const settled = z.looseObject({
  status: z.literal('completed'),
  receipt: z.looseObject({ txHash: z.string().regex(/^0x[0-9a-f]{64}$/) }),
})

test.each([
  ['integration page', 'seed', pageCreated, pageWebhook],
  ['integration page', 'default', pageCreated, documentedWebhook],
  ['documentation', 'default', documentedCreated, documentedWebhook],
] as const)(
  'a shop written from the %s creates a payment with the profile %s, sends its customer on and learns of the money',
  async (_source, profile, created, webhook) => {
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
        const { name, status, orderId } = webhook.parse(JSON.parse(rawBody))
        if (name === 'payment.updated' && status === 'completed') paidOrders.push(orderId)
        response.writeHead(200).end('OK')
      })
    })
    shopServer.listen(0, '127.0.0.1')
    await once(shopServer, 'listening')
    const address = shopServer.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await using sandbox = await startSandbox({
      webhookUrl: `http://127.0.0.1:${port}/webhooks`,
      overrides: { profile },
    })
    const shop = { apiBase: sandbox.url, secretKey: sandbox.secretKey }

    const { id, checkoutUrl } = created.parse(await createPayment(shop))
    // The customer's browser is sent on.
    const checkout = await fetch(checkoutUrl)
    expect(checkout.status).toBe(200)
    expect(await checkout.text()).toContain(order.orderId)
    // A retry after a lost answer makes no second payment.
    expect(created.parse(await createPayment(shop)).id).toBe(id)

    await expect.poll(() => paidOrders, { timeout: 5_000 }).toEqual([order.orderId])
    expect(refused).toEqual([])

    const read = await fetch(`${shop.apiBase}/v1/external/secretkey-auth/payments/${id}`, {
      headers: { 'X-SpacePay-Secret-Key': shop.secretKey },
    })
    settled.parse(await read.json())

    shopServer.closeAllConnections()
    shopServer.close()
    await once(shopServer, 'close')
  },
)
