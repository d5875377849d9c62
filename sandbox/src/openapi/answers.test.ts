import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type SandboxOptions, startSandbox } from '../start-sandbox.ts'
import { startReceiver } from '../testing/receiver.ts'
import { clientOf, paymentsPath, until, withdrawalsPath } from '../testing/sandbox-client.ts'
import { documented } from './testing/documented.ts'

const profiles = ['default', 'caip2', 'seed'] as const
const payerPath = '/v1/external/payment-secret-auth/payments'
const wish = {
  amount: 14_999,
  currency: 'USD',
  orderId: 'ORDER-8827',
  redirectUrl: 'https://shop.example/thanks',
  customMetadata: '{"cartId":"c-51"}',
}
const payout = {
  amountInCents: 5_000,
  chainId: 84532,
  recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
}

const bodies = [
  ['a payment', paymentsPath, wish],
  ['a payment by name', paymentsPath, { ...wish, type: 'payment' }],
  ['a payment with nulls', paymentsPath, { ...wish, redirectUrl: null, customMetadata: null }],
  ['the smallest payment', paymentsPath, { ...wish, amount: 250 }],
  ['too small a payment', paymentsPath, { ...wish, amount: 249 }],
  ['the largest payment', paymentsPath, { ...wish, amount: 100_000_000 }],
  ['too large a payment', paymentsPath, { ...wish, amount: 100_000_001 }],
  ['a fraction of a cent', paymentsPath, { ...wish, amount: 300.5 }],
  ['an amount as text', paymentsPath, { ...wish, amount: '300' }],
  ['no amount', paymentsPath, { ...wish, amount: undefined }],
  ['euros', paymentsPath, { ...wish, currency: 'EUR' }],
  ['an empty order id', paymentsPath, { ...wish, orderId: '' }],
  ['a long order id', paymentsPath, { ...wish, orderId: 'x'.repeat(256) }],
  ['metadata as an object', paymentsPath, { ...wish, customMetadata: {} }],
  ['a redirect to nowhere', paymentsPath, { ...wish, redirectUrl: 'thanks' }],
  ['a third type', paymentsPath, { ...wish, type: 'refund' }],
  ['a deposit', paymentsPath, { type: 'deposit', currency: 'USD', orderId: 'TOP-UP' }],
  ['a deposit without an order', paymentsPath, { type: 'deposit', currency: 'USD' }],
  ['a withdrawal', withdrawalsPath, payout],
  ['a withdrawal by CAIP-2', withdrawalsPath, { ...payout, chainId: 'eip155:84532' }],
  ['too small a withdrawal', withdrawalsPath, { ...payout, amountInCents: 99 }],
  ['a withdrawal without a network', withdrawalsPath, { ...payout, chainId: undefined }],
  ['a withdrawal in euros', withdrawalsPath, { ...payout, currency: 'EUR' }],
] as const

interface Sent {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

describe.each(profiles)('in the %s profile', (profile) => {
  const start = async (options: SandboxOptions = {}) => {
    const sandbox = await startSandbox({
      ...options,
      overrides: { profile, ...options.overrides },
    })
    const client = clientOf(sandbox)
    const book = documented((await client.get('/docs/swagger.json')).body)
    const seen = new Set<string>()
    /** Calls the API and holds the answer against the document, whatever it is. */
    const call = async (method: string, path: string, sent: Sent = {}) => {
      const operation = book.operationOf(method, path.split('?')[0] ?? '')
      if (!operation) throw new Error(`${method} ${path} is not documented`)
      const answer = await client.call(method, path, sent)
      const name = `${method} ${operation.path} ${answer.status}`
      expect({ name, faults: book.faultsIn(operation, answer) }).toEqual({ name, faults: [] })
      seen.add(`${operation.operation.operationId} ${answer.status} ${codeOf(answer.body)}`)
      return answer
    }
    const create = async (more: object = {}) =>
      createdPayment((await call('POST', paymentsPath, { body: { ...wish, ...more } })).body)
    const settled = (id: string) =>
      until(async () => {
        const { body } = await call('GET', `${paymentsPath}/${id}`)
        const { status } = z.object({ status: z.string() }).parse(body)
        return status === 'pending' || status === 'processing' ? null : status
      })
    return { sandbox, client, book, seen, call, create, settled }
  }

  test('payments in every state are as documented, one by one and in lists', async () => {
    const { sandbox, client, call, create, settled } = await start({ historyCount: 400 })
    await using _ = sandbox
    const outcomes = {
      exact: 'completed',
      over: 'completed',
      under: 'failed',
      fail: 'failed',
      expire: 'expired',
      late: 'expired',
      two: 'failed',
    }
    for (const [outcome, status] of Object.entries(outcomes)) {
      const { id, secret } = await create()
      const headers = { 'X-SpacePay-Payment-Secret': secret }
      await client.simulate(id, outcome)
      await call('GET', `${paymentsPath}/${id}`)
      expect(await settled(id)).toBe(status)
      await call('GET', `${payerPath}/${id}`, { headers })
    }
    const deposit = await create({ type: 'deposit', amount: undefined, customerRefId: 'c-1' })
    await client.simulate(deposit.id, 'exact')
    expect(await settled(deposit.id)).toBe('completed')
    const { body } = await call('GET', `${paymentsPath}?limit=1000`)
    expect(z.object({ data: z.array(z.unknown()) }).parse(body).data).toHaveLength(408)
    await call('GET', `${paymentsPath}?status=completed&limit=5&offset=10&sortBy=amountInCents`)
    await call('GET', `${paymentsPath}?search=nothing-like-it`)
  })

  test('quotes in every token are as documented, and so is the payment they belong to', async () => {
    const { sandbox, client, call, create } = await start()
    await using _ = sandbox
    const { data } = z
      .object({
        data: z.array(
          z.object({
            contractAddress: z.string(),
            chain: z.object({ chainId: z.union([z.int(), z.string()]) }),
          }),
        ),
      })
      .parse((await call('GET', '/v1/external/tokens')).body)
    expect(data.length).toBeGreaterThan(19)
    const { id, secret } = await create()
    const headers = { 'X-SpacePay-Payment-Secret': secret }
    for (const { contractAddress, chain } of data) {
      await call('POST', `${payerPath}/${id}/quotes`, {
        headers,
        body: { contractAddress, chainId: chain.chainId },
      })
    }
    await call('GET', `${payerPath}/${id}/quotes`, { headers })
    await call('GET', `${payerPath}/${id}`, { headers })
    await client.simulate(id, 'exact')
    await call('GET', `${paymentsPath}/${id}`)
  })

  test('withdrawals on their way, sent and failed are as documented', async () => {
    const { sandbox, client, call } = await start({ historyCount: 200 })
    await using _ = sandbox
    const outcomes = { complete: 'completed', fail: 'failed', cancel: 'cancelled' }
    for (const [outcome, status] of Object.entries(outcomes)) {
      const { body } = await call('POST', withdrawalsPath, { body: payout })
      const { id } = z.object({ id: z.string() }).parse(body)
      await client.post(`/__sandbox/withdrawals/${id}/simulate`, { outcome })
      expect((await call('GET', `${withdrawalsPath}/${id}`)).body).toMatchObject({ status })
    }
    await call('GET', `${withdrawalsPath}?limit=1000`)
    await call('GET', `${withdrawalsPath}?status=completed`)
    await call('GET', '/v1/external/secretkey-auth/wallet/balances')
  })

  test('every answer that is documented is given, and no other', async () => {
    const { sandbox, client, book, seen, call, create } = await start({
      // One request too many is told at once, and the others are let through.
      rateLimit: { requests: 200, windowMs: 600_000 },
    })
    await using _ = sandbox
    const { id, secret } = await create()
    const payer = { 'X-SpacePay-Payment-Secret': secret }
    const withdrawn = await call('POST', withdrawalsPath, {
      body: payout,
      headers: { 'Idempotency-Key': 'key-1' },
    })
    const withdrawalId = z.object({ id: z.string() }).parse(withdrawn.body).id
    const ids: Readonly<Record<string, string>> = {
      paymentId: id,
      withdrawalId,
      chainId: '84532',
      tokenId: '4f245c9b-b6d1-403b-b9d6-46887e701f78',
    }
    const pathOf = (template: string, from = ids) =>
      template.replaceAll(/\{(\w+)\}/g, (_, name: string) => from[name] ?? '')
    const unknown = Object.fromEntries(Object.keys(ids).map((name) => [name, 'nope']))

    for (const { method, path } of book.operations) {
      const verb = method.toUpperCase()
      const known = pathOf(path)
      const headers = payer
      if (method === 'get') await call(verb, known, { headers })
      if (path.includes('{')) await call(verb, pathOf(path, unknown), { headers, ...some(method) })
      if (path.includes('auth/')) {
        const wrong = { 'X-SpacePay-Secret-Key': 'sk_x', 'X-SpacePay-Payment-Secret': 'ps_x' }
        await call(verb, known, { headers: wrong, ...some(method) })
      }
      if (/(payments|withdrawals|chains|tokens)$/.test(path) && method === 'get') {
        await call(verb, `${known}?limit=0`)
      }
      if (method === 'post') {
        await call(verb, known, { headers, body: '{"amount":' })
        await call(verb, known, { headers, body: { text: 'x'.repeat(1_000_001) } })
        const plain = { ...headers, 'Content-Type': 'text/plain' }
        await call(verb, known, { headers: plain, body: 'hello' })
      }
      if (path !== '/v1') {
        const effect = { kind: 'status', status: 500 }
        await client.post('/__sandbox/faults', { on: 'any', effect, next: 1 })
        await call(verb, known, { headers, ...some(method) })
      }
    }

    const other = { headers: { 'Idempotency-Key': 'key-1' } }
    await call('POST', withdrawalsPath, { body: payout, ...other })
    await call('POST', withdrawalsPath, { body: { ...payout, amountInCents: 6_000 }, ...other })
    await call('POST', paymentsPath, { body: wish, ...other })
    await call('POST', paymentsPath, { body: { ...wish, orderId: 'ORDER-2' }, ...other })
    await call('POST', paymentsPath, { body: { ...wish, orderId: undefined } })
    await call('POST', paymentsPath, { body: { ...wish, amount: 1 } })
    for (const wrong of [
      { recipientAddress: undefined },
      { amountInCents: 1 },
      { amountInCents: 99_999_999 },
      { recipientAddress: '0x123' },
    ]) {
      await call('POST', withdrawalsPath, { body: { ...payout, ...wrong } })
    }
    await call('POST', `${payerPath}/${id}/quotes`, { headers: payer, body: {} })
    await call('POST', `${payerPath}/${id}/refresh-status`, { headers: payer, body: {} })
    await client.simulate(id, 'expire')
    await call('POST', `${payerPath}/${id}/quotes`, { headers: payer, body: {} })
    await client.call('PATCH', '/__sandbox/switches', {
      body: { depositsEnabled: false, withdrawalsEnabled: false },
    })
    await call('POST', paymentsPath, { body: { ...wish, type: 'deposit' } })
    await call('POST', withdrawalsPath, { body: payout })

    while ((await client.get(paymentsPath)).status !== 429);
    for (const { method, path } of book.operations) {
      if (path.includes('secretkey')) await call(method.toUpperCase(), pathOf(path), some(method))
    }

    const promised = book.operations.flatMap(({ operation }) =>
      Object.entries(operation.responses).flatMap(([status, { content }]) =>
        Object.keys(content?.['application/json'].examples ?? {}).map(
          (code) => `${operation.operationId} ${status} ${code}`,
        ),
      ),
    )
    expect([...seen].toSorted()).toEqual(promised.toSorted())

    const lost = await client.post('/v1/payments', wish)
    expect(book.bodyFaults('/components/schemas/Error', lost.body)).toEqual([])
    const codes = [...seen].map((name) => name.split(' ')[2]).filter((code) => code !== 'answer')
    expect(new Set([...codes, codeOf(lost.body)])).toEqual(new Set(Object.keys(book.refusals)))
  })

  test.each(['minimal', 'full'])('webhooks with a %s body are as documented', async (payload) => {
    await using receiver = await startReceiver('whsec_sandbox_desk')
    const { sandbox, client, call, create } = await start({ webhookUrl: receiver.url })
    await using _ = sandbox
    await client.call('PATCH', '/__sandbox/switches', { body: { payload } })
    const book = documented((await client.get('/docs/swagger.json')).body)
    const { id } = await create()
    await client.simulate(id, 'exact')
    await call('POST', withdrawalsPath, { body: payout })
    const types = await until(() => {
      const told = receiver.received.map(({ body }) => z.object({ type: z.string() }).parse(body))
      const found = new Set(told.map(({ type }) => type))
      return found.size === 4 ? found : null
    })
    expect([...types].toSorted()).toEqual(book.webhooks.map(({ path }) => path))
    for (const { body, headers } of receiver.received) {
      const { type } = z.object({ type: z.string() }).parse(body)
      const webhook = book.webhooks.find(({ path }) => path === type)
      const pointer = `${webhook?.pointer}/requestBody/content/application~1json/schema`
      expect({ type, faults: book.bodyFaults(pointer, body) }).toEqual({ type, faults: [] })
      const names = webhook?.operation.parameters.map(({ name }) => name.toLowerCase()) ?? []
      expect(Object.keys(headers)).toEqual(expect.arrayContaining(names))
      expect(Object.keys(headers).filter((name) => name.startsWith('x-spacepay'))).toHaveLength(
        names.length,
      )
    }
  })

  test('the document says which bodies are accepted, and which are not', async () => {
    const { sandbox, client, book } = await start()
    await using _ = sandbox
    for (const [what, path, body] of bodies) {
      const operation = book.operationOf('POST', path)
      const pointer = `${operation?.pointer}/requestBody/content/application~1json/schema`
      const sent: unknown = JSON.parse(JSON.stringify(body))
      const isDocumented = book.bodyFaults(pointer, sent).length === 0
      const { status } = await client.post(path, sent)
      expect({ what, isAccepted: status < 300 }).toEqual({ what, isAccepted: isDocumented })
    }
  })
})

/** A body for calls in which it does not come to that. */
function some(method: string): Sent {
  return method === 'post' ? { body: {} } : {}
}

/** Id and secret of a created payment, whichever form the profile gives it. */
function createdPayment(body: unknown): { readonly id: string; readonly secret: string } {
  const { id, checkout_url } = z.object({ id: z.string(), checkout_url: z.url() }).parse(body)
  return { id, secret: new URL(checkout_url).searchParams.get('secret') ?? '' }
}

/** The name of the example that an answer is one of. */
function codeOf(body: unknown): string {
  const refusal = z.object({ error: z.object({ code: z.string() }) }).safeParse(body)
  return refusal.data?.error.code ?? 'answer'
}
