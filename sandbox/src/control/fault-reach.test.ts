import { describe, expect, test } from 'vitest'
import { type FaultScene, faultScene } from '../testing/fault-scene.ts'
import { paymentsPath, withdrawalsPath } from '../testing/sandbox-client.ts'

const serverError = { kind: 'status', status: 500 }

/** The statuses of so many calls, one after the other. */
async function statuses(scene: FaultScene, path: string, calls: number): Promise<number[]> {
  const seen: number[] = []
  for (let call = 0; call < calls; call += 1) seen.push((await scene.client.get(path)).status)
  return seen
}

describe('a share of calls', () => {
  test('is drawn by dice that a seed makes the same again', async () => {
    const draw = async (seed: string) => {
      await using scene = await faultScene()
      await scene.fault({ on: 'payments.list', effect: serverError, percent: 50, seed })
      const seen = await statuses(scene, paymentsPath, 24)
      return seen
    }
    const first = await draw('tuesday')
    expect(await draw('tuesday')).toStrictEqual(first)
    expect(await draw('wednesday')).not.toStrictEqual(first)
    expect(new Set(first)).toStrictEqual(new Set([200, 500]))
  })

  test('strikes about as often as it says, and the log says exactly how often', async () => {
    await using scene = await faultScene()
    await scene.fault({ on: 'payments.list', effect: serverError, percent: 20 })
    const struck = (await statuses(scene, paymentsPath, 200)).filter((status) => status === 500)
    expect(struck.length).toBeGreaterThan(20)
    expect(struck.length).toBeLessThan(65)
    expect(await scene.log()).toHaveLength(struck.length)
    expect(await scene.active()).toMatchObject([{ left: null, struck: struck.length }])
  })

  test('ends after so many strikes if it is told both', async () => {
    await using scene = await faultScene()
    await scene.fault({ on: 'payments.list', effect: serverError, percent: 50, next: 3 })
    const seen = await statuses(scene, paymentsPath, 40)
    expect(seen.filter((status) => status === 500)).toHaveLength(3)
    expect(await scene.active()).toStrictEqual([])
  })
})

describe('a fault on one route', () => {
  test('leaves every other alone', async () => {
    await using scene = await faultScene()
    const { paymentId, secret } = await scene.client.create()
    const payer = `/v1/external/payment-secret-auth/payments/${paymentId}`
    const asPayer = { 'X-SpacePay-Payment-Secret': secret }
    await scene.fault({ on: 'payer.status', effect: serverError, percent: 100 })
    await scene.fault({ on: 'tokens', effect: serverError, percent: 100 })
    expect((await scene.client.get(payer, asPayer)).status).toBe(200)
    expect((await scene.client.get(`${payer}/status`, asPayer)).status).toBe(500)
    expect((await scene.client.get(`${payer}/quotes`, asPayer)).status).toBe(200)
    expect((await scene.client.get('/v1/external/chains')).status).toBe(200)
    expect((await scene.client.get('/v1/external/tokens')).status).toBe(500)
  })

  test.each([
    ['payer.get', 'GET', ''],
    ['payer.status', 'GET', '/status'],
    ['payer.quotes', 'GET', '/quotes'],
    ['payer.quote', 'POST', '/quotes'],
    ['payer.refresh', 'POST', '/refresh-status'],
  ])('%s is a route of its own, and one of the payer’s', async (operation, method, rest) => {
    await using scene = await faultScene()
    const { paymentId, secret } = await scene.client.create()
    const call = async () => {
      const path = `/v1/external/payment-secret-auth/payments/${paymentId}${rest}`
      const headers = { 'X-SpacePay-Payment-Secret': secret }
      const sent = method === 'POST' ? { body: {}, headers } : { headers }
      return (await scene.client.call(method, path, sent)).status
    }
    await scene.fault({ on: operation, effect: serverError, next: 1 })
    await scene.fault({ on: 'payer', effect: { ...serverError, status: 503 }, next: 1 })
    expect([await call(), await call()]).toStrictEqual([500, 503])
    expect(await call()).toBeLessThan(300)
    expect(await scene.log()).toMatchObject([
      { on: operation, operation, subjectId: paymentId },
      { on: 'payer', operation, subjectId: paymentId },
    ])
  })
})

describe('a fault on one payment', () => {
  test('strikes calls about it, named by id or by the end of its order id', async () => {
    await using scene = await faultScene()
    const first = await scene.client.create({ orderId: 'ORDER-1-FRAGILE' })
    const other = await scene.client.create({ orderId: 'ORDER-2' })
    const get = async (id: string) => (await scene.client.get(`${paymentsPath}/${id}`)).status
    await scene.fault({
      on: 'any',
      effect: serverError,
      percent: 100,
      subject: '-FRAGILE',
    })
    await scene.fault({ on: 'any', effect: serverError, percent: 100, subject: other.paymentId })
    expect(await get(first.paymentId)).toBe(500)
    expect(await get(other.paymentId)).toBe(500)
    expect((await scene.client.get(paymentsPath)).status).toBe(200)
    const third = { amount: 5_000, currency: 'USD', orderId: 'ORDER-3' }
    expect((await scene.client.post(paymentsPath, third)).status).toBe(201)
    const fragile = { ...third, orderId: 'ORDER-4-FRAGILE' }
    expect((await scene.client.post(paymentsPath, fragile)).status).toBe(500)
  })

  test('and one on a withdrawal likewise', async () => {
    await using scene = await faultScene()
    await scene.fault({ on: 'withdrawals.create', effect: serverError, next: 1, subject: '17' })
    const pay = async (orderId: string) =>
      (
        await scene.client.post(withdrawalsPath, {
          amountInCents: 5_000,
          chainId: 84532,
          recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
          orderId,
        })
      ).status
    expect([await pay('PAYOUT-16'), await pay('PAYOUT-17')]).toStrictEqual([201, 500])
  })
})

describe('several faults on one call', () => {
  test('strike together while the call goes on, and none after one has ended it', async () => {
    await using scene = await faultScene()
    await scene.fault({ on: 'payments.list', effect: { kind: 'delay', ms: 1 }, next: 1 })
    await scene.fault({ on: 'payments.list', effect: serverError, next: 1 })
    await scene.fault({ on: 'payments.list', effect: { kind: 'html' }, next: 1 })
    expect(await statuses(scene, paymentsPath, 3)).toStrictEqual([500, 502, 200])
    expect((await scene.log()).map(({ effect }) => effect)).toStrictEqual([
      'delay',
      'status',
      'html',
    ])
  })

  test('of one kind take turns', async () => {
    await using scene = await faultScene()
    await scene.fault({ on: 'payments.list', effect: { kind: 'skew', ms: 60_000 }, next: 1 })
    await scene.fault({ on: 'payments.list', effect: { kind: 'skew', ms: 90_000 }, next: 1 })
    await statuses(scene, paymentsPath, 1)
    expect(await scene.log()).toHaveLength(1)
    await statuses(scene, paymentsPath, 1)
    expect(await scene.log()).toHaveLength(2)
  })

  test('at the same time never share the last strike', async () => {
    await using scene = await faultScene()
    await scene.fault({ on: 'payments.list', effect: serverError, next: 3 })
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => scene.client.get(paymentsPath)),
    )
    expect(answers.filter(({ status }) => status === 500)).toHaveLength(3)
    expect(await scene.log()).toHaveLength(3)
  })
})

describe('the log', () => {
  test('names fault, route, request and payment of every strike, and is read by each of them', async () => {
    await using scene = await faultScene()
    const { paymentId } = await scene.client.create({ orderId: 'ORDER-77' })
    const onGet = await scene.fault({ on: 'payments.get', effect: serverError, next: 1 })
    const onList = await scene.fault({ on: 'any', effect: { kind: 'html' }, next: 1 })
    const answer = await scene.client.get(`${paymentsPath}/${paymentId}`)
    await scene.client.get(paymentsPath)
    const requestId = answer.headers.get('x-request-id')
    const one = {
      faultId: onGet,
      on: 'payments.get',
      operation: 'payments.get',
      effect: 'status',
      phase: 'before',
      requestId,
      call: `GET ${paymentsPath}/${paymentId}`,
      subjectId: paymentId,
      orderId: 'ORDER-77',
      eventId: null,
      deliveryId: null,
    }
    expect(await scene.log()).toMatchObject([one, { faultId: onList, on: 'any' }])
    for (const query of [
      `faultId=${onGet}`,
      'effect=status',
      'operation=payments.get',
      `subjectId=${paymentId}`,
      `requestId=${requestId}`,
    ]) {
      expect(await scene.log(`?${query}`)).toMatchObject([one])
    }
    expect(await scene.log(`?since=${new Date(Date.now() + 60_000).toISOString()}`)).toEqual([])
    expect((await scene.client.call('DELETE', '/__sandbox/faults/log')).status).toBe(204)
    expect(await scene.log()).toEqual([])
  })
})
