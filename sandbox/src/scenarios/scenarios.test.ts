import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { paymentsPath, until } from '../testing/sandbox-client.ts'
import { countBy, MINUTE, statusOf, training } from '../testing/training.ts'

const HOUR = 60 * MINUTE

describe('the scenarios', () => {
  test('are listed with what to notice and what to do, and none is running', async () => {
    await using here = await training()
    const { body } = await here.client.get('/__sandbox/scenarios')
    const text = expect.stringMatching(/^.{40,}$/)
    expect(body).toMatchObject({
      data: [
        'quiet-day',
        'campaign',
        'provider-outage',
        'stolen-webhook-secret',
        'stuck-network',
      ].map((name) => ({ name, state: 'idle', description: text, notice: text, respond: text })),
    })
  })

  test('run once at a time each, beside one another, for as long as asked', async () => {
    await using here = await training()
    await here.start('quiet-day', { minutes: 5 })
    expect((await here.client.post('/__sandbox/scenarios/quiet-day', {})).status).toBe(409)
    await here.start('stuck-network', { minutes: 20 })
    await here.live(6 * MINUTE)
    expect((await here.state('quiet-day')).state).toBe('idle')
    expect((await here.state('stuck-network')).state).toBe('running')
    await here.start('quiet-day')
  })

  test('refuse unknown names, wishes out of range, and being stopped when they do not run', async () => {
    await using here = await training()
    const post = async (name: string, body: unknown) =>
      (await here.client.post(`/__sandbox/scenarios/${name}`, body)).status
    expect(await post('flood', {})).toBe(404)
    expect(await post('campaign', { minutes: 0 })).toBe(400)
    expect(await post('campaign', { minutes: 100_000 })).toBe(400)
    expect(await post('campaign', { pace: 'fast' })).toBe(400)
    expect(await post('campaign', { speed: 2 })).toBe(400)
    expect((await here.stop('campaign')).status).toBe(409)
    expect((await here.stop('flood')).status).toBe(404)
  })

  test('end with a sandbox that starts over', async () => {
    await using here = await training()
    await here.start('provider-outage')
    await here.start('stuck-network')
    await here.client.post('/__sandbox/reset', {})
    expect((await here.state('provider-outage')).state).toBe('idle')
    expect((await here.client.get(paymentsPath)).status).toBe(200)
    const { paymentId } = await here.client.create({ orderId: 'ORDER-1-EXACT' })
    await here.live(MINUTE)
    expect((await here.client.payment(paymentId)).status).toBe('completed')
    await until(() => here.told().find(({ payment }) => payment.id === paymentId) ?? null)
  })

  test('may be chosen for the start', async () => {
    await using here = await training({ overrides: { scenario: 'stuck-network' } })
    expect((await here.state('stuck-network')).state).toBe('running')
  })
})

describe('quiet-day', () => {
  test('brings a few payments an hour with normal ends, and then nothing', async () => {
    await using here = await training()
    await here.start('quiet-day')
    await here.live(8 * HOUR)
    const made = await here.payments()
    expect(made.length).toBeGreaterThan(15)
    expect(made.length).toBeLessThan(50)
    await here.live(2 * HOUR)
    const after = await here.payments()
    expect(after).toHaveLength(made.length)
    const ends = new Set(after.map(({ status }) => status))
    expect(ends.isSubsetOf(new Set(['completed', 'expired']))).toBe(true)
    expect(ends.has('completed')).toBe(true)
  })

  test('keeps the usual trickle away', async () => {
    await using here = await training({ overrides: { traffic: true } })
    await here.start('quiet-day')
    for (let minute = 0; minute < 60; minute += 1) await here.live(MINUTE)
    expect((await here.payments()).length).toBeLessThan(8)
    await here.stop('quiet-day')
    for (let minute = 0; minute < 60; minute += 1) await here.live(MINUTE)
    expect((await here.payments()).length).toBeGreaterThan(30)
  })
})

describe('campaign', () => {
  test('sells one product every few seconds to returning customers, with every kind of end', async () => {
    await using here = await training({ overrides: { webhookUrl: null } })
    await here.start('campaign')
    await here.live(2 * HOUR)
    const made = await here.payments()
    expect(made.length).toBeGreaterThan(1_200)
    expect(made.length).toBeLessThan(3_700)

    const of = (status: string) => made.filter((one) => one.status === status)
    expect(of('pending').length + of('processing').length).toBe(0)
    expect(of('completed').length / made.length).toBeGreaterThan(0.7)
    expect(of('expired').length / made.length).toBeGreaterThan(0.08)
    expect(of('expired').some(({ receipt }) => receipt !== null)).toBe(true)
    const difference = ({ receipt, quotes }: (typeof made)[number]) =>
      BigInt(receipt?.settledAmountAsset ?? 0) - BigInt(quotes[0]?.expectedAmountAsset ?? 0)
    expect(of('completed').filter((one) => difference(one) > 0n).length).toBeGreaterThan(10)
    expect(
      of('failed').filter((one) => one.receipt && difference(one) < 0n).length,
    ).toBeGreaterThan(10)

    const metadata = made.map(({ customMetadata }) =>
      z
        .object({ product: z.string(), customer_id: z.string() })
        .parse(JSON.parse(customMetadata ?? '')),
    )
    expect(new Set(metadata.map(({ product }) => product))).toEqual(new Set(['Tasting box']))
    expect(new Set(metadata.map((one) => one.customer_id)).size).toBeLessThan(made.length / 5)

    const twice = [...countBy(made, ({ orderId }) => orderId)].filter(([, count]) => count === 2)
    expect(twice.length).toBeGreaterThan(30)
    const paidTwice = [...countBy(of('completed'), ({ orderId }) => orderId)]
    expect(paidTwice.some(([, count]) => count === 2)).toBe(true)
  })

  test('is quicker at a higher pace, and stops at once', async () => {
    await using here = await training({ overrides: { webhookUrl: null } })
    await here.start('campaign', { pace: 10 })
    await here.live(MINUTE)
    const { length } = await here.payments()
    expect(length).toBeGreaterThan(150)
    expect((await here.stop('campaign')).body).toMatchObject({ state: 'idle' })
    await here.live(MINUTE)
    expect(await here.payments()).toHaveLength(length)
  })
})

describe('provider-outage', () => {
  test('shuts the API and holds webhooks back while customers pay; then all come at once, mixed and some twice', async () => {
    await using here = await training()
    await here.start('provider-outage', { minutes: 40, pace: 3 })
    const seen = new Set<number>()
    for (let call = 0; call < 12; call += 1) seen.add(await statusOf(here))
    expect(seen.has(503)).toBe(true)
    expect(seen.has(200)).toBe(false)

    await here.live(39 * MINUTE)
    await expect(statusOf(here)).resolves.not.toBe(200)
    expect(here.receiver.received).toHaveLength(0)

    await here.live(MINUTE)
    const made = await here.payments()
    expect(made.length).toBeGreaterThan(20)
    expect(made.filter(({ status }) => status === 'completed').length).toBeGreaterThan(15)
    const { tally } = await here.state('provider-outage')
    const expected = (tally['webhooksReleased'] ?? 0) + (tally['webhooksRepeated'] ?? 0)
    expect(tally['webhooksRepeated']).toBeGreaterThan(5)
    await until(() => (here.receiver.received.length === expected ? true : null))

    const events = here.told()
    expect(events.every(({ isSigned }) => isSigned)).toBe(true)
    const twice = [...countBy(events, ({ eventId }) => eventId)].filter(([, count]) => count === 2)
    expect(twice).toHaveLength(tally['webhooksRepeated'] ?? 0)
    const mixed = made.filter(({ id }) => {
      const statuses = events.flatMap(({ payment }) => (payment.id === id ? [payment.status] : []))
      return statuses.indexOf('completed') < statuses.indexOf('processing')
    })
    expect(mixed.length).toBeGreaterThan(made.length / 4)
  })

  test('stopped early takes its own faults away and leaves those of others', async () => {
    await using here = await training()
    await here.client.post('/__sandbox/faults', {
      on: 'tokens',
      effect: { kind: 'status', status: 500 },
      percent: 100,
    })
    await here.start('provider-outage')
    await here.stop('provider-outage')
    expect(await statusOf(here)).toBe(200)
    expect((await here.client.get('/v1/external/tokens')).status).toBe(500)
    const { paymentId } = await here.client.create()
    await until(() => here.told().find(({ payment }) => payment.id === paymentId) ?? null)
  })
})
