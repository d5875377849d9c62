import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type FaultScene, faultScene } from '../testing/fault-scene.ts'
import { until } from '../testing/sandbox-client.ts'

const told = z.object({
  type: z.string(),
  data: z.object({ payment: z.looseObject({ id: z.string(), status: z.string() }) }),
})

/** What was told so far, in the order it came. */
function heard(scene: FaultScene): string[] {
  return scene.receiver.received.map(({ body }) => {
    const { type, data } = told.parse(body)
    return `${type} ${data.payment.status}`
  })
}

function eventIds(scene: FaultScene): unknown[] {
  return scene.receiver.received.map(({ headers }) => headers['x-spacepay-event-id'])
}

const whole = ['payment.created pending', 'payment.updated processing', 'payment.updated completed']

describe('a reordered webhook', () => {
  test('goes out after the next one of the same payment', async () => {
    await using scene = await faultScene()
    await scene.fault({
      on: 'webhook',
      effect: { kind: 'reorder' },
      eventType: 'payment.updated',
      next: 1,
    })
    const { paymentId } = await scene.client.create()
    await scene.client.simulate(paymentId, 'exact')
    await until(() => (scene.receiver.received.length === 3 ? true : null))
    expect(heard(scene)).toStrictEqual([whole[0], whole[2], whole[1]])
    expect(await scene.log()).toMatchObject([{ effect: 'reorder', subjectId: paymentId }])
  })

  test('overtakes nothing twice: where all are to be reordered, they swap places two by two', async () => {
    await using scene = await faultScene()
    const reorder = { kind: 'reorder', ms: 60_000 }
    await scene.fault({ on: 'webhook', effect: reorder, percent: 100 })
    const { paymentId } = await scene.client.create()
    await until(async () => ((await scene.log()).length === 1 ? true : null))
    await scene.client.post(`/__sandbox/payments/${paymentId}/simulate`, { outcome: 'expire' })
    await until(() => (heard(scene).length === 2 ? true : null))
    expect(heard(scene)).toStrictEqual(['payment.updated expired', whole[0]])
    expect(await scene.log()).toHaveLength(1)
  })

  test('waits for its own payment only, and goes out alone after a while', async () => {
    await using scene = await faultScene()
    const reorder = { kind: 'reorder', ms: 3_600_000 }
    await scene.fault({ on: 'webhook', effect: reorder, next: 1 })
    const held = await scene.client.create({ orderId: 'ORDER-HELD', type: 'deposit' })
    await scene.client.create({ orderId: 'ORDER-OTHER' })
    await until(() => (scene.receiver.received.length === 1 ? true : null))
    expect(JSON.stringify(scene.receiver.received)).not.toContain('ORDER-HELD')
    await scene.client.post('/__sandbox/clock/advance', { ms: 1_000_000 })
    expect(JSON.stringify(scene.receiver.received)).not.toContain('ORDER-HELD')
    await scene.client.post(`/__sandbox/payments/${held.paymentId}/simulate`, { outcome: 'expire' })
    await until(() => (heard(scene).length === 3 ? true : null))
    expect(scene.receiver.received.map(({ rawBody }) => rawBody.includes('HELD'))).toStrictEqual([
      false,
      true,
      true,
    ])
    expect(heard(scene).slice(1)).toStrictEqual(['payment.updated expired', whole[0]])
  })

  test('that nothing follows goes out when its time is over', async () => {
    await using scene = await faultScene()
    await scene.fault({ on: 'webhook', effect: { kind: 'reorder', ms: 60_000 }, next: 1 })
    await scene.client.create()
    await until(async () => ((await scene.log()).length === 1 ? true : null))
    await scene.client.post('/__sandbox/clock/advance', { ms: 59_000 })
    expect(heard(scene)).toStrictEqual([])
    await scene.client.post('/__sandbox/clock/advance', { ms: 1_001 })
    await until(() => (heard(scene).length === 1 ? true : null))
  })
})

describe('a delayed webhook', () => {
  test('waits a time from the range, goes out once, and lets the later ones pass', async () => {
    await using scene = await faultScene()
    const effect = { kind: 'delay', ms: 60_000, msMax: 120_000 }
    await scene.fault({ on: 'webhook', effect, eventType: 'payment.created', percent: 100 })
    const { paymentId } = await scene.client.create()
    await scene.client.simulate(paymentId, 'exact')
    await until(() => (heard(scene).length === 2 ? true : null))
    const [struck] = await scene.log()
    const ms = Number.parseInt(struck?.detail ?? '', 10)
    expect(ms).toBeGreaterThanOrEqual(60_000)
    expect(ms).toBeLessThanOrEqual(120_000)
    await scene.client.post('/__sandbox/clock/advance', { ms: 120_000 })
    await until(() => (heard(scene).length === 3 ? true : null))
    expect(heard(scene)).toStrictEqual([whole[1], whole[2], whole[0]])
    expect(await scene.log()).toHaveLength(1)
  })
})

describe('a dropped webhook', () => {
  test('never comes, is no failure to the service, and the others come', async () => {
    await using scene = await faultScene()
    await scene.fault({
      on: 'webhook',
      effect: { kind: 'drop' },
      eventType: 'payment.updated',
      next: 1,
    })
    // What was swallowed cannot be changed on its way as well.
    await scene.fault({
      on: 'webhook',
      effect: { kind: 'tamper' },
      eventType: 'payment.updated',
      next: 1,
    })
    const { paymentId } = await scene.client.create()
    await scene.client.simulate(paymentId, 'exact')
    await until(() => (heard(scene).length === 2 ? true : null))
    expect(heard(scene)).toStrictEqual([whole[0], whole[2]])
    expect(scene.receiver.received.map(({ isSigned }) => isSigned)).toStrictEqual([true, false])
    expect((await scene.log()).map(({ effect }) => effect)).toStrictEqual(['drop', 'tamper'])
    const { body } = await until(async () => {
      const answer = await scene.client.get('/__sandbox/webhooks')
      return JSON.stringify(answer.body).includes('"waiting":0') ? answer : null
    })
    expect(body).toMatchObject({
      data: [{ stats: { delivered: 2, dropped: 1, failed: 0, waiting: 0, attempts: 2 } }],
    })
  })
})

describe('a duplicated webhook', () => {
  test('comes as often as was said, each time under a delivery id of its own', async () => {
    await using scene = await faultScene()
    await scene.fault({ on: 'webhook', effect: { kind: 'duplicate', copies: 3 }, next: 1 })
    await scene.client.create()
    const { received } = scene.receiver
    await until(() => (received.length === 3 ? true : null))
    expect(new Set(eventIds(scene)).size).toBe(1)
    expect(new Set(received.map(({ headers }) => headers['x-spacepay-delivery-id'])).size).toBe(3)
    expect(received.every(({ isSigned }) => isSigned)).toBe(true)
    expect(await scene.log()).toMatchObject([
      { detail: '3 copies', deliveryId: received[0]?.headers['x-spacepay-delivery-id'] },
    ])
  })
})

describe('the undocumented payment.confirmed', () => {
  test('comes beside the completion, with an event id of its own, and with nothing else', async () => {
    await using scene = await faultScene()
    await scene.fault({ on: 'webhook', effect: { kind: 'confirmed_event' }, percent: 100 })
    const { paymentId } = await scene.client.create()
    await scene.client.simulate(paymentId, 'exact')
    await until(() => (heard(scene).length === 4 ? true : null))
    expect(heard(scene).toSorted()).toStrictEqual([
      'payment.confirmed completed',
      ...whole.toSorted(),
    ])
    expect(new Set(eventIds(scene)).size).toBe(4)
    expect(scene.receiver.received.every(({ isSigned }) => isSigned)).toBe(true)
    expect(await scene.log()).toHaveLength(1)
  })
})

describe('a fault on webhooks', () => {
  test('may be limited to one payment', async () => {
    await using scene = await faultScene()
    await scene.fault({
      on: 'webhook',
      effect: { kind: 'drop' },
      percent: 100,
      subject: '-LOST',
    })
    await scene.client.create({ orderId: 'ORDER-1-LOST' })
    await scene.client.create({ orderId: 'ORDER-2' })
    await until(async () =>
      heard(scene).length === 1 && (await scene.log()).length === 1 ? true : null,
    )
    expect(JSON.stringify(scene.receiver.received)).toContain('ORDER-2')
    expect(await scene.log()).toMatchObject([{ orderId: 'ORDER-1-LOST' }])
  })

  test('strikes an attempt, so the repeat is whole again', async () => {
    await using scene = await faultScene()
    scene.receiver.answerNext([{ status: 401 }])
    await scene.fault({ on: 'webhook', effect: { kind: 'wrong_secret' }, next: 1 })
    await scene.client.create()
    const { received } = scene.receiver
    await until(() => (received.length === 2 ? true : null))
    expect(received.map(({ isSigned }) => isSigned)).toStrictEqual([false, true])
    expect(new Set(eventIds(scene)).size).toBe(1)
  })

  test('strikes together with others that leave it something to change', async () => {
    await using scene = await faultScene()
    for (const effect of [
      { kind: 'signature_form', form: 'prefixed' },
      { kind: 'missing_header', header: 'signature' },
      { kind: 'unknown_status' },
    ]) {
      await scene.fault({ on: 'webhook', effect, next: 1 })
    }
    await scene.client.create()
    const { received } = scene.receiver
    await until(() => (received.length === 1 ? true : null))
    expect(received[0]?.headers).not.toHaveProperty('x-spacepay-signature')
    expect(received[0]?.rawBody).toContain('on_hold')
    // A signature that is not sent cannot be written wrongly.
    expect((await scene.log()).map(({ effect }) => effect)).toStrictEqual([
      'unknown_status',
      'missing_header',
    ])
  })
})
