import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { startSandbox } from '@desk/sandbox/start-sandbox'
import { newPaymentInput, type NewPaymentInput } from '@desk/shared/payments/new-payment'
import { paymentId } from '@desk/shared/payments/payment'
import { createGateway } from '../gateway/gateway.ts'
import { memoryRateBudget } from '../gateway/rate-budget.ts'
import type { Attribution } from '../kernel/actor.ts'
import { actorWith } from '../kernel/context.fixtures.ts'
import { sealerFor } from '../kernel/sealed.ts'
import { testDatabase } from '../testing/test-database.ts'
import { quietLog } from '../testing/sync-setup.ts'
import { createPayment } from './create-payment.ts'
import { readPayerLink } from './payer-link.ts'
import { readPaymentKin } from './payment-creation.queries.ts'

const ada = actorWith(['support'])
const by: Attribution = { actor: ada, address: null, requestId: 'req-1', at: new Date() }

function wishOf(part: Partial<z.input<typeof newPaymentInput>> = {}): NewPaymentInput {
  return newPaymentInput.parse({
    attempt: randomUUID(),
    type: 'payment',
    amountCents: 14_999,
    orderId: 'ORDER-8827',
    redirectUrl: 'https://shop.example/thanks',
    metadata: [{ key: 'customer_id', value: 'cus_51' }],
    customerRefId: null,
    madeFrom: null,
    ...part,
  })
}

/** A Desk's database and a SpacePay, and what they say of payments. */
async function shop() {
  const [database, spacepay] = await Promise.all([
    testDatabase(),
    startSandbox({ overrides: { echoMetadata: false } }),
  ])
  await database.owner
    .insertInto('person')
    .values({ id: ada.userId, name: ada.name, email: ada.email, created_at: by.at })
    .execute()
  const waiting = { now: () => new Date(), sleep: async () => undefined }
  const sealer = sealerFor('a key of a test', 'payer link')
  /** As a Desk that has just started: it holds nothing against SpacePay yet. */
  const make = async (wish: NewPaymentInput, askedBy = String(ada.userId)) => {
    const gateway = createGateway({
      baseUrl: spacepay.url,
      secretKey: spacepay.secretKey,
      budget: memoryRateBudget({ perSecond: 10_000, burst: 10_000 }, waiting),
      log: quietLog,
      sleep: waiting.sleep,
    })
    const now = () => new Date()
    const desk = { db: database.db, gateway, sealer, now, pause: async (ms: number) => pause(ms) }
    try {
      return await createPayment(desk, { wish, askedBy }, by)
    } finally {
      await gateway.close()
    }
  }
  const control = async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${spacepay.url}/__sandbox/${path}`, {
      method,
      ...(body && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    })
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  }
  const list = z.object({ pagination: z.object({ total: z.number() }) })
  return {
    database,
    control,
    links: { db: database.db, sealer },
    make,
    /** How many payments SpacePay has. */
    count: async () => {
      const answer = await fetch(`${spacepay.url}/v1/external/secretkey-auth/payments`, {
        headers: { 'X-SpacePay-Secret-Key': spacepay.secretKey },
      })
      return list.parse(await answer.json()).pagination.total
    },
    entries: async () => {
      const rows = await database.owner
        .selectFrom('audit_entry')
        .select(['action', 'subject_id'])
        .orderBy('seq')
        .execute()
      return rows.map(({ action }) => action)
    },
    [Symbol.asyncDispose]: async () => {
      await spacepay.close()
      await database[Symbol.asyncDispose]()
    },
  }
}

describe('a payment made in Desk', () => {
  test('is in the mirror at once, with the metadata that SpacePay does not repeat', async () => {
    await using place = await shop()
    const made = await place.make(wishOf())
    const row = await place.database.db
      .selectFrom('payment')
      .select(['status', 'amount_cents', 'order_id', 'custom_metadata', 'redirect_url'])
      .where('id', '=', made.paymentId)
      .executeTakeFirstOrThrow()
    expect(row).toEqual({
      status: 'pending',
      amount_cents: 14_999,
      order_id: 'ORDER-8827',
      custom_metadata: '{"customer_id":"cus_51"}',
      redirect_url: 'https://shop.example/thanks',
    })
    expect(await place.entries()).toEqual(['payment.create'])
  })

  test('is one, however often the form is sent', async () => {
    await using place = await shop()
    const wish = wishOf()
    const made = await Promise.all([place.make(wish), place.make(wish), place.make(wish)])
    const again = await place.make(wish)
    expect(new Set([...made, again].map(({ paymentId }) => paymentId)).size).toBe(1)
    expect(await place.count()).toBe(1)
    expect(await place.entries()).toEqual(['payment.create'])
  })

  test.each([
    ['the answer is lost', { kind: 'reset' }],
    ['the answer is cut', { kind: 'truncated' }],
    ['SpacePay says 502 after it took effect', { kind: 'status', status: 502 }],
  ])('is one when %s and it is sent again', async (_case, effect) => {
    await using place = await shop()
    const wish = wishOf()
    // As often as the gateway itself tries.
    await place.control('POST', 'faults', {
      on: 'payments.create',
      phase: 'after',
      effect,
      percent: 100,
    })
    await expect(place.make(wish)).rejects.toMatchObject({ code: 'payment_unclear' })
    await place.control('DELETE', 'faults')
    await place.make(wish)
    expect(await place.count()).toBe(1)
    expect(await place.entries()).toEqual(['payment.create'])
  })

  test('is refused in SpacePay’s words, by field, and stays so', async () => {
    await using place = await shop()
    const wish = wishOf({ type: 'deposit', amountCents: null, orderId: 'D-1' })
    const refusal = { code: 'payment_refused.type', message: /Deposits are not enabled/ }
    await place.control('PATCH', 'switches', { depositsEnabled: false })
    await expect(place.make(wish)).rejects.toMatchObject({ code: refusal.code })
    await expect(place.make(wish)).rejects.toThrow(refusal.message)
    await place.control('PATCH', 'switches', { depositsEnabled: true })
    await expect(place.make(wish)).rejects.toMatchObject({ code: refusal.code })
    await place.make({ ...wish, attempt: randomUUID() })
    expect(await place.count()).toBe(1)
  })

  test('is not the payment of another form or another person', async () => {
    await using place = await shop()
    const wish = wishOf()
    await place.make(wish)
    const used = { code: 'attempt_used' }
    await expect(place.make({ ...wish, orderId: 'OTHER' })).rejects.toMatchObject(used)
    await expect(place.make(wish, 'u_other')).rejects.toMatchObject(used)
  })

  test('knows what it was made from, and that knows it', async () => {
    await using place = await shop()
    const old = (await place.make(wishOf())).paymentId
    const fresh = (await place.make(wishOf({ madeFrom: old }))).paymentId
    const { db } = place.database
    expect(await readPaymentKin(db, old)).toEqual({
      madeFrom: null,
      followedBy: [fresh],
      madeBy: 'Ada',
      hasLink: true,
    })
    expect(await readPaymentKin(db, fresh)).toMatchObject({ madeFrom: old, followedBy: [] })
  })

  test('has a link that lies encrypted, and whoever reads it is written down', async () => {
    await using place = await shop()
    const made = await place.make(wishOf())
    const rows = await place.database.owner.selectFrom('payment_creation').selectAll().execute()
    expect(JSON.stringify(rows)).not.toContain('secret=')
    const { url } = await readPayerLink(place.links, made.paymentId, by)
    expect(url).toContain(`/checkout?paymentId=${made.paymentId}&secret=`)
    expect(await place.entries()).toEqual(['payment.create', 'payment.read_link'])
  })

  test('alone has a link', async () => {
    await using place = await shop()
    const elsewhere = paymentId.parse('pay_x')
    await expect(readPayerLink(place.links, elsewhere, by)).rejects.toMatchObject({
      code: 'no_payer_link',
    })
  })
})

describe('what is asked for', () => {
  test.each([
    ['too small an amount', { amountCents: 399 }, 'amountCents'],
    ['a payment without an amount', { amountCents: null }, 'amountCents'],
    ['a deposit with one', { type: 'deposit' }, 'amountCents'],
    ['an order id too long', { orderId: 'x'.repeat(256) }, 'orderId'],
    [
      'a return address that is none of the web',
      { redirectUrl: 'javascript:alert(1)' },
      'redirectUrl',
    ],
    ['a customer of a payment', { customerRefId: 'cus_1' }, 'customerRefId'],
    ['too much metadata', { metadata: [{ key: 'a', value: 'x'.repeat(2_041) }] }, 'metadata'],
    [
      'a name twice',
      {
        metadata: [
          { key: 'a', value: '1' },
          { key: 'a', value: '2' },
        ],
      },
      'metadata',
    ],
  ] as const)('is refused by field: %s', (_case, part, field) => {
    const sent = { ...wishOf(), ...part }
    const read = newPaymentInput.safeParse(sent)
    expect(read.error?.issues.map(({ path }) => path[0])).toEqual([field])
  })
})
