import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { otherMerchant } from '../registry/merchant.ts'
import { startSandbox } from '../start-sandbox.ts'
import { type FaultScene, faultScene } from '../testing/fault-scene.ts'
import { startReceiver } from '../testing/receiver.ts'
import { clientOf, paymentsPath, until } from '../testing/sandbox-client.ts'

const path = '/__sandbox/webhooks'
const endpoint = z.looseObject({
  id: z.string(),
  status: z.string(),
  secretKeyOnlyOnce: z.string().optional(),
})

async function onlyEndpoint(scene: FaultScene): Promise<string> {
  const { data } = z.object({ data: z.array(endpoint) }).parse((await scene.client.get(path)).body)
  return data[0]?.id ?? ''
}

describe('an endpoint', () => {
  test('is shown in the published form, and never with its secret', async () => {
    await using scene = await faultScene()
    const wish = { url: 'https://shop.example/hooks', name: 'Shop', description: 'The web shop' }
    const added = await scene.client.post(path, { ...wish, secret: 'whsec_very_secret' })
    expect(added).toMatchObject({ status: 201, body: { secretKeyOnlyOnce: 'whsec_very_secret' } })
    const { id } = endpoint.parse(added.body)
    const shown = {
      ...wish,
      id,
      merchantId: '7c2e1f4d-2d0f-4a7b-8b0b-3f6e2f9a1c22',
      status: 'ACTIVE',
      secretPrefix: 'whsec_ve',
      lastTriggeredAt: null,
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      stats: expect.anything(),
    }
    expect((await scene.client.get(`${path}/${id}`)).body).toStrictEqual(shown)
    const everything = await Promise.all(
      [path, `${path}/${id}`, `${path}/attempts`, `${path}/events`, '/__sandbox/state'].map(
        async (from) => JSON.stringify((await scene.client.get(from)).body),
      ),
    )
    expect(everything.join()).not.toContain('very_secret')
  })

  test('that is not there is not found, whatever is wanted of it', async () => {
    await using scene = await faultScene()
    for (const [method, rest] of [
      ['GET', ''],
      ['PATCH', ''],
      ['DELETE', ''],
      ['POST', '/rotate'],
      ['POST', '/test'],
    ] as const) {
      const sent = method === 'GET' || method === 'DELETE' ? {} : { body: {} }
      const answer = await scene.client.call(method, `${path}/nobody${rest}`, sent)
      expect(answer).toMatchObject({ status: 404, body: { error: { code: 'endpoint_not_found' } } })
    }
  })

  test.each([
    ['a nameless one', { name: '' }],
    ['too long a name', { name: 'x'.repeat(256) }],
    ['plain http elsewhere', { url: 'http://shop.example/hooks' }],
    ['an unknown status', { status: 'PAUSED' }],
    ['a secret outside of a rotation', { secret: 'whsec_by_the_way' }],
  ])('refuses to become %s', async (_, change) => {
    await using scene = await faultScene()
    const id = await onlyEndpoint(scene)
    const before = (await scene.client.get(`${path}/${id}`)).body
    expect((await scene.client.call('PATCH', `${path}/${id}`, { body: change })).status).toBe(400)
    expect((await scene.client.get(`${path}/${id}`)).body).toStrictEqual(before)
  })

  test('is renamed and moved: what comes next goes to the new address', async () => {
    await using elsewhere = await startReceiver('whsec_sandbox_desk')
    await using scene = await faultScene()
    const id = await onlyEndpoint(scene)
    const change = { name: 'Moved', description: 'To another machine', url: elsewhere.url }
    const { body } = await scene.client.call('PATCH', `${path}/${id}`, { body: change })
    expect(body).toMatchObject({ id, ...change })
    await scene.client.create()
    await until(() => (elsewhere.received.length === 1 ? true : null))
    expect(elsewhere.received[0]?.headers['x-spacepay-id']).toBe(id)
    expect(scene.receiver.received).toHaveLength(0)
  })
})

describe('rotating a secret', () => {
  test('shows the new one once; everything from then on is signed with it, repeats too', async () => {
    await using receiver = await startReceiver('whsec_the_new_one')
    receiver.answerNext([{ status: 401 }])
    const standing = new Date()
    await using sandbox = await startSandbox({ webhookUrl: receiver.url, now: () => standing })
    const client = clientOf(sandbox)
    await client.create()
    await until(() => (receiver.received.length === 1 ? true : null))
    const list = z.object({ data: z.array(endpoint) }).parse((await client.get(path)).body)
    const id = list.data[0]?.id ?? ''
    const rotated = await client.post(`${path}/${id}/rotate`, { secret: 'whsec_the_new_one' })
    expect(rotated.body).toMatchObject({ id, secretKeyOnlyOnce: 'whsec_the_new_one' })
    await client.post('/__sandbox/clock/advance', { ms: 11_000 })
    await until(() => (receiver.received.length === 2 ? true : null))
    expect(receiver.received.map(({ isSigned }) => isSigned)).toStrictEqual([false, true])
  })

  test('makes one up unless it is told one', async () => {
    await using scene = await faultScene()
    const id = await onlyEndpoint(scene)
    const rotate = async () =>
      endpoint.parse((await scene.client.post(`${path}/${id}/rotate`, {})).body).secretKeyOnlyOnce
    const [first, second] = [await rotate(), await rotate()]
    expect(first).toMatch(/^whsec_[\da-f]{32}$/)
    expect(second).not.toBe(first)
  })
})

describe('a disabled endpoint', () => {
  test('gets nothing; what was on its way waits and comes once it is enabled, what happened meanwhile never', async () => {
    await using scene = await faultScene({ overrides: { retryDivisor: 10_000 } })
    const { received } = scene.receiver
    scene.receiver.answerNext([{ status: 200 }, { status: 503 }, { status: 503 }])
    await scene.fault({ on: 'webhook', effect: { kind: 'delay', ms: 60_000 }, next: 1 })
    await scene.client.create({ orderId: 'ORDER-BEFORE' })
    const id = await onlyEndpoint(scene)
    const turn = (status: string) =>
      scene.client.call('PATCH', `${path}/${id}`, { body: { status } })
    expect((await turn('INACTIVE')).body).toMatchObject({ status: 'INACTIVE' })
    await scene.client.create({ orderId: 'ORDER-MEANWHILE' })
    await scene.client.post('/__sandbox/clock/advance', { ms: 60_001 })
    // Whatever had gone out before this test would be here by the time it is answered.
    const added = await scene.client.post(path, { url: scene.receiver.url })
    await scene.client.post(`${path}/${endpoint.parse(added.body).id}/test`, {})
    expect(received.map(({ rawBody }) => rawBody.includes('ORDER'))).toStrictEqual([false])
    expect((await scene.client.get(`${path}/${id}`)).body).toMatchObject({
      stats: { waiting: 1, attempts: 0 },
    })
    expect((await scene.client.post(`${path}/${id}/test`, {})).status).toBe(409)
    await turn('ACTIVE')
    await until(() => (received.length === 4 ? true : null))
    const later = received.slice(1)
    expect(later.every(({ rawBody }) => rawBody.includes('ORDER-BEFORE'))).toBe(true)
    const { body } = await until(async () => {
      const answer = await scene.client.get(`${path}/${id}`)
      return JSON.stringify(answer.body).includes('"waiting":0') ? answer : null
    })
    expect(body).toMatchObject({ stats: { waiting: 0, delivered: 1, attempts: 3 } })
  })
})

describe('a removed endpoint', () => {
  test('gives up what waits for it, and leaves every attempt to be read', async () => {
    await using scene = await faultScene({ overrides: { retryDivisor: 1 } })
    scene.receiver.answerNext([{ status: 500 }])
    await scene.client.create()
    await until(() => (scene.receiver.received.length === 1 ? true : null))
    const id = await onlyEndpoint(scene)
    expect((await scene.client.call('DELETE', `${path}/${id}`)).status).toBe(204)
    expect((await scene.client.get(`${path}/queue`)).body).toMatchObject({ waiting: 0 })
    await scene.client.post('/__sandbox/clock/advance', { ms: 120_000 })
    expect((await scene.client.get(`${path}/attempts`)).body).toMatchObject({
      data: [{ status: 500, endpointId: id }],
      waiting: 0,
    })
    expect((await scene.client.get(`${path}/deliveries`)).body).toMatchObject({
      data: [{ state: 'failed', nextAttemptAt: null }],
    })
    expect(scene.receiver.received).toHaveLength(1)
  })
})

describe('a test', () => {
  test('is signed, says that it is one, holds no payment, and answers what came of it', async () => {
    await using scene = await faultScene()
    await scene.fault({ on: 'webhook', effect: { kind: 'tamper' }, percent: 100 })
    await scene.fault({ on: 'webhook', effect: { kind: 'drop' }, percent: 100 })
    const id = await onlyEndpoint(scene)
    const answer = await scene.client.post(`${path}/${id}/test`, {})
    const [got] = scene.receiver.received
    expect(got).toMatchObject({
      isSigned: true,
      body: { type: 'webhook.test', data: { test: { id, isTest: true } } },
    })
    expect(answer.body).toMatchObject({
      eventType: 'webhook.test',
      endpointId: id,
      status: 200,
      faults: [],
      requestBody: got?.rawBody,
      responseBody: '{"received":true}',
    })
    expect(await scene.log()).toStrictEqual([])
  })

  test('that fails is not repeated', async () => {
    await using scene = await faultScene()
    scene.receiver.answerNext([{ status: 401 }])
    const id = await onlyEndpoint(scene)
    const answer = await scene.client.post(`${path}/${id}/test`, {})
    expect(answer).toMatchObject({ status: 200, body: { status: 401, number: 1 } })
    await scene.client.post('/__sandbox/clock/advance', { ms: 86_400_000 })
    expect((await scene.client.get(`${path}/queue`)).body).toMatchObject({ waiting: 0 })
    expect(scene.receiver.received).toHaveLength(1)
  })
})

test('an endpoint hears of its own merchant and of nobody else', async () => {
  await using other = await startReceiver('whsec_of_the_other')
  await using scene = await faultScene()
  await scene.client.post(path, {
    url: other.url,
    secret: 'whsec_of_the_other',
    merchantId: otherMerchant.id,
  })
  const stranger = clientOf({ ...scene.sandbox, secretKey: 'sk_test_sandbox_other' })
  await stranger.post(paymentsPath, { amount: 5_000, currency: 'USD', orderId: 'THEIRS' })
  await scene.client.create({ orderId: 'OURS' })
  await until(() => (scene.receiver.received.length + other.received.length === 2 ? true : null))
  expect(scene.receiver.received[0]?.rawBody).toContain('OURS')
  expect(other.received[0]?.rawBody).toContain('THEIRS')
  expect(other.received[0]?.isSigned).toBe(true)
})
