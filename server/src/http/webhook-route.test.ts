import { once } from 'node:events'
import { request, type ClientRequest, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import Fastify from 'fastify'
import { describe, expect, test } from 'vitest'
import type { IncomingWebhook, WebhookAnswer } from '../webhooks/receive-webhook.ts'
import { eventually } from '../testing/eventually.ts'
import type { BodyLimits } from './webhook-body.ts'
import { webhookLimits, webhookRoute } from './webhook-route.ts'

const fine: WebhookAnswer = { status: 200, body: {}, headers: {} }
const megabyte = Buffer.alloc(1_000_000, ' ')

describe('what arrives', () => {
  test('reaches the receiver byte by byte, in however many pieces it comes', async () => {
    await using desk = await listening()
    const sent = desk.start()
    for (const piece of ['\u{feff}{"a"', ' : 1.0', '\r\n}']) {
      sent.write(piece)
      await delay(20)
    }
    sent.end()
    expect((await answerOf(sent)).status).toBe(200)
    expect(desk.received).toMatchObject([{ body: Buffer.from('\u{feff}{"a" : 1.0\r\n}') }])
  })

  test.each(['gzip', 'br', 'deflate', 'gzip, gzip', 'x'])(
    'is never unpacked: %s is refused before a byte is read',
    async (encoding) => {
      await using desk = await listening()
      const bomb = gzipSync(Buffer.alloc(20_000_000))
      const sent = desk.start({ 'content-encoding': encoding })
      sent.end(bomb)
      await answerOf(sent)
      expect(desk.received).toMatchObject([{ body: null, unread: 'compressed' }])
    },
  )

  test.each([
    ['its length said first', true],
    ['in pieces', false],
  ])('is refused beyond a megabyte, with %s', async (_how, isDeclared) => {
    await using desk = await listening()
    const body = Buffer.alloc(5_000_000, 'x')
    const sent = desk.start(isDeclared ? { 'content-length': String(body.length) } : {})
    sent.end(body)
    await answerOf(sent)
    expect(desk.received).toMatchObject([{ body: null, bodyBytes: 5_000_000, unread: 'too_large' }])
  })

  test('drop by drop is cut off, and the connection with it', async () => {
    await using desk = await listening({ msMax: 150 })
    const sent = desk.start({ 'content-length': '1000' })
    const drops = setInterval(() => sent.write('x'), 20)
    const answer = await answerOf(sent)
    clearInterval(drops)
    expect(answer.headers.connection).toBe('close')
    expect(desk.received).toMatchObject([{ body: null, unread: 'too_slow' }])
  })

  test('from a sender that goes away in the middle takes up no room afterwards', async () => {
    await using desk = await listening({ requestsMax: 1 })
    const lost = desk.start({ 'content-length': '1000' })
    lost.on('error', () => undefined).write('half')
    await delay(50)
    lost.destroy()
    await eventually(async () => {
      const next = desk.start()
      next.end('{}')
      expect((await answerOf(next)).status).toBe(200)
    })
  })
})

describe('more at once than there is room for', () => {
  test('is answered 503 with a time to come back, and again 200 when there is room', async () => {
    const held = Promise.withResolvers<WebhookAnswer>()
    await using desk = await listening({ requestsMax: 3 }, () => held.promise)
    const first = [0, 1, 2].map(() => desk.start())
    for (const each of first) each.end('{}')
    await eventually(async () => expect(desk.received).toHaveLength(3))
    const late = desk.start()
    late.end('{}')
    const answer = await answerOf(late)
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '2'])
    held.resolve(fine)
    expect(await Promise.all(first.map(async (each) => (await answerOf(each)).status))).toEqual([
      200, 200, 200,
    ])
    const next = desk.start()
    next.end('{}')
    expect((await answerOf(next)).status).toBe(200)
  })

  test('does not pile up in memory: bodies of 200 MB leave 10 MB behind', async () => {
    const held = Promise.withResolvers<WebhookAnswer>()
    const heldBytesMax = 10_000_000
    await using desk = await listening({ heldBytesMax }, () => held.promise)
    const before = process.memoryUsage().arrayBuffers
    const senders = Array.from({ length: 200 }, () => {
      const sent = desk.start({ 'content-length': String(megabyte.length) })
      sent.on('error', () => undefined).end(megabyte)
      return answerOf(sent)
    })
    const statuses = senders.map(async (answer) => (await answer).status)
    await eventually(async () => expect(desk.received.length).toBeGreaterThan(0))
    let refused = 0
    for (const each of statuses) void each.then((status) => status === 503 && refused++)
    await eventually(async () => expect(refused + desk.received.length).toBe(200))
    expect(desk.received.length).toBeLessThanOrEqual(10)
    const bodies = desk.received.reduce((sum, { body }) => sum + (body?.length ?? 0), 0)
    expect(bodies).toBeLessThanOrEqual(heldBytesMax)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000)
    held.resolve(fine)
    expect((await Promise.all(statuses)).filter((status) => status === 200)).toHaveLength(
      desk.received.length,
    )
  })
})

interface Listening extends AsyncDisposable {
  readonly received: readonly IncomingWebhook[]
  readonly start: (headers?: Record<string, string>) => ClientRequest
}

/** The route over HTTP, before a receiver that takes everything. */
async function listening(
  limits: Partial<BodyLimits> = {},
  answer: () => Promise<WebhookAnswer> = async () => fine,
): Promise<Listening> {
  const received: IncomingWebhook[] = []
  const receiver = {
    receive: async (webhook: IncomingWebhook) => {
      received.push(webhook)
      return answer()
    },
  }
  const http = Fastify()
  await http.register(webhookRoute, { receiver, limits: { ...webhookLimits, ...limits } })
  await http.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${portOf(http.server.address())}/webhooks/spacepay`
  return {
    received,
    start: (headers = {}) =>
      request(url, {
        method: 'POST',
        agent: false,
        headers: { 'content-type': 'application/json', ...headers },
      }),
    [Symbol.asyncDispose]: async () => {
      http.server.closeAllConnections()
      await http.close()
    },
  }
}

async function answerOf(sent: ClientRequest) {
  const [answer]: IncomingMessage[] = await once(sent, 'response')
  if (!answer) throw new Error('No answer came.')
  const { statusCode: status, headers } = answer
  await text(answer).catch(() => '')
  return { status, headers }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('not a TCP server')
  return address.port
}
