import { createServer, type ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { startSandbox } from '../start-sandbox.ts'
import { faultScene } from '../testing/fault-scene.ts'
import { clientOf, until } from '../testing/sandbox-client.ts'

const path = '/__sandbox/webhooks'
const endpoints = z.object({ data: z.array(z.looseObject({ id: z.string() })) })

/** A receiver that answers when it is told to. */
async function slowReceiver() {
  const waiting: ServerResponse[] = []
  const server = createServer((_, response) => {
    waiting.push(response)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    waiting,
    answerAll: (status: number) => {
      for (const response of waiting.splice(0)) response.writeHead(status).end()
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}

test('a receiver that does not answer holds up nobody else', async () => {
  await using silent = await slowReceiver()
  await using scene = await faultScene()
  await scene.client.post(path, { url: silent.url, name: 'Silent' })
  await Promise.all(Array.from({ length: 20 }, () => scene.client.create()))
  await scene.client.create({ orderId: 'ORDER-LAST' })
  await until(() => (scene.receiver.received.length === 21 ? true : null))
  expect((await scene.client.get(`${path}/queue`)).body).toMatchObject({ inFlight: 16 })
})

describe('while a webhook is under way', () => {
  test('a later one that is held back does not go out behind it, but behind the next', async () => {
    await using receiver = await slowReceiver()
    await using sandbox = await startSandbox({ webhookUrl: receiver.url, blockMs: 60_000 })
    const client = clientOf(sandbox)
    await client.post('/__sandbox/faults', {
      on: 'webhook',
      effect: { kind: 'reorder', ms: 3_600_000 },
      eventType: 'payment.updated',
      next: 1,
    })
    const { paymentId } = await client.create()
    await until(() => (receiver.waiting.length === 1 ? true : null))
    await client.simulate(paymentId, 'exact')
    await until(async () => {
      const { body } = await client.get('/__sandbox/faults')
      return JSON.stringify(body).includes('"effect":"reorder","detail"') ? true : null
    })
    receiver.answerAll(200)
    const waiting = z.object({ waiting: z.number(), overdue: z.number(), inFlight: z.number() })
    const queue = await until(async () => {
      const read = waiting.parse((await client.get(`${path}/queue`)).body)
      return read.inFlight === 0 ? read : null
    })
    expect(queue).toMatchObject({ waiting: 1, overdue: 0 })
    expect(receiver.waiting).toHaveLength(0)
    await client.post('/__sandbox/clock/advance', { ms: 1_500_000 })
    await until(() => (receiver.waiting.length === 1 ? true : null))
    receiver.answerAll(200)
    await until(() => (receiver.waiting.length === 1 ? true : null))
  })

  test('its endpoint may be removed: it is not sent again', async () => {
    await using receiver = await slowReceiver()
    await using sandbox = await startSandbox({
      webhookUrl: receiver.url,
      overrides: { retryDivisor: 100_000 },
    })
    const client = clientOf(sandbox)
    await client.create()
    await until(() => (receiver.waiting.length === 1 ? true : null))
    const { data } = endpoints.parse((await client.get(path)).body)
    await client.call('DELETE', `${path}/${data[0]?.id}`)
    receiver.answerAll(500)
    await until(async () =>
      JSON.stringify((await client.get(`${path}/attempts`)).body).includes('"status":500')
        ? true
        : null,
    )
    expect((await client.get(`${path}/queue`)).body).toMatchObject({ waiting: 0, inFlight: 0 })
    expect((await client.get(`${path}/deliveries`)).body).toMatchObject({
      data: [{ state: 'failed', attempts: 1 }],
    })
  })

  test('the sandbox may begin afresh: nothing of the old state comes back', async () => {
    await using receiver = await slowReceiver()
    await using sandbox = await startSandbox({ webhookUrl: receiver.url })
    const client = clientOf(sandbox)
    await client.create()
    await until(() => (receiver.waiting.length === 1 ? true : null))
    await client.post('/__sandbox/reset', {})
    receiver.answerAll(500)
    await until(async () => {
      const { body } = await client.get(`${path}/queue`)
      return JSON.stringify(body).includes('"inFlight":0') ? true : null
    })
    for (const shelf of ['attempts', 'deliveries', 'events']) {
      expect((await client.get(`${path}/${shelf}`)).body).toMatchObject({ data: [] })
    }
  })
})
