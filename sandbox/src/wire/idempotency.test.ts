import { describe, expect, test } from 'vitest'
import { startSandbox } from '../start-sandbox.ts'
import { clientOf, paymentsPath, until, withdrawalsPath } from '../testing/sandbox-client.ts'

const wish = { amount: 14_999, currency: 'USD', orderId: 'ORDER-1' }
const withdrawal = {
  amountInCents: 5_000,
  chainId: 84532,
  recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
}
const key = { 'Idempotency-Key': 'checkout-1' }

describe('a request with an idempotency key', () => {
  test.each(['truncated', 'malformed', 'reset'])(
    'takes effect once, however often its answer is broken: %s',
    async (kind) => {
      await using sandbox = await startSandbox()
      const client = clientOf(sandbox)
      await client.post('/__sandbox/faults', {
        on: 'payments.create',
        phase: 'after',
        effect: { kind },
        percent: 100,
      })
      for (let time = 0; time < 3; time += 1) {
        await expect(client.post(paymentsPath, wish, key)).rejects.toBeInstanceOf(Error)
      }
      expect((await client.get(paymentsPath)).body).toMatchObject({ pagination: { total: 1 } })
    },
  )

  test('sent again gets the first answer, marked, and changes nothing', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const first = await client.post(paymentsPath, wish, key)
    // The same request, spelt in another order.
    const again = await client.post(
      paymentsPath,
      { orderId: 'ORDER-1', currency: 'USD', amount: 14_999 },
      key,
    )
    expect(again.status).toBe(201)
    expect(again.body).toStrictEqual(first.body)
    expect(first.headers.get('idempotency-replayed')).toBeNull()
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect((await client.get(paymentsPath)).body).toMatchObject({ pagination: { total: 1 } })
  })

  test('sent again with other parameters is a conflict', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    await client.post(paymentsPath, wish, key)
    expect(await client.post(paymentsPath, { ...wish, amount: 15_000 }, key)).toMatchObject({
      status: 409,
      body: {
        code: 'idempotency_conflict',
        error: { type: 'idempotency_error', code: 'idempotency_conflict' },
      },
    })
  })

  test('sent again while the first is running is a conflict that says when to retry', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    await client.post('/__sandbox/faults', {
      on: 'payments.create',
      effect: { kind: 'delay', ms: 300 },
      next: 1,
    })
    const first = client.post(paymentsPath, wish, key)
    await until(async () => {
      const { body } = await client.get('/__sandbox/faults')
      return JSON.stringify(body).includes('"log":[{') ? true : null
    })
    const second = await client.post(paymentsPath, wish, key)
    expect(second.status).toBe(409)
    expect(second.headers.get('retry-after')).toBe('1')
    expect((await first).status).toBe(201)
  })

  test('is remembered for 24 hours and then taken as new', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const first = await client.post(withdrawalsPath, withdrawal, key)
    await client.post('/__sandbox/clock/advance', { ms: 24 * 3_600_000 - 60_000 })
    expect((await client.post(withdrawalsPath, withdrawal, key)).body).toStrictEqual(first.body)
    await client.post('/__sandbox/clock/advance', { ms: 60_000 })
    const later = await client.post(withdrawalsPath, withdrawal, key)
    expect(later.status).toBe(201)
    expect(later.headers.get('idempotency-replayed')).toBeNull()
    expect((await client.get('/__sandbox/ledger')).body).toMatchObject({ totalCents: 10_000 })
  })

  test('that was refused for its content is refused again the same way', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    const first = await client.post(paymentsPath, { ...wish, amount: 1 }, key)
    const again = await client.post(paymentsPath, { ...wish, amount: 1 }, key)
    expect(first.status).toBe(422)
    expect(again.body).toStrictEqual(first.body)
  })

  test('that met a 500 before it took effect may be sent again', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    await client.post('/__sandbox/faults', {
      on: 'payments.create',
      effect: { kind: 'status', status: 500 },
      next: 1,
    })
    expect((await client.post(paymentsPath, wish, key)).status).toBe(500)
    expect((await client.post(paymentsPath, wish, key)).status).toBe(201)
  })

  test('shares nothing with the same key on another route', async () => {
    await using sandbox = await startSandbox()
    const client = clientOf(sandbox)
    expect((await client.post(paymentsPath, wish, key)).status).toBe(201)
    expect((await client.post(withdrawalsPath, withdrawal, key)).status).toBe(201)
  })
})
