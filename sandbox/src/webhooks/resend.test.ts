import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { otherMerchant } from '../registry/merchant.ts'
import { type FaultScene, faultScene } from '../testing/fault-scene.ts'
import { type Receiver, startReceiver } from '../testing/receiver.ts'
import { until } from '../testing/sandbox-client.ts'

const path = '/__sandbox/webhooks'
const named = z.looseObject({ id: z.string() })

/** Two endpoints that have heard of two payments. */
async function scene() {
  const second = await startReceiver('whsec_second_endpoint')
  const faults = await faultScene()
  const { client, receiver } = faults
  const added = await client.post(path, { url: second.url, secret: 'whsec_second_endpoint' })
  const first = await client.create({ orderId: 'ORDER-1' })
  await client.create({ orderId: 'ORDER-2' })
  await heard(receiver, 2)
  await heard(second, 2)
  return {
    client,
    receiver,
    second,
    secondId: named.parse(added.body).id,
    paymentId: first.paymentId,
    fault: faults.fault,
    resend: async (wish: Readonly<Record<string, unknown>>) => client.post(`${path}/resend`, wish),
    [Symbol.asyncDispose]: async () => {
      await faults[Symbol.asyncDispose]()
      await second[Symbol.asyncDispose]()
    },
  }
}

function heard(receiver: Receiver, count: number) {
  return until(() => (receiver.received.length >= count ? receiver.received : null))
}

function header(receiver: Receiver, index: number, name: string): string {
  return String(receiver.received[index]?.headers[`x-spacepay-${name}`])
}

describe('sending again', () => {
  test('one delivery reaches its endpoint alone, with the same event id and body and a new delivery id', async () => {
    await using here = await scene()
    const { second, receiver } = here
    const deliveryId = header(second, 0, 'delivery-id')
    await until(async () =>
      (await here.client.get(`${path}/attempts/${deliveryId}`)).status === 200 ? true : null,
    )
    expect((await here.resend({ deliveryId })).body).toStrictEqual({ events: 1, deliveries: 1 })
    await heard(second, 3)
    expect(header(second, 2, 'event-id')).toBe(header(second, 0, 'event-id'))
    expect(header(second, 2, 'delivery-id')).not.toBe(deliveryId)
    expect(second.received[2]?.rawBody).toBe(second.received[0]?.rawBody)
    expect(second.received[2]?.isSigned).toBe(true)
    expect(receiver.received).toHaveLength(2)
  })

  test('one event reaches every endpoint, or the one that is named', async () => {
    await using here = await scene()
    const eventId = header(here.receiver, 0, 'event-id')
    expect((await here.resend({ eventId })).body).toStrictEqual({ events: 1, deliveries: 2 })
    await heard(here.receiver, 3)
    await heard(here.second, 3)
    const again = await here.resend({ eventId, endpointId: here.secondId })
    expect(again.body).toStrictEqual({ events: 1, deliveries: 1 })
    await heard(here.second, 4)
    expect(here.receiver.received).toHaveLength(3)
  })

  test('one payment tells all of it and nothing of others', async () => {
    await using here = await scene()
    await here.client.simulate(here.paymentId, 'exact')
    await heard(here.receiver, 4)
    const { body } = await here.resend({ subjectId: here.paymentId })
    expect(body).toStrictEqual({ events: 3, deliveries: 6 })
    await heard(here.receiver, 7)
    const again = here.receiver.received.slice(4)
    expect(again.every(({ rawBody }) => rawBody.includes(here.paymentId))).toBe(true)
  })

  test('since a moment leaves out what happened before', async () => {
    await using here = await scene()
    await here.client.post('/__sandbox/clock/advance', { ms: 60_000 })
    const since = new Date(Date.now() + 59_000).toISOString()
    await here.client.create({ orderId: 'ORDER-3' })
    await heard(here.receiver, 3)
    expect((await here.resend({ since })).body).toStrictEqual({ events: 1, deliveries: 2 })
    await heard(here.receiver, 4)
    expect(here.receiver.received[3]?.rawBody).toContain('ORDER-3')
  })

  test('leaves tests out, which were for their moment', async () => {
    await using here = await scene()
    await here.client.post(`${path}/${here.secondId}/test`, {})
    const since = new Date(Date.now() - 60_000).toISOString()
    expect((await here.resend({ since })).body).toStrictEqual({ events: 2, deliveries: 4 })
    const deliveryId = header(here.second, 2, 'delivery-id')
    expect((await here.resend({ deliveryId })).status).toBe(404)
  })

  test('to a disabled endpoint is refused when it is named, and else leaves it out', async () => {
    await using here = await scene()
    const { secondId, resend } = here
    await here.client.call('PATCH', `${path}/${secondId}`, { body: { status: 'INACTIVE' } })
    const eventId = header(here.receiver, 0, 'event-id')
    const deliveryId = header(here.second, 0, 'delivery-id')
    for (const wish of [{ eventId, endpointId: secondId }, { deliveryId }]) {
      expect(await resend(wish)).toMatchObject({
        status: 409,
        body: { error: { code: 'endpoint_inactive' } },
      })
    }
    expect((await resend({ eventId })).body).toStrictEqual({ events: 1, deliveries: 1 })
  })

  test('to the endpoint of another merchant is refused', async () => {
    await using here = await scene()
    const { body } = await here.client.post(path, {
      url: 'https://other.example/hooks',
      merchantId: otherMerchant.id,
    })
    const eventId = header(here.receiver, 0, 'event-id')
    expect(await here.resend({ eventId, endpointId: named.parse(body).id })).toMatchObject({
      status: 409,
      body: { error: { code: 'endpoint_of_other_merchant' } },
    })
  })

  test.each([
    [{}, 400],
    [{ since: 'yesterday' }, 400],
    [{ eventId: 'evt_1', endpointId: 'nobody' }, 404],
    [{ deliveryId: 'nobody' }, 404],
  ])('%j answers %i', async (wish, status) => {
    await using here: Pick<FaultScene, 'client' | typeof Symbol.asyncDispose> = await faultScene()
    expect((await here.client.post(`${path}/resend`, wish)).status).toBe(status)
  })
})
