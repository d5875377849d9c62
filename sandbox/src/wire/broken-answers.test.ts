import { createServer } from 'node:http'
import { describe, expect, test } from 'vitest'
import { faultScene } from '../testing/fault-scene.ts'
import { paymentsPath, until, withdrawalsPath } from '../testing/sandbox-client.ts'

const wish = { amount: 14_999, currency: 'USD', orderId: 'ORDER-9' }

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const started = performance.now()
  const result = await work()
  return { ms: performance.now() - started, result }
}

describe('latency', () => {
  test.each(['before', 'after'])('of a fixed time, %s', async (phase) => {
    await using scene = await faultScene()
    await scene.fault({ on: 'payments.list', effect: { kind: 'delay', ms: 150 }, phase, next: 1 })
    const { ms, result } = await timed(() => scene.client.get(paymentsPath))
    expect(result.status).toBe(200)
    expect(ms).toBeGreaterThan(145)
    expect(await scene.log()).toMatchObject([{ effect: 'delay', phase, detail: '150 ms' }])
  })

  test('from a range differs from call to call, stays within, and is logged', async () => {
    await using scene = await faultScene()
    await scene.fault({
      on: 'payments.list',
      effect: { kind: 'delay', ms: 1, msMax: 40 },
      next: 10,
    })
    const took: number[] = []
    for (let call = 0; call < 10; call += 1) {
      took.push((await timed(() => scene.client.get(paymentsPath))).ms)
    }
    const waited = (await scene.log()).map(({ detail }) => Number.parseInt(detail ?? '', 10))
    expect(new Set(waited).size).toBeGreaterThan(3)
    for (const [call, ms] of waited.entries()) {
      expect(ms).toBeGreaterThanOrEqual(1)
      expect(ms).toBeLessThanOrEqual(40)
      expect(took[call]).toBeGreaterThan(ms - 2)
    }
  })

  test('ends with the caller, whose request takes effect all the same', async () => {
    await using scene = await faultScene()
    await scene.fault({ on: 'payments.create', effect: { kind: 'delay', ms: 60_000 }, next: 1 })
    const call = fetch(scene.sandbox.url + paymentsPath, {
      method: 'POST',
      headers: {
        'X-SpacePay-Secret-Key': scene.sandbox.secretKey,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify(wish),
      signal: AbortSignal.timeout(100),
    })
    await expect(call).rejects.toThrow('timeout')
    await until(async () => {
      const { body } = await scene.client.get(paymentsPath)
      return JSON.stringify(body).includes('ORDER-9') ? true : null
    })
  })

  test('does not outlive the sandbox', async () => {
    const scene = await faultScene()
    await scene.fault({ on: 'payments.create', effect: { kind: 'delay', ms: 60_000 }, next: 1 })
    const waiting = Promise.allSettled([scene.client.post(paymentsPath, wish)])
    await until(async () => ((await scene.log()).length === 1 ? true : null))
    const { ms } = await timed(async () => scene[Symbol.asyncDispose]())
    expect(await waiting).toMatchObject([{ status: 'rejected' }])
    expect(ms).toBeLessThan(5_000)
  })
})

describe('429', () => {
  const limited = async (more: Readonly<Record<string, unknown>>) => {
    await using scene = await faultScene()
    const effect = { kind: 'status', status: 429, ...more }
    await scene.fault({ on: 'payments.get', effect, next: 1 })
    const answer = await scene.client.get(`${paymentsPath}/some`)
    expect(answer).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
    return answer.headers.get('retry-after')
  }

  test('without Retry-After', async () => {
    expect(await limited({})).toBeNull()
  })

  test('with seconds', async () => {
    expect(await limited({ retryAfter: 30 })).toBe('30')
  })

  test('with the date those seconds lead to', async () => {
    const text = await limited({ retryAfter: 30, retryAfterAs: 'date' })
    expect(text).toMatch(/^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} [\d:]{8} GMT$/)
    const ahead = Date.parse(text ?? '') - Date.now()
    expect(ahead).toBeGreaterThan(28_000)
    expect(ahead).toBeLessThanOrEqual(31_000)
  })

  test('with any other text', async () => {
    expect(await limited({ retryAfter: 'soon' })).toBe('soon')
  })
})

describe('500', () => {
  test.each([
    ['before', 0],
    ['after', 1],
  ])('%s taking effect leaves %i payments', async (phase, count) => {
    await using scene = await faultScene()
    const effect = { kind: 'status', status: 500 }
    await scene.fault({ on: 'payments.create', effect, phase, next: 1 })
    const answer = await scene.client.post(paymentsPath, wish)
    expect(answer).toMatchObject({ status: 500, body: { code: 'server_error' } })
    expect((await scene.client.get(paymentsPath)).body).toMatchObject({
      pagination: { total: count },
    })
    expect(await scene.log()).toMatchObject([{ effect: 'status', phase, orderId: 'ORDER-9' }])
  })

  test('after a payment was made names it in the log', async () => {
    await using scene = await faultScene()
    const effect = { kind: 'status', status: 500 }
    await scene.fault({ on: 'payments.create', effect, phase: 'after', next: 1 })
    await scene.client.post(paymentsPath, wish)
    const { body } = await scene.client.get(paymentsPath)
    const [struck] = await scene.log()
    expect(body).toMatchObject({ data: [{ id: struck?.['subjectId'] }] })
  })
})

test('an oversized answer has as many bytes as were asked for, and is JSON', async () => {
  await using scene = await faultScene()
  await scene.fault({
    on: 'payments.list',
    effect: { kind: 'oversized', bytes: 3_000_000 },
    next: 1,
  })
  const { status, body } = await scene.client.get(paymentsPath)
  expect(status).toBe(200)
  expect(JSON.stringify(body)).toHaveLength(3_000_000)
})

test('a truncated answer promises more than it brings', async () => {
  await using scene = await faultScene()
  await scene.client.create()
  const headers = { 'X-SpacePay-Secret-Key': scene.sandbox.secretKey }
  const whole = await (await fetch(scene.sandbox.url + paymentsPath, { headers })).text()
  await scene.fault({ on: 'payments.list', effect: { kind: 'truncated' }, phase: 'after', next: 1 })
  const answer = await fetch(scene.sandbox.url + paymentsPath, { headers })
  expect(Number(answer.headers.get('content-length'))).toBe(Buffer.byteLength(whole))
  await expect(answer.text()).rejects.toThrow('terminated')
})

test('a redirect leads a client that follows it away from the service', async () => {
  await using scene = await faultScene()
  const elsewhere = createServer((_, response) => response.end('{"stolen":true}'))
  await new Promise<void>((resolve) => {
    elsewhere.listen(0, '127.0.0.1', resolve)
  })
  const address = elsewhere.address()
  const port = typeof address === 'object' ? address?.port : 0
  const location = `http://127.0.0.1:${port}/`
  await scene.fault({ on: 'withdrawals.list', effect: { kind: 'redirect', location }, next: 1 })
  const answer = await fetch(scene.sandbox.url + withdrawalsPath, {
    headers: { 'X-SpacePay-Secret-Key': scene.sandbox.secretKey },
  })
  expect(await answer.json()).toStrictEqual({ stolen: true })
  elsewhere.closeAllConnections()
  elsewhere.close()
})
