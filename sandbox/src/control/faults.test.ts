import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { startSandbox } from '../start-sandbox.ts'
import { clientOf, paymentsPath, withdrawalsPath } from '../testing/sandbox-client.ts'

const withdrawal = {
  amountInCents: 5_000,
  chainId: 84532,
  recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
}
const ledger = z.object({ entries: z.array(z.looseObject({})), totalCents: z.number() })

async function scene() {
  const sandbox = await startSandbox()
  const client = clientOf(sandbox)
  return {
    sandbox,
    client,
    fault: (order: Readonly<Record<string, unknown>>) => client.post('/__sandbox/faults', order),
    paid: async () => ledger.parse((await client.get('/__sandbox/ledger')).body).entries.length,
    [Symbol.asyncDispose]: () => sandbox.close(),
  }
}

describe('a fault on the next calls of a route', () => {
  test('strikes as often as it was told, nothing else, and is logged', async () => {
    await using here = await scene()
    await here.fault({
      on: 'payments.list',
      effect: { kind: 'status', status: 429, retryAfter: 7 },
      next: 2,
    })
    const seen = []
    for (let call = 0; call < 3; call += 1) seen.push(await here.client.get(paymentsPath))
    expect(seen.map((answer) => answer.status)).toStrictEqual([429, 429, 200])
    expect(seen[0]?.headers.get('retry-after')).toBe('7')
    expect(seen[0]?.body).toMatchObject({ code: 'rate_limited' })
    expect((await here.client.get('/__sandbox/faults')).body).toMatchObject({
      active: [],
      log: [{ on: 'payments.list', effect: 'status' }, { effect: 'status' }],
    })
  })

  test('may leave Retry-After out', async () => {
    await using here = await scene()
    await here.fault({ on: 'any', effect: { kind: 'status', status: 429 }, next: 1 })
    expect((await here.client.get(paymentsPath)).headers.get('retry-after')).toBeNull()
  })

  test.each([
    { kind: 'malformed', message: 'JSON' },
    { kind: 'truncated', message: 'terminated' },
    { kind: 'reset', message: 'fetch failed' },
  ])('$kind breaks the answer', async ({ kind, message }) => {
    await using here = await scene()
    await here.fault({ on: 'payments.list', effect: { kind }, next: 1 })
    await expect(here.client.get(paymentsPath)).rejects.toThrow(message)
    expect((await here.client.get(paymentsPath)).status).toBe(200)
  })

  test('html answers like a proxy in front', async () => {
    await using here = await scene()
    await here.fault({ on: 'payments.list', effect: { kind: 'html' }, next: 1 })
    expect(await here.client.get(paymentsPath)).toMatchObject({
      status: 502,
      body: expect.stringContaining('<h1>'),
    })
  })

  test('redirect points elsewhere', async () => {
    await using here = await scene()
    await here.fault({
      on: 'any',
      effect: { kind: 'redirect', location: 'http://127.0.0.1:9/' },
      next: 1,
    })
    const answer = await here.client.get(paymentsPath)
    expect([answer.status, answer.headers.get('location')]).toEqual([302, 'http://127.0.0.1:9/'])
  })

  test('hang keeps the caller waiting until it gives up', async () => {
    await using here = await scene()
    await here.fault({ on: 'payments.list', effect: { kind: 'hang' }, next: 1 })
    const answer = fetch(here.sandbox.url + paymentsPath, {
      headers: { 'X-SpacePay-Secret-Key': here.sandbox.secretKey },
      signal: AbortSignal.timeout(200),
    })
    await expect(answer).rejects.toThrow('timeout')
  })

  test('a share of all calls goes on until it is removed', async () => {
    await using here = await scene()
    const { body } = await here.fault({
      on: 'payments.list',
      effect: { kind: 'status', status: 500 },
      percent: 100,
    })
    for (let call = 0; call < 3; call += 1) {
      expect((await here.client.get(paymentsPath)).status).toBe(500)
    }
    const { id } = z.looseObject({ id: z.string() }).parse(body)
    expect((await here.client.call('DELETE', `/__sandbox/faults/${id}`)).status).toBe(204)
    expect((await here.client.get(paymentsPath)).status).toBe(200)
  })

  test('an unknown effect is refused', async () => {
    await using here = await scene()
    expect((await here.fault({ on: 'any', effect: { kind: 'flood' }, next: 1 })).status).toBe(400)
  })
})

describe('the ledger tells whether a broken call took effect', () => {
  test.each([
    { kind: 'status', status: 502 },
    { kind: 'reset' },
    { kind: 'truncated' },
    { kind: 'malformed' },
  ])('$kind before: nothing was accepted; after: it was', async (effect) => {
    await using here = await scene()
    const attempt = async (phase: string) => {
      await here.fault({ on: 'withdrawals.create', effect, phase, next: 1 })
      await Promise.allSettled([here.client.post(withdrawalsPath, withdrawal)])
      return here.paid()
    }
    expect(await attempt('before')).toBe(0)
    expect(await attempt('after')).toBe(1)
  })

  test('accepted and then silent: a repeat with the same key finds the first answer', async () => {
    await using here = await scene()
    await here.fault({
      on: 'withdrawals.create',
      effect: { kind: 'hang' },
      phase: 'after',
      next: 1,
    })
    const key = { 'Idempotency-Key': 'payout-1' }
    const first = fetch(here.sandbox.url + withdrawalsPath, {
      method: 'POST',
      headers: {
        'X-SpacePay-Secret-Key': here.sandbox.secretKey,
        'Content-Type': 'application/json',
        ...key,
      },
      body: JSON.stringify(withdrawal),
      signal: AbortSignal.timeout(200),
    })
    await expect(first).rejects.toThrow('timeout')
    const again = await here.client.post(withdrawalsPath, withdrawal, key)
    expect(again.headers.get('idempotency-replayed')).toBe('true')
    expect(await here.paid()).toBe(1)
  })

  test('and the request log keeps every call with its key and the hash of its bytes', async () => {
    await using here = await scene()
    await here.client.post(withdrawalsPath, withdrawal, { 'Idempotency-Key': 'a' })
    await here.client.post(withdrawalsPath, { ...withdrawal, amountInCents: 1 })
    const { body } = await here.client.get('/__sandbox/requests?operation=withdrawals.create')
    const hash = expect.stringMatching(/^[\da-f]{64}$/)
    expect(body).toMatchObject({
      data: [
        { method: 'POST', idempotencyKey: 'a', bodySha256: hash, status: 201 },
        { idempotencyKey: null, bodySha256: hash, status: 422 },
      ],
    })
    expect((await here.client.get('/__sandbox/ledger')).body).toMatchObject({
      entries: [{ idempotencyKey: 'a', bodySha256: hash, amountInCents: 5_000 }],
      totalCents: 5_000,
    })
  })
})

describe('withdrawals by control', () => {
  test.each([
    ['complete', 'completed', null],
    ['fail', 'failed', 'The transfer was rejected by the network.'],
    ['cancel', 'cancelled', null],
  ])('%s ends one as %s', async (outcome, status, errorMessage) => {
    await using sandbox = await startSandbox({ blockMs: 1_000 })
    const client = clientOf(sandbox)
    const { id } = z
      .looseObject({ id: z.string() })
      .parse((await client.post(withdrawalsPath, withdrawal)).body)
    const path = `/__sandbox/withdrawals/${id}/simulate`
    expect((await client.post(path, { outcome })).body).toMatchObject({
      status,
      errorMessage,
    })
    expect((await client.post(path, { outcome })).status).toBe(409)
  })

  test('money that was asked for is gone from the balance, and back when it failed', async () => {
    await using sandbox = await startSandbox({ blockMs: 1_000 })
    const client = clientOf(sandbox)
    const balance = async () => {
      const { body } = await client.get('/v1/external/secretkey-auth/wallet/balances')
      return z
        .object({ balances: z.array(z.looseObject({ amountFormatted: z.string() })) })
        .parse(body).balances[0]?.amountFormatted
    }
    const { id } = z
      .looseObject({ id: z.string() })
      .parse((await client.post(withdrawalsPath, withdrawal)).body)
    expect(await balance()).toBe('125450')
    await client.post(`/__sandbox/withdrawals/${id}/simulate`, { outcome: 'fail' })
    expect(await balance()).toBe('125500')
  })
})
