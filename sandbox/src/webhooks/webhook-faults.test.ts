import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type FaultScene, faultScene } from '../testing/fault-scene.ts'
import type { Received } from '../testing/receiver.ts'
import { until } from '../testing/sandbox-client.ts'

const secret = 'whsec_sandbox_desk'

/** The first webhook of a new payment under this fault, which is logged and kept as it was sent. */
async function firstUnder(
  scene: FaultScene,
  effect: Readonly<Record<string, unknown>>,
): Promise<{ got: Received; paymentId: string }> {
  await scene.fault({ on: 'webhook', effect, next: 1 })
  const { paymentId } = await scene.client.create()
  const [got] = await until(() =>
    scene.receiver.received.length > 0 ? scene.receiver.received : null,
  )
  if (!got) throw new Error('Nothing came.')
  const log = await scene.log()
  expect(log).toMatchObject([
    {
      effect: effect['kind'],
      operation: 'webhook',
      subjectId: paymentId,
      orderId: 'ORDER-8827',
      eventType: 'payment.created',
    },
  ])
  const attempt = await until(async () => {
    const { status, body } = await scene.client.get(
      `/__sandbox/webhooks/attempts/${String(log[0]?.['deliveryId'])}`,
    )
    return status === 200 ? body : null
  })
  expect(attempt).toMatchObject({
    eventId: log[0]?.['eventId'],
    faults: [effect['kind']],
    requestBody: got.rawBody,
  })
  return { got, paymentId }
}

function hmac(got: Received): string {
  const timestamp = String(got.headers['x-spacepay-timestamp'])
  return createHmac('sha256', secret).update(`${timestamp}.${got.rawBody}`).digest('hex')
}

describe('a webhook whose signature does not vouch for it', () => {
  test('signed with the secret of somebody else looks right and is not', async () => {
    await using scene = await faultScene()
    const { got } = await firstUnder(scene, { kind: 'wrong_secret' })
    expect(got.isSigned).toBe(false)
    expect(got.headers['x-spacepay-signature']).toMatch(/^[\da-f]{64}$/)
    expect(got.body).toMatchObject({ data: { payment: { amountInCents: 14_999 } } })
  })

  test.each([
    ['upper_case', (hex: string) => hex.toUpperCase()],
    ['prefixed', (hex: string) => `sha256=${hex}`],
    ['shortened', (hex: string) => hex.slice(0, 40)],
    ['not_hex', (hex: string) => Buffer.from(hex, 'hex').toString('base64')],
  ])('written %s is the right one in the wrong form', async (form, write) => {
    await using scene = await faultScene()
    const { got } = await firstUnder(scene, { kind: 'signature_form', form })
    expect(got.headers['x-spacepay-signature']).toBe(write(hmac(got)))
  })

  test('tampered with carries another amount than was signed', async () => {
    await using scene = await faultScene()
    const { got } = await firstUnder(scene, { kind: 'tamper' })
    expect(got.isSigned).toBe(false)
    expect(got.body).toMatchObject({ data: { payment: { amountInCents: 149_999 } } })
  })
})

describe('a webhook with strange headers', () => {
  test('a stale timestamp is old and signed as such', async () => {
    await using scene = await faultScene()
    const { got } = await firstUnder(scene, { kind: 'stale_timestamp', ms: 3_600_000 })
    expect(got.isSigned).toBe(true)
    const age = Date.now() / 1_000 - Number(got.headers['x-spacepay-timestamp'])
    expect(age).toBeGreaterThan(3_595)
    expect(age).toBeLessThan(3_610)
  })

  test.each([
    ['milliseconds', /^\d{13}$/],
    ['iso', /^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/],
  ])('a timestamp in %s is signed as it stands', async (form, shape) => {
    await using scene = await faultScene()
    const { got } = await firstUnder(scene, { kind: 'timestamp_form', form })
    expect(got.headers['x-spacepay-timestamp']).toMatch(shape)
    expect(got.isSigned).toBe(true)
  })

  const five = ['id', 'event-id', 'delivery-id', 'timestamp', 'signature']
  test.each([
    ['id', ['id']],
    ['event_id', ['event-id']],
    ['delivery_id', ['delivery-id']],
    ['timestamp', ['timestamp']],
    ['signature', ['signature']],
    ['all', five],
  ])('missing: %s', async (header, missing) => {
    await using scene = await faultScene()
    const { got } = await firstUnder(scene, { kind: 'missing_header', header })
    const there = five.filter((name) => `x-spacepay-${name}` in got.headers)
    expect(there).toStrictEqual(five.filter((name) => !missing.includes(name)))
  })
})

describe('a webhook with a strange body, and a signature that fits', () => {
  const cases: readonly (readonly [string, object, object])[] = [
    [
      'an unknown type',
      { kind: 'unknown_type' },
      { type: 'payment.reviewed', data: { payment: { status: 'pending' } } },
    ],
    [
      'a type of one’s own',
      { kind: 'unknown_type', type: 'dispute.opened' },
      { type: 'dispute.opened' },
    ],
    [
      'an unknown status',
      { kind: 'unknown_status', status: 'frozen' },
      { type: 'payment.created', data: { payment: { status: 'frozen' } } },
    ],
    [
      'unknown fields',
      { kind: 'unknown_fields' },
      { sandboxUnknown: {}, data: { payment: { sandboxUnknown: {}, status: 'pending' } } },
    ],
    [
      'the whole payment',
      { kind: 'payload', form: 'full' },
      { data: { payment: { quotes: [{}], depositAddress: {}, receipt: null, status: 'pending' } } },
    ],
  ]
  test.each(cases)('%s', async (_, effect, body) => {
    await using scene = await faultScene()
    const { got } = await firstUnder(scene, { ...effect })
    expect(got.isSigned).toBe(true)
    expect(got.body).toMatchObject(body)
  })

  test('cut in the middle', async () => {
    await using scene = await faultScene()
    const { got } = await firstUnder(scene, { kind: 'malformed' })
    expect(got.isSigned).toBe(true)
    expect(got.body).toBeNull()
    expect(got.rawBody.length).toBeGreaterThan(50)
  })

  test('a skewed clock moves the header and every instant', async () => {
    await using scene = await faultScene()
    const day = 86_400_000
    const { got, paymentId } = await firstUnder(scene, { kind: 'skew', ms: day })
    const { createdAt } = await scene.client.payment(paymentId)
    const moved = new Date(Date.parse(String(createdAt)) + day).toISOString()
    expect(got.isSigned).toBe(true)
    expect(got.body).toMatchObject({ timestamp: moved, data: { payment: { createdAt: moved } } })
    const ahead = Number(got.headers['x-spacepay-timestamp']) - Date.now() / 1_000
    expect(ahead).toBeGreaterThan(86_300)
  })

  test('of the integration page’s profile it is strange in both places', async () => {
    await using scene = await faultScene({ overrides: { profile: 'seed' } })
    await scene.fault({ on: 'webhook', effect: { kind: 'unknown_type' }, next: 1 })
    await scene.fault({ on: 'webhook', effect: { kind: 'unknown_status' }, next: 1 })
    await scene.client.post('/v1/external/secretkey-auth/payments', {
      amount: 5_000,
      currency: 'USD',
      orderId: 'ORDER-1',
    })
    const [got] = await until(() =>
      scene.receiver.received.length > 0 ? scene.receiver.received : null,
    )
    expect(got?.isSigned).toBe(true)
    expect(got?.body).toMatchObject({
      type: 'payment.reviewed',
      event: 'payment.reviewed',
      data: { status: 'on_hold', payment: { status: 'on_hold' } },
    })
  })
})

describe('how much a webhook tells', () => {
  test('is switched for all of them, and a single one may be the other way round', async () => {
    await using scene = await faultScene()
    const { received } = scene.receiver
    await scene.client.call('PATCH', '/__sandbox/switches', { body: { payload: 'full' } })
    const { paymentId } = await scene.client.create()
    await until(() => (received.length === 1 ? true : null))
    expect(received[0]?.body).toMatchObject({
      data: { payment: await scene.client.payment(paymentId) },
    })
    await scene.fault({ on: 'webhook', effect: { kind: 'payload', form: 'minimal' }, next: 1 })
    await scene.client.create()
    await until(() => (received.length === 2 ? true : null))
    expect(Object.keys(dataOf(received[1]))).toStrictEqual([
      'id',
      'merchantId',
      'type',
      'amountInCents',
      'amountDueCents',
      'currency',
      'status',
      'orderId',
      'createdAt',
    ])
    await scene.client.call('PATCH', '/__sandbox/switches', { body: { payload: 'minimal' } })
    await scene.client.create()
    await until(() => (received.length === 3 ? true : null))
    expect(dataOf(received[2])).not.toHaveProperty('quotes')
  })

  test('in full is the payment in the state of the event, even when it has moved on', async () => {
    await using scene = await faultScene()
    const { received } = scene.receiver
    await scene.fault({
      on: 'webhook',
      effect: { kind: 'delay', ms: 600_000 },
      eventType: 'payment.created',
      next: 1,
    })
    await scene.fault({
      on: 'webhook',
      effect: { kind: 'payload', form: 'full' },
      eventType: 'payment.created',
      next: 1,
    })
    const { paymentId } = await scene.client.create()
    await scene.client.simulate(paymentId, 'exact')
    await until(() => (received.length === 2 ? true : null))
    await scene.client.post('/__sandbox/clock/advance', { ms: 600_001 })
    await until(() => (received.length === 3 ? true : null))
    expect(received[2]?.body).toMatchObject({
      type: 'payment.created',
      data: { payment: { status: 'pending', receipt: expect.anything() } },
    })
  })

  test('has no turn when it would change nothing', async () => {
    await using scene = await faultScene()
    await scene.fault({ on: 'webhook', effect: { kind: 'payload', form: 'minimal' }, next: 1 })
    await scene.client.create()
    await until(() => (scene.receiver.received.length === 1 ? true : null))
    expect(await scene.log()).toStrictEqual([])
    expect(await scene.active()).toMatchObject([{ left: 1 }])
  })
})

function dataOf(got: Received | undefined): object {
  const body = got?.body
  if (typeof body !== 'object' || body === null || !('data' in body)) throw new Error('No data.')
  const { data } = body
  if (typeof data !== 'object' || data === null || !('payment' in data)) throw new Error('None.')
  const { payment } = data
  if (typeof payment !== 'object' || payment === null) throw new Error('No payment.')
  return payment
}
