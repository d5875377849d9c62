import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { sweepOnce } from './attention/sweep.ts'
import type { Db } from './database.ts'
import { applyProjection } from './payments/apply-projection.ts'
import { verifyMirror } from './payments/verify-mirror.ts'
import { backfillPage } from './sync/backfill.ts'
import { sweepOpenPayments } from './sync/open-payments.ts'
import { sweepNewest } from './sync/sweep.ts'
import { allAtApi, quietLog, syncSetup, type SyncSetup } from './testing/sync-setup.ts'
import { eventually } from './testing/eventually.ts'
import { processDeliveries } from './webhooks/process-webhooks.ts'
import { createWebhookReceiver } from './webhooks/receive-webhook.ts'
import { refreshAnnounced } from './webhooks/refresh-announced.ts'

const minuteMs = 60_000
const always = new AbortController().signal

/**
 * An hour of a shop whose webhooks are dropped, doubled and sent in the wrong order, by a clock that Desk and
 * the sandbox share. The judge is the sandbox: its log of faults and of what it really sent, and its API.
 */
test('after an hour of bad webhooks the mirror is what the API says, and every fault stands in drift once', async () => {
  await using shop = await startShop()
  await shop.heardOnce()
  await shop.fault({ kind: 'reorder' }, 100)
  await shop.fault({ kind: 'drop' }, 5)
  await shop.fault({ kind: 'duplicate' }, 10)
  for (let round = 0; round < 12; round++) {
    const made = await Promise.all(
      outcomes.map((outcome) => shop.setup.makePayment(`TRUTH-${round}-${outcome}`)),
    )
    await shop.pass(minuteMs)
    for (const [index, outcome] of outcomes.entries()) {
      const id = made[index]?.id
      if (id !== undefined && outcome !== 'none') await shop.setup.act(id, outcome)
    }
    await shop.pass(minuteMs)
    await shop.pass(3 * minuteMs)
  }
  // The last of them expire, and what is missing by then is missed.
  for (let calm = 0; calm < 6; calm++) await shop.pass(10 * minuteMs)

  const { db } = shop.setup.database
  expect(await mirrored(db)).toEqual(await atApi(shop.setup))
  const told = await shop.told()
  const { log, sent } = told
  expect(new Set(log.map(({ effect }) => effect))).toEqual(
    new Set(['drop', 'duplicate', 'reorder']),
  )
  expect(sent.length).toBeGreaterThan(100)
  expect(await driftIn(db)).toEqual(expectedDrift(told))
  // Whatever was kept from arriving in its place is named, by the log of faults as by what arrived.
  const injected = new Set(
    log.filter(({ effect }) => effect !== 'duplicate').map(({ eventId }) => eventId),
  )
  const unnamed = sent.filter((event) => injected.has(event.id) && kindOf(event, sent) === null)
  expect(unnamed).toEqual([])
  expect(await shop.duplicatesStored()).toBe(
    log.filter(({ effect }) => effect === 'duplicate').length,
  )

  expect(await verifyMirror(db)).toMatchObject({ ok: true })
  const before = await mirrored(db)
  await rebuild(shop.setup)
  expect(await mirrored(db)).toEqual(before)
  expect(await verifyMirror(db)).toMatchObject({ ok: true })
}, 240_000)

const outcomes = ['exact', 'under', 'over', 'none'] as const

const hits = z.object({
  log: z.array(z.object({ effect: z.string(), subjectId: z.string(), eventId: z.string() })),
})
const attempts = z.object({
  data: z.array(
    z.object({ eventId: z.string(), at: z.iso.datetime(), status: z.number().nullable() }),
  ),
})
const events = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      subjectId: z.string(),
      createdAt: z.iso.datetime(),
      rawBody: z.string(),
    }),
  ),
})
const body = z.object({ data: z.object({ payment: z.object({ status: z.string() }) }) })

interface Told {
  readonly log: z.infer<typeof hits>['log']
  /** Every event of a payment with when it first arrived; null where it never did. */
  readonly sent: readonly {
    readonly id: string
    readonly paymentId: string
    readonly status: string
    readonly happenedAt: string
    readonly arrivedAt: string | null
  }[]
}

/** What has to stand in drift by what the sandbox did, and nothing else: `payment status kind`. */
function expectedDrift({ sent }: Told): string[] {
  return sent
    .slice(1)
    .flatMap((event) => {
      const kind = kindOf(event, sent)
      return kind === null ? [] : [`${event.paymentId} ${event.status} ${kind}`]
    })
    .toSorted()
}

function kindOf(event: Told['sent'][number], sent: Told['sent']): string | null {
  return expectedKind(
    event,
    sent.filter(({ paymentId }) => paymentId === event.paymentId),
  )
}

function expectedKind(event: Told['sent'][number], others: Told['sent']): string | null {
  const { arrivedAt, happenedAt } = event
  if (arrivedAt === null) {
    const isSilent = others.every((other) => other.arrivedAt === null)
    return isSilent && event.status === 'pending' ? 'never_announced' : 'webhook_missing'
  }
  const isOvertaken = others.some(
    (other) =>
      other.arrivedAt !== null && other.happenedAt > happenedAt && other.arrivedAt < arrivedAt,
  )
  if (isOvertaken) return 'out_of_order'
  return Date.parse(arrivedAt) - Date.parse(happenedAt) > 5 * minuteMs ? 'webhook_late' : null
}

async function driftIn(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('drift').select(['payment_id', 'status', 'kind']).execute()
  return rows.map(({ payment_id, status, kind }) => `${payment_id} ${status} ${kind}`).toSorted()
}

async function startShop() {
  let passedMs = 0
  const now = () => new Date(Date.now() + passedMs)
  const setup = await syncSetup({ historyCount: 0, pageLimit: 200, now, isSharedClock: true })
  const { db } = setup.database
  const asked = new Set<string>()
  const receiver = createWebhookReceiver({
    db,
    now,
    log: quietLog,
    secrets: () => [setup.webhookSecret],
    onStored: () => undefined,
  })
  const http = createServer((request, response) => {
    void buffer(request)
      .then((bytes) =>
        receiver.receive({
          headers: request.headers,
          body: bytes,
          bodyBytes: bytes.length,
          remoteAddress: null,
        }),
      )
      .then((answer) => response.writeHead(answer.status).end('{}'))
  })
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve)
  })
  const address = http.address()
  if (address === null || typeof address === 'string') throw new TypeError('not a TCP server')
  await setup.sendWebhooksTo(`http://127.0.0.1:${address.port}/`)
  while (await backfillPage(setup.dependencies));

  /** Everything that is on its way arrives; then Desk does what it does every minute. */
  const settle = async () => {
    await setup.control('clock/advance', { ms: 1 })
    await eventually(async () => {
      expect(await setup.control('webhooks/queue')).toMatchObject({ overdue: 0, inFlight: 0 })
    })
    const processing = {
      db,
      now,
      log: quietLog,
      requestRefresh: async (_trx: unknown, ids: readonly string[]) => {
        for (const id of ids) asked.add(id)
      },
      requestWithdrawalRefresh: async () => undefined,
    }
    while ((await processDeliveries(processing, 200)) > 0);
    for (const id of asked) await refreshAnnounced(setup.dependencies, id)
    asked.clear()
    await sweepNewest(setup.dependencies, always)
    while (await sweepOpenPayments(setup.dependencies, always));
    while (await sweepOnce({ db, now }));
  }
  return {
    setup,
    fault: (effect: object, percent: number) =>
      setup.control('faults', { on: 'webhook', effect, percent }),
    /** SpacePay's first webhook of all: from here on everything is to be announced. */
    heardOnce: async () => {
      await setup.makePayment('TRUTH-FIRST')
      await settle()
    },
    pass: async (milliseconds: number) => {
      passedMs += milliseconds
      await settle()
      // What was let go behind another one comes in a moment of its own.
      await settle()
    },
    told: async (): Promise<Told> => {
      const { log } = hits.parse(await setup.control('faults'))
      const tried = attempts.parse(
        await setup.control('webhooks/attempts?limit=50000&sortOrder=ASC'),
      )
      const happened = events.parse(
        await setup.control('webhooks/events?limit=50000&sortOrder=ASC'),
      )
      return {
        log,
        sent: happened.data.map((event) => ({
          id: event.id,
          paymentId: event.subjectId,
          status: body.parse(JSON.parse(event.rawBody)).data.payment.status,
          happenedAt: event.createdAt,
          arrivedAt:
            tried.data.find(({ eventId, status }) => eventId === event.id && status === 200)?.at ??
            null,
        })),
      }
    },
    duplicatesStored: async () => {
      const rows = await db
        .selectFrom('webhook_delivery')
        .select('id')
        .where('verdict', '=', 'duplicate')
        .execute()
      return rows.length
    },
    [Symbol.asyncDispose]: async () => {
      await new Promise((resolve) => http.close(resolve))
      await setup[Symbol.asyncDispose]()
    },
  }
}

/** Forgets the mirror, and derives it anew from everything that was ever learned. */
async function rebuild({ database }: SyncSetup): Promise<void> {
  await sql`truncate payment, quote, receipt`.execute(database.owner)
  const rows = await database.db.selectFrom('observation').select('payment_id').distinct().execute()
  await database.db.transaction().execute((trx) =>
    applyProjection(
      trx,
      rows.map((row) => row.payment_id),
    ),
  )
}

async function mirrored(db: Db) {
  const rows = await db
    .selectFrom('payment')
    .select(['id', 'status', 'amount_cents', 'net_cents', 'order_id', 'tx_hash'])
    .select(['received_base_units', 'deposit_address', 'merchant_fee_cents'])
    .execute()
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

async function atApi({ gateway }: SyncSetup) {
  const payments = [...(await allAtApi(gateway)).values()]
  return payments
    .map((told) => ({
      id: told.id,
      status: told.status,
      amount_cents: told.amountCents,
      net_cents: told.netCents,
      order_id: told.orderId,
      tx_hash: told.receipt?.txHash ?? null,
      received_base_units: told.receipt?.receivedBaseUnits ?? null,
      deposit_address: told.depositAddress,
      merchant_fee_cents: told.merchantFeeCents,
    }))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
}
