import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type FaultScene, faultScene } from '../testing/fault-scene.ts'
import { clientOf, paymentsPath, withdrawalsPath } from '../testing/sandbox-client.ts'

const listed = z.object({
  data: z.array(
    z.looseObject({ id: z.string(), orderId: z.string().nullable(), status: z.string() }),
  ),
  pagination: z.looseObject({ total: z.number(), offset: z.number(), hasMore: z.boolean() }),
})
const path = '/v1/external/payment-secret-auth/payments'

async function withPayments(scene: FaultScene, count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) {
    await scene.client.create({ orderId: `ORDER-${number}` })
  }
}

async function page(scene: FaultScene, query: string) {
  return listed.parse((await scene.client.get(`${paymentsPath}?${query}`)).body)
}

describe('an unknown status', () => {
  test('stands in what is listed, read, created and asked for by the payer; the payment itself is unharmed', async () => {
    await using scene = await faultScene()
    await scene.fault({ on: 'any', effect: { kind: 'unknown_status' }, percent: 100 })
    const made = await scene.client.create()
    const asPayer = { 'X-SpacePay-Payment-Secret': made.secret }
    expect(made).toMatchObject({ status: 'on_hold', payment: { status: 'on_hold' } })
    expect(await scene.client.payment(made.paymentId)).toMatchObject({ status: 'on_hold' })
    expect((await page(scene, '')).data).toMatchObject([{ status: 'on_hold' }])
    const status = await scene.client.get(`${path}/${made.paymentId}/status`, asPayer)
    expect(status.body).toMatchObject({ status: 'on_hold' })
    const quotes = await scene.client.get(`${path}/${made.paymentId}/quotes`, asPayer)
    expect(quotes.body).toMatchObject([{ status: 'on_hold' }])
    expect(await scene.log()).toHaveLength(5)

    await scene.client.call('DELETE', '/__sandbox/faults')
    expect(await scene.client.payment(made.paymentId)).toMatchObject({ status: 'pending' })
  })

  test('may be any word, and stand in the first row of a list alone', async () => {
    await using scene = await faultScene()
    await withPayments(scene, 3)
    await scene.fault({
      on: 'payments.list',
      effect: { kind: 'unknown_status', status: 'frozen', which: 'first' },
      next: 1,
    })
    const { data } = await page(scene, '')
    expect(data.map(({ status }) => status)).toStrictEqual(['frozen', 'pending', 'pending'])
  })

  test('waits for an answer that has a status', async () => {
    await using scene = await faultScene()
    await scene.fault({ on: 'any', effect: { kind: 'unknown_status' }, next: 1 })
    await page(scene, '')
    await scene.client.get('/v1/external/chains')
    await scene.client.get(`${paymentsPath}/unknown`)
    expect(await scene.log()).toStrictEqual([])
    await scene.client.create()
    expect(await scene.log()).toHaveLength(1)
    expect(await scene.active()).toStrictEqual([])
  })
})

test('unknown fields stand in every object, beside everything that is documented', async () => {
  await using scene = await faultScene()
  const { paymentId } = await scene.client.create()
  const plain = await scene.client.payment(paymentId)
  await scene.fault({ on: 'payments.get', effect: { kind: 'unknown_fields' }, next: 1 })
  const strange = await scene.client.payment(paymentId)
  expect(strange).toMatchObject(plain)
  const sandboxUnknown = { note: expect.any(String), list: [1, 'two', null] }
  expect(strange).toMatchObject({
    sandboxUnknown,
    depositAddress: { sandboxUnknown },
    quotes: [{ sandboxUnknown, token: { sandboxUnknown } }],
  })
})

test.each([
  ['amountInCents', 5_001],
  ['recipientAddress', '0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359'],
  ['chainId', 1],
  ['orderId', 'SOMEBODY-ELSES'],
])('an answer may say another %s than the withdrawal has', async (field, told) => {
  await using scene = await faultScene()
  const wish = {
    amountInCents: 5_000,
    chainId: 84532,
    recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
    orderId: 'PAYOUT-1',
  }
  await scene.fault({
    on: 'withdrawals.create',
    effect: { kind: 'other_content', field },
    next: 1,
  })
  const { body } = await scene.client.post(withdrawalsPath, wish)
  expect(body).toMatchObject({ ...wish, [field]: told })
  const { body: ledger } = await scene.client.get('/__sandbox/ledger')
  expect(ledger).toMatchObject({ entries: [wish] })
  expect(
    (await scene.order({ on: 'payments.create', effect: { kind: 'other_content' }, next: 1 }))
      .status,
  ).toBe(400)
})

describe('pages that shift', () => {
  test('between two of them show a client rows twice and hide others from it', async () => {
    await using scene = await faultScene()
    await withPayments(scene, 6)
    await scene.client.get(`${paymentsPath}?limit=2&offset=0`)
    await scene.fault({ on: 'payments.list', effect: { kind: 'shift', rows: -1 }, next: 1 })
    const walked: string[] = []
    for (const offset of [0, 2, 4]) {
      const { data, pagination } = await page(scene, `limit=2&offset=${offset}`)
      expect(pagination).toMatchObject({ offset, total: 6, hasMore: offset < 4 })
      walked.push(...data.map(({ orderId }) => String(orderId)))
    }
    expect(walked).toStrictEqual(['ORDER-6', 'ORDER-5', 'ORDER-5', 'ORDER-4', 'ORDER-2', 'ORDER-1'])
    expect(await scene.log()).toMatchObject([
      { effect: 'shift', detail: 'offset 1 instead of 2', operation: 'payments.list' },
    ])
  })

  test('claim in every figure to be the page that was asked for', async () => {
    await using scene = await faultScene()
    await withPayments(scene, 6)
    await scene.fault({ on: 'payments.list', effect: { kind: 'shift', rows: -2 }, next: 1 })
    const asked = 'limit=2&offset=4'
    const shifted = await page(scene, asked)
    expect(shifted.data.map(({ orderId }) => orderId)).toStrictEqual(['ORDER-4', 'ORDER-3'])
    expect(shifted.pagination).toStrictEqual((await page(scene, asked)).pagination)
  })

  test('have no turn when the answer is lost on its way', async () => {
    await using scene = await faultScene()
    await withPayments(scene, 3)
    await scene.fault({ on: 'payments.list', effect: { kind: 'shift', rows: 1 }, next: 1 })
    const lost = { kind: 'status', status: 502 }
    await scene.fault({ on: 'payments.list', effect: lost, phase: 'after', next: 1 })
    expect((await scene.client.get(paymentsPath)).status).toBe(502)
    expect((await scene.log()).map(({ effect }) => effect)).toStrictEqual(['status'])
    expect((await page(scene, '')).data).toHaveLength(2)
    expect(await scene.log()).toHaveLength(2)
  })

  test('forwards hide rows', async () => {
    await using scene = await faultScene()
    await withPayments(scene, 4)
    await scene.fault({ on: 'payments.list', effect: { kind: 'shift', rows: 1 }, next: 1 })
    const { data, pagination } = await page(scene, 'limit=2')
    expect(data.map(({ orderId }) => orderId)).toStrictEqual(['ORDER-3', 'ORDER-2'])
    expect(pagination).toMatchObject({ offset: 0, currentPage: 1, hasMore: true })
  })

  test('are the withdrawals’ too', async () => {
    await using scene = await faultScene()
    for (const orderId of ['PAYOUT-1', 'PAYOUT-2']) {
      await scene.client.post(withdrawalsPath, {
        amountInCents: 5_000,
        chainId: 84532,
        recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
        orderId,
      })
    }
    await scene.fault({ on: 'withdrawals.list', effect: { kind: 'shift', rows: 1 }, next: 1 })
    const { body } = await scene.client.get(withdrawalsPath)
    expect(body).toMatchObject({
      data: [{ orderId: 'PAYOUT-1' }],
      pagination: { offset: 0, total: 2 },
    })
  })

  test('have no turn where no row is, at the start of a list that moves back, or when the query is refused', async () => {
    await using scene = await faultScene()
    await scene.fault({ on: 'payments.list', effect: { kind: 'shift', rows: 1 }, next: 1 })
    await page(scene, 'limit=2')
    await withPayments(scene, 2)
    await scene.client.get(`${paymentsPath}?limit=2&status=lost`)
    await page(scene, 'limit=2&offset=7')
    expect(await scene.log()).toStrictEqual([])
    expect(await scene.active()).toMatchObject([{ left: 1 }])
    await scene.client.call('DELETE', '/__sandbox/faults')
    await scene.fault({ on: 'payments.list', effect: { kind: 'shift', rows: -1 }, next: 1 })
    await page(scene, 'limit=2')
    expect(await scene.log()).toStrictEqual([])
  })
})

test('a skewed clock is in the Date header and in every instant, and in nothing else', async () => {
  await using scene = await faultScene()
  const { paymentId } = await scene.client.create({
    customMetadata: '{"createdAt":"2026-01-01T00:00:00.000Z"}',
  })
  const plain = await scene.client.payment(paymentId)
  const hour = 3_600_000
  await scene.fault({ on: 'payments.get', effect: { kind: 'skew', ms: -hour }, next: 1 })
  const answer = await scene.client.get(`${paymentsPath}/${paymentId}`)
  const off = Date.parse(answer.headers.get('date') ?? '') - Date.now()
  expect(Math.abs(off + hour)).toBeLessThan(5_000)
  const moved = JSON.stringify(plain).replaceAll(
    /"(createdAt|expiresAt)":"([^"]+)"/g,
    (_, name: string, at: string) => `"${name}":"${new Date(Date.parse(at) - hour).toISOString()}"`,
  )
  expect(answer.body).toStrictEqual(JSON.parse(moved))
  expect(await scene.client.payment(paymentId)).toStrictEqual(plain)
})

test('a fault in the answer of a refused call waits for one that took effect', async () => {
  await using scene = await faultScene()
  await scene.fault({
    on: 'payments.list',
    effect: { kind: 'status', status: 500 },
    phase: 'after',
    next: 1,
  })
  const stranger = clientOf({ ...scene.sandbox, secretKey: 'sk_test_of_nobody' })
  expect((await stranger.get(paymentsPath)).status).toBe(401)
  expect(await scene.log()).toStrictEqual([])
  expect((await scene.client.get(paymentsPath)).status).toBe(500)
})
