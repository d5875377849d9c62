import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import Fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paymentId } from '@desk/shared/payments/payment'
import { openPool } from '../database.ts'
import { webhookRoute } from '../http/webhook-route.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { startWorkers } from '../outbox/start-workers.ts'
import { refreshPayment } from '../payments/refresh-payment.ts'
import { quietLog, syncSetup, type SyncSetup } from '../testing/sync-setup.ts'
import { startWebhookProcessing } from './process-webhooks.ts'
import { createWebhookReceiver } from './receive-webhook.ts'
import { refreshAnnounced } from './refresh-announced.ts'
import { signed } from './signing.fixtures.ts'
import { eventually } from '../testing/eventually.ts'

describe('from the payer to the mirror', () => {
  let setup: SyncSetup
  let desk: Desk
  beforeAll(async () => {
    setup = await syncSetup({ historyCount: 0, pageLimit: 100 })
    desk = await startDesk(setup)
    await setup.sendWebhooksTo(desk.url)
  })
  afterAll(async () => {
    await desk.stop()
    await setup[Symbol.asyncDispose]()
  })

  test.each([
    ['exact', 'completed', []],
    ['under', 'failed', ['underpaid']],
    ['over', 'completed', ['overpaid']],
  ] as const)('a payment that is paid %s ends as the API says', async (outcome, status, flags) => {
    const { id } = await setup.makePayment(`FLOW-${outcome}`)
    await eventually(async () => expect(await rowOf(id)).toMatchObject({ status: 'pending' }))
    await setup.act(id, outcome)
    await eventually(async () => expect(await rowOf(id)).toMatchObject({ status, flags }))
    await eventually(async () => {
      const { value } = await setup.gateway.getPayment(id)
      expect(await rowOf(id)).toMatchObject({
        status: value.status,
        amount_cents: value.amountCents,
        tx_hash: value.receipt?.txHash,
        received_base_units: value.receipt?.receivedBaseUnits,
        order_id: `FLOW-${outcome}`,
      })
    })
  })

  test('one that SpacePay no longer knows keeps what was told of it', async () => {
    const { id } = await setup.makePayment('FLOW-LOST')
    await eventually(async () => expect((await rowOf(id))?.api_read_at).toBeInstanceOf(Date))
    const { db, now } = setup.dependencies
    const forgetful = { db, now, gateway: { getPayment: () => setup.gateway.getPayment('lost') } }
    expect(await refreshPayment(forgetful, id)).toEqual({ outcome: 'unknown_to_spacepay' })
    expect(await rowOf(id)).toMatchObject({ status: 'pending', order_id: 'FLOW-LOST' })
    const stories = await db
      .selectFrom('observation')
      .select('extent')
      .where('payment_id', '=', id)
      .orderBy('id', 'desc')
      .execute()
    expect(stories[0]).toEqual({ extent: 'missing' })
    const madeUp = paymentId.parse('made-up')
    expect(await refreshPayment(forgetful, madeUp)).toEqual({ outcome: 'unknown_to_spacepay' })
    expect(
      await db.selectFrom('observation').select('id').where('payment_id', '=', madeUp).execute(),
    ).toEqual([])
  })

  test('when SpacePay does not answer, refreshing says so and changes nothing', async () => {
    const { id } = await setup.makePayment('FLOW-DOWN')
    await eventually(async () => expect((await rowOf(id))?.api_read_at).toBeInstanceOf(Date))
    const before = await rowOf(id)
    const other = await syncSetup({ historyCount: 0, pageLimit: 1 })
    await other.gateway.close()
    const { db, now } = setup.dependencies
    const away = { db, now, gateway: other.gateway }
    expect(await refreshPayment(away, id)).toMatchObject({ outcome: 'unavailable' })
    expect(await rowOf(id)).toEqual(before)
    await other[Symbol.asyncDispose]()
  })

  test('an announcement that the API was asked about since is not asked about again', async () => {
    const { id } = await setup.makePayment('FLOW-TWICE')
    await eventually(async () => expect((await rowOf(id))?.api_read_at).toBeInstanceOf(Date))
    const { db, now, gateway } = setup.dependencies
    await eventually(async () => {
      const asked = setup.reads.length
      await refreshAnnounced({ db, now, gateway }, id)
      expect(setup.reads).toHaveLength(asked)
    })
    await db
      .updateTable('payment')
      .set({ api_read_at: new Date(0) })
      .where('id', '=', id)
      .execute()
    const asked = setup.reads.length
    await refreshAnnounced({ db, now, gateway }, id)
    expect(setup.reads.slice(asked)).toEqual([id])
  })

  async function rowOf(id: string) {
    const { db } = setup.dependencies
    return db.selectFrom('payment').selectAll().where('id', '=', id).executeTakeFirst()
  }
})

describe('over HTTP', () => {
  let setup: SyncSetup
  let desk: Desk
  beforeAll(async () => {
    setup = await syncSetup({ historyCount: 0, pageLimit: 100 })
    desk = await startDesk(setup)
  })
  afterAll(async () => {
    await desk.stop()
    await setup[Symbol.asyncDispose]()
  })

  test.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded', null])(
    'the bytes are taken as they come under content type %s',
    async (contentType) => {
      const body = '{ "type" : "merchant.updated",\t"data": {"a": 1.0} }\r\n'
      const headers = contentType === null ? {} : { 'content-type': contentType }
      expect(await post(Buffer.from(body), headers)).toEqual({
        status: 200,
        body: '{"received":true}',
      })
      const newest = await setup.dependencies.db
        .selectFrom('webhook_delivery')
        .select(['body'])
        .orderBy('id', 'desc')
        .executeTakeFirst()
      expect(newest?.body?.toString()).toBe(body)
    },
  )

  test('a body of 1 MB is refused with 413 and noted without its bytes; just below is taken', async () => {
    const padded = (bytes: number) => Buffer.from('{"type":"x"}'.padEnd(bytes, ' '))
    expect((await post(padded(1_048_576))).status).toBe(200)
    expect((await post(padded(1_048_577))).status).toBe(413)
    const noted = await setup.dependencies.db
      .selectFrom('webhook_quarantine')
      .select(['verdict', 'body', 'body_bytes'])
      .execute()
    expect(noted).toEqual([{ verdict: 'malformed', body: Buffer.alloc(0), body_bytes: 1_048_577 }])
  })

  test('a signature header sent twice is refused, never an error', async () => {
    const { headers } = signedNow(Buffer.from('{}'))
    const signature = String(headers['x-spacepay-signature'])
    expect(
      (await post(Buffer.from('{}'), { 'x-spacepay-signature': [signature, signature] })).status,
    ).toBe(401)
    expect((await post(Buffer.alloc(0), { 'x-spacepay-signature': '' })).status).toBe(401)
    expect((await post(Buffer.alloc(0))).status).toBe(400)
  })

  async function post(
    body: Buffer,
    changes: Record<string, string | string[]> = {},
  ): Promise<{ status: number | undefined; body: string }> {
    const { 'content-type': _, ...headers } = signedNow(body).headers
    const sent = request(desk.url, { method: 'POST' })
    for (const [name, value] of Object.entries({ ...headers, ...changes })) {
      if (value !== undefined) sent.setHeader(name, value)
    }
    sent.end(body)
    const [answer]: IncomingMessage[] = await once(sent, 'response')
    if (!answer) throw new Error('No answer came.')
    return { status: answer.statusCode, body: await text(answer) }
  }

  function signedNow(body: Buffer) {
    const timestamp = String(Math.floor(Date.now() / 1000))
    const eventId = crypto.randomUUID()
    return signed({ body, timestamp, eventId, secret: setup.webhookSecret })
  }
})

interface Desk {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** The parts of Desk that a webhook passes through, wired as `main` wires them. */
async function startDesk({ database, dependencies, webhookSecret }: SyncSetup): Promise<Desk> {
  const { db, gateway, now } = dependencies
  const log = { ...quietLog, debug: () => undefined }
  const pool = openPool({ connectionString: database.url, connectionsMax: 6, name: 'workers' })
  const workers = await startWorkers({
    pool,
    log,
    tasks: { 'payment.refresh': (id) => refreshAnnounced({ db, gateway, now }, id) },
  })
  const processing = startWebhookProcessing({
    db,
    now,
    log,
    requestRefresh: (trx, ids) => enqueue(trx, 'payment.refresh', ids),
    requestWithdrawalRefresh: async () => undefined,
  })
  const receiver = createWebhookReceiver({
    db,
    now,
    log,
    secrets: () => [webhookSecret],
    onStored: () => processing.wake(),
  })
  const http = Fastify()
  await http.register(webhookRoute, { receiver })
  await http.listen({ host: '127.0.0.1', port: 0 })
  return {
    url: `http://127.0.0.1:${portOf(http.server.address())}/webhooks/spacepay`,
    stop: async () => {
      await http.close()
      await processing.stop()
      await workers.stop()
      await pool.end()
    },
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new TypeError('not a TCP server')
  return address.port
}
