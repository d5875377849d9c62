import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { startSandbox } from '../start-sandbox.ts'
import { type FaultScene, faultScene } from '../testing/fault-scene.ts'
import { startReceiver } from '../testing/receiver.ts'
import { clientOf, until } from '../testing/sandbox-client.ts'

const path = '/__sandbox/webhooks'
const attempts = z.object({
  data: z.array(
    z.looseObject({
      deliveryId: z.string(),
      eventId: z.string(),
      endpointId: z.string(),
      status: z.number().nullable(),
      number: z.number(),
      requestHeaders: z.record(z.string(), z.string()),
    }),
  ),
  pagination: z.looseObject({ total: z.number(), hasMore: z.boolean() }),
  waiting: z.number(),
})

type Client = FaultScene['client']

async function attemptsOf(client: Client, query = '') {
  return attempts.parse((await client.get(`${path}/attempts${query}`)).body)
}

function settled(client: Client, count: number) {
  return until(async () => {
    const read = await attemptsOf(client)
    return read.waiting === 0 && read.data.length === count ? read : null
  })
}

describe('every attempt', () => {
  test('is kept with what was sent, to the last header and byte, and what was answered', async () => {
    await using scene = await faultScene()
    await scene.client.create()
    const { data } = await settled(scene.client, 1)
    const [got] = scene.receiver.received
    const { body } = await scene.client.get(`${path}/attempts/${data[0]?.deliveryId}`)
    expect(body).toMatchObject({
      status: 200,
      error: null,
      number: 1,
      faults: [],
      isBodyChanged: false,
      requestBody: got?.rawBody,
      responseBody: '{"received":true}',
      durationMs: expect.any(Number),
      at: expect.stringMatching(/^\d{4}-.*Z$/),
    })
    const sent = Object.entries(data[0]?.requestHeaders ?? {})
    expect(sent).toHaveLength(7)
    for (const [name, value] of sent) expect(got?.headers[name.toLowerCase()]).toBe(value)
  })

  test('is found by event, endpoint, payment, type, outcome and fault, page by page, newest first', async () => {
    await using scene = await faultScene()
    scene.receiver.answerNext([{ status: 200 }, { status: 503 }])
    const first = await scene.client.create()
    await settled(scene.client, 1)
    await scene.fault({ on: 'webhook', effect: { kind: 'tamper' }, next: 1 })
    const second = await scene.client.create()
    const all = await settled(scene.client, 3)
    const [repeat, refused, accepted] = all.data
    expect(all.data.map(({ status }) => status)).toStrictEqual([200, 503, 200])
    expect([accepted?.['subjectId'], refused?.['subjectId']]).toStrictEqual([
      first.paymentId,
      second.paymentId,
    ])
    const ids = async (query: string) =>
      (await attemptsOf(scene.client, query)).data.map(({ deliveryId }) => deliveryId)
    const [newest, middle, oldest] = [repeat, refused, accepted].map((one) => one?.deliveryId)
    expect(await ids(`?subjectId=${second.paymentId}`)).toStrictEqual([newest, middle])
    expect(await ids(`?eventId=${accepted?.eventId}`)).toStrictEqual([oldest])
    expect(await ids(`?endpointId=${accepted?.endpointId}`)).toHaveLength(3)
    expect(await ids('?endpointId=other')).toStrictEqual([])
    expect(await ids('?eventType=payment.updated')).toStrictEqual([])
    expect(await ids('?outcome=refused')).toStrictEqual([middle])
    expect(await ids('?outcome=accepted')).toStrictEqual([newest, oldest])
    expect(await ids('?outcome=unanswered')).toStrictEqual([])
    expect(await ids('?fault=tamper')).toStrictEqual([middle])
    expect(await ids('?limit=1&offset=1')).toStrictEqual([middle])
    expect(await ids('?sortOrder=ASC')).toStrictEqual([oldest, middle, newest])
    expect((await attemptsOf(scene.client, '?limit=2')).pagination).toMatchObject({
      total: 3,
      hasMore: true,
    })
    expect((await scene.client.get(`${path}/attempts?outcome=lost`)).status).toBe(400)
    expect((await scene.client.get(`${path}/attempts/unknown`)).status).toBe(404)
  })

  test('and every event, delivery and figure is there after a restart', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'sandbox-attempts-'))
    const dataFile = join(folder.path, 'journal.jsonl')
    await using receiver = await startReceiver('whsec_sandbox_desk')
    receiver.answerNext([{ status: 500 }])
    const options = { webhookUrl: receiver.url, dataFile }
    const read = async (client: Client) =>
      Promise.all(
        [path, `${path}/attempts`, `${path}/events`, `${path}/deliveries`].map(
          async (from) => (await client.get(from)).body,
        ),
      )
    const before = await (async () => {
      await using sandbox = await startSandbox({ ...options, overrides: { retryDivisor: 1_000 } })
      const client = clientOf(sandbox)
      await client.create()
      await client.create()
      await settled(client, 3)
      const seen = await read(client)
      return seen
    })()
    await using sandbox = await startSandbox(options)
    expect(await read(clientOf(sandbox))).toStrictEqual(before)
  })
})

describe('the figures of an endpoint', () => {
  test('count what became of deliveries, and how fast and when it last answered', async () => {
    await using scene = await faultScene()
    scene.receiver.answerNext([
      { status: 200 },
      ...Array.from({ length: 8 }, () => ({ status: 500 })),
    ])
    await scene.client.create()
    await settled(scene.client, 1)
    await scene.client.create()
    const { data } = await settled(scene.client, 9)
    const { body } = await scene.client.get(path)
    expect(body).toMatchObject({
      data: [
        {
          lastTriggeredAt: data[0]?.['at'],
          stats: {
            delivered: 1,
            failed: 1,
            dropped: 0,
            waiting: 0,
            attempts: 9,
            lastSuccessAt: data[8]?.['at'],
            lastFailureAt: data[0]?.['at'],
          },
        },
      ],
    })
    const times = data.map(({ durationMs }) => Number(durationMs)).toSorted((a, b) => a - b)
    expect(body).toMatchObject({
      data: [{ stats: { latencyMs: { p50: times[4], p95: times[8] } } }],
    })
  })

  test('say nothing about speed when nobody ever answered', async () => {
    await using sandbox = await startSandbox({
      webhookUrl: 'http://127.0.0.1:9/hooks',
      overrides: { retryDivisor: 100_000 },
    })
    const client = clientOf(sandbox)
    await client.create()
    await settled(client, 8)
    expect((await client.get(path)).body).toMatchObject({
      data: [{ stats: { failed: 1, lastSuccessAt: null, latencyMs: null } }],
    })
    expect((await client.get(`${path}/deliveries?state=failed`)).body).toMatchObject({
      data: [{ attempts: 8 }],
    })
    expect((await client.get(`${path}/deliveries?state=waiting`)).body).toMatchObject({ data: [] })
  })
})

describe('the pace of repeats', () => {
  test('is changed while it runs, and what waits already comes sooner', async () => {
    await using scene = await faultScene({ overrides: { retryDivisor: 1 } })
    scene.receiver.answerNext([{ status: 500 }])
    await scene.client.create()
    await until(async () => ((await attemptsOf(scene.client)).data.length === 1 ? true : null))
    const queue = z.object({ waiting: z.number(), nextAttemptAt: z.string() })
    const next = async () => {
      const { body } = await scene.client.get(`${path}/queue`)
      return Date.parse(queue.parse(body).nextAttemptAt) - Date.now()
    }
    expect(await next()).toBeGreaterThan(7_000)
    await scene.client.call('PATCH', '/__sandbox/switches', { body: { retryDivisor: 1_000 } })
    await until(() => (scene.receiver.received.length === 2 ? true : null))
  })

  test('does not move what a fault has delayed', async () => {
    await using scene = await faultScene({ overrides: { retryDivisor: 1 } })
    scene.receiver.answerNext([{ status: 500 }])
    await scene.client.create()
    await until(async () => ((await attemptsOf(scene.client)).data.length === 1 ? true : null))
    await scene.fault({ on: 'webhook', effect: { kind: 'delay', ms: 600_000 }, next: 1 })
    await scene.client.post('/__sandbox/clock/advance', { ms: 12_000 })
    await until(async () => ((await scene.log()).length === 1 ? true : null))
    const queue = async () => (await scene.client.get(`${path}/queue`)).body
    const before = await queue()
    await scene.client.call('PATCH', '/__sandbox/switches', { body: { retryDivisor: 1_000 } })
    expect(await queue()).toStrictEqual(before)
  })
})
