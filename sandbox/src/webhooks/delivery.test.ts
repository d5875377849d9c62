import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { startSandbox } from '../start-sandbox.ts'
import { startReceiver } from '../testing/receiver.ts'
import { clientOf, until, withdrawalsPath } from '../testing/sandbox-client.ts'

const secret = 'whsec_sandbox_desk'
const attempts = z.object({
  data: z.array(
    z.looseObject({
      eventId: z.string(),
      deliveryId: z.string(),
      number: z.number(),
      status: z.number().nullable(),
      error: z.string().nullable(),
      faults: z.array(z.string()),
    }),
  ),
  waiting: z.number(),
})
/** Retries follow each other within milliseconds. */
const hurried = { overrides: { retryDivisor: 100_000 } }

describe('a webhook', () => {
  test('carries the five headers and the minimal snapshot, and nothing more', async () => {
    await using receiver = await startReceiver(secret)
    await using sandbox = await startSandbox({ webhookUrl: receiver.url })
    const { paymentId } = await clientOf(sandbox).create()
    const [got] = await until(() => (receiver.received.length > 0 ? receiver.received : null))

    expect(got?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-spacepay-id': expect.stringMatching(/^[\da-f-]{36}$/),
      'x-spacepay-event-id': expect.stringMatching(/^evt_/),
      'x-spacepay-delivery-id': expect.stringMatching(/^[\da-f-]{36}$/),
      'x-spacepay-timestamp': expect.stringMatching(/^\d{10}$/),
      'x-spacepay-signature': expect.stringMatching(/^[\da-f]{64}$/),
    })
    expect(got?.isSigned).toBe(true)
    expect(got?.body).toStrictEqual({
      type: 'payment.created',
      data: {
        payment: {
          id: paymentId,
          type: 'payment',
          merchantId: '7c2e1f4d-2d0f-4a7b-8b0b-3f6e2f9a1c22',
          amountInCents: 14_999,
          amountDueCents: 15_074,
          currency: 'USD',
          status: 'pending',
          orderId: 'ORDER-8827',
          createdAt: expect.any(String),
        },
      },
      timestamp: expect.any(String),
    })
  })

  test('tells a withdrawal from created to completed', async () => {
    await using receiver = await startReceiver(secret)
    await using sandbox = await startSandbox({ webhookUrl: receiver.url })
    await clientOf(sandbox).post(withdrawalsPath, {
      amountInCents: 5_000,
      chainId: 84532,
      recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
    })
    await until(() => (receiver.received.length === 3 ? true : null))
    expect(receiver.received.map((one) => one.body)).toMatchObject([
      { type: 'withdrawal.created', data: { withdrawal: { status: 'pending' } } },
      { type: 'withdrawal.updated', data: { withdrawal: { status: 'processing' } } },
      { type: 'withdrawal.updated', data: { withdrawal: { status: 'completed' } } },
    ])
  })

  test('is signed with the wall clock even when the sandbox was moved in time', async () => {
    await using receiver = await startReceiver(secret)
    await using sandbox = await startSandbox({ webhookUrl: receiver.url })
    const client = clientOf(sandbox)
    await client.post('/__sandbox/clock/advance', { ms: 40 * 86_400_000 })
    await client.create()
    const [got] = await until(() => (receiver.received.length > 0 ? receiver.received : null))
    const age = Date.now() / 1_000 - Number(got?.headers['x-spacepay-timestamp'])
    expect(Math.abs(age)).toBeLessThan(60)
  })
})

describe('a webhook that is not accepted', () => {
  test('is sent again with the same event id and body, a new delivery id and signature, until accepted', async () => {
    await using receiver = await startReceiver(secret)
    receiver.answerNext([{ status: 500 }, { status: 404 }])
    await using sandbox = await startSandbox({ webhookUrl: receiver.url, ...hurried })
    await clientOf(sandbox).create()
    await until(() => (receiver.received.length === 3 ? true : null))

    const of = (header: string) => new Set(receiver.received.map((one) => one.headers[header]))
    expect(of('x-spacepay-event-id').size).toBe(1)
    expect(of('x-spacepay-delivery-id').size).toBe(3)
    expect(new Set(receiver.received.map((one) => one.rawBody)).size).toBe(1)
    expect(receiver.received.every((one) => one.isSigned)).toBe(true)
  })

  test('is given up after eight attempts, each of them kept', async () => {
    await using receiver = await startReceiver(secret)
    receiver.answerNext(Array.from({ length: 20 }, () => ({ status: 503 })))
    await using sandbox = await startSandbox({ webhookUrl: receiver.url, ...hurried })
    const client = clientOf(sandbox)
    await client.create()
    const kept = await until(async () => {
      const read = attempts.parse(
        (await client.get('/__sandbox/webhooks/attempts?sortOrder=ASC')).body,
      )
      return read.waiting === 0 && read.data.length > 0 ? read.data : null
    })
    expect(kept.map((attempt) => [attempt.number, attempt.status])).toStrictEqual(
      Array.from({ length: 8 }, (_, index) => [index + 1, 503]),
    )
  })

  test('waits ten seconds before the second attempt and a minute before the third, give or take a tenth', async () => {
    await using receiver = await startReceiver(secret)
    receiver.answerNext([{ status: 500 }, { status: 500 }])
    const standing = new Date()
    await using sandbox = await startSandbox({ webhookUrl: receiver.url, now: () => standing })
    const client = clientOf(sandbox)
    const advance = (ms: number) => client.post('/__sandbox/clock/advance', { ms })
    const tried = async (times: number) => {
      const read = attempts.parse((await client.get('/__sandbox/webhooks/attempts')).body)
      return read.data.length === times ? true : null
    }
    await client.create()
    await until(() => tried(1))
    await advance(8_900)
    expect(await tried(1)).toBe(true)
    await advance(2_200)
    await until(() => tried(2))
    await advance(53_900)
    expect(await tried(2)).toBe(true)
    await advance(12_200)
    await until(() => tried(3))
  })

  test('is not sent after a redirect', async () => {
    await using elsewhere = await startReceiver(secret)
    await using receiver = await startReceiver(secret)
    receiver.answerNext([{ status: 307, location: elsewhere.url }])
    await using sandbox = await startSandbox({ webhookUrl: receiver.url, ...hurried })
    await clientOf(sandbox).create()
    await until(() => (receiver.received.length === 2 ? true : null))
    expect(elsewhere.received).toHaveLength(0)
  })

  test('by a receiver that is not there keeps the reason', async () => {
    await using sandbox = await startSandbox({
      webhookUrl: 'http://127.0.0.1:9/webhooks',
      ...hurried,
    })
    const client = clientOf(sandbox)
    await client.create()
    const [first] = await until(async () => {
      const read = attempts.parse((await client.get('/__sandbox/webhooks/attempts')).body)
      return read.data.length > 0 ? read.data : null
    })
    expect(first).toMatchObject({ status: null, error: expect.stringMatching(/./) })
  })
})

describe('a webhook under a fault', () => {
  test('dropped is never sent', async () => {
    await using scene = await under({ kind: 'drop' })
    await until(async () => {
      const { data } = attempts.parse((await scene.client.get('/__sandbox/webhooks/attempts')).body)
      return data[0]?.faults[0] === 'drop' ? true : null
    })
    expect(scene.receiver.received).toHaveLength(0)
  })

  test('duplicated comes twice with one event id', async () => {
    await using scene = await under({ kind: 'duplicate' })
    const { received } = scene.receiver
    await until(() => (received.length === 2 ? true : null))
    expect(received[0]?.headers['x-spacepay-event-id']).toBe(
      received[1]?.headers['x-spacepay-event-id'],
    )
  })

  test('tampered with does not fit its signature', async () => {
    await using scene = await under({ kind: 'tamper' })
    const [got] = await until(() =>
      scene.receiver.received.length > 0 ? scene.receiver.received : null,
    )
    expect(got?.isSigned).toBe(false)
    expect(got?.body).toMatchObject({ data: { payment: { amountInCents: 149_999 } } })
  })

  test('delayed comes when the time has passed', async () => {
    await using scene = await under({ kind: 'delay', ms: 3_600_000 })
    await until(async () =>
      JSON.stringify((await scene.client.get('/__sandbox/faults')).body).includes('"log":[{')
        ? true
        : null,
    )
    expect(scene.receiver.received).toHaveLength(0)
    await scene.client.post('/__sandbox/clock/advance', { ms: 3_600_001 })
    // By then the payment has expired, which is told as well, in whatever order.
    await until(() =>
      scene.receiver.received.some((one) => one.rawBody.includes('payment.created')) ? true : null,
    )
  })
})

/** A payment was just created, and its webhook suffers this. */
async function under(effect: Readonly<Record<string, unknown>>) {
  const receiver = await startReceiver(secret)
  const sandbox = await startSandbox({ webhookUrl: receiver.url, ...hurried })
  const client = clientOf(sandbox)
  await client.post('/__sandbox/faults', { on: 'webhook', effect, next: 1 })
  await client.create()
  return {
    receiver,
    client,
    [Symbol.asyncDispose]: async () => {
      await sandbox.close()
      await receiver[Symbol.asyncDispose]()
    },
  }
}

describe('webhook endpoints', () => {
  test('are added with a secret shown once, get everything, and stop when removed', async () => {
    await using receiver = await startReceiver('whsec_second_endpoint')
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const { body } = await client.post('/__sandbox/webhooks', {
      url: receiver.url,
      secret: 'whsec_second_endpoint',
    })
    const { id } = z.looseObject({ id: z.string() }).parse(body)
    expect(JSON.stringify((await client.get('/__sandbox/webhooks')).body)).not.toContain(
      'whsec_second_endpoint',
    )
    const { paymentId } = await client.create()
    await until(() => (receiver.received.length === 1 ? true : null))
    expect(receiver.received[0]?.isSigned).toBe(true)

    expect(
      (await client.post('/__sandbox/webhooks/resend', { subjectId: paymentId })).body,
    ).toEqual({
      events: 1,
      deliveries: 1,
    })
    await until(() => (receiver.received.length === 2 ? true : null))

    expect((await client.call('DELETE', `/__sandbox/webhooks/${id}`)).status).toBe(204)
    await client.create()
    expect(attempts.parse((await client.get('/__sandbox/webhooks/attempts')).body).waiting).toBe(0)
  })

  test('outside this machine must be https', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const add = async (url: string) => (await client.post('/__sandbox/webhooks', { url })).status
    expect(await add('http://shop.example/hooks')).toBe(400)
    expect(await add('file:///etc/passwd')).toBe(400)
    expect(await add('https://shop.example/hooks')).toBe(201)
  })
})
