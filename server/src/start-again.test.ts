import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import * as z from 'zod'
import { demoSecretKey, demoWebhookSecret } from './env.ts'
import { DEMO_PASSWORD } from './identity/demo-people.ts'
import { type Place, processesAt, runStart, scratchPlace } from './testing/start-command.ts'

// Several whole starts each, on a machine that tests other things meanwhile.
vi.setConfig({ testTimeout: 180_000 })

test('payments, sign-ins and the key are still there after Ctrl-C, and after kill -9 with a start right behind it', async () => {
  using place = await scratchPlace()
  await using first = runStart(place, { LOG_LEVEL: 'trace' })
  await first.isReady()
  const cookie = await signIn(place)
  const payment = await makePayment(place)
  await vi.waitFor(async () => expect(await detailStatus(place, cookie, payment.id)).toBe(200), {
    timeout: 30_000,
    interval: 100,
  })
  const key = readFileSync(join(place.dataDir, 'encryption-key'), 'utf8')

  const before = Date.now()
  expect(await first.endBy('SIGINT')).toBe(0)
  expect(Date.now() - before).toBeLessThan(10_000)
  expect(processesAt(place)).toEqual([])
  expect(first.output()).toMatch(/"level":20,/)
  tellsOnlyOnce(first.output(), [DEMO_PASSWORD, demoSecretKey, demoWebhookSecret])
  for (const secret of [key, cookieValue(cookie), payment.secret]) {
    expect(first.output()).not.toContain(secret)
  }

  await using second = runStart(place, {})
  await second.isReady()
  expect(await detailStatus(place, cookie, payment.id)).toBe(200)
  expect(await second.endBy('SIGKILL')).toBeNull()

  await using third = runStart(place, {})
  await third.isReady()
  expect(await detailStatus(place, cookie, payment.id)).toBe(200)
  expect((await sandboxPayment(place, payment.id)).status).toBe(200)
  expect(readFileSync(join(place.dataDir, 'encryption-key'), 'utf8')).toBe(key)
  expect(await third.endBy('SIGTERM')).toBe(0)
  expect(processesAt(place)).toEqual([])
})

test('a first start that is killed while it makes the database leaves nothing that a second one stumbles over', async () => {
  using place = await scratchPlace()
  await using killed = runStart(place, {})
  await vi.waitFor(() => expect(existsSync(join(place.dataDir, 'postgres.new'))).toBe(true), {
    timeout: 60_000,
    interval: 5,
  })
  await killed.endBy('SIGKILL')
  expect(existsSync(join(place.dataDir, 'postgres'))).toBe(false)
  await vi.waitFor(() => expect(processesAt(place)).toEqual([]), 10_000)

  await using second = runStart(place, {})
  await second.isReady()
  expect(await second.endBy('SIGTERM')).toBe(0)
})

test.each([
  ['the database is being made', 'postgres.new'],
  ['the database is starting', 'postgres/postmaster.pid'],
])('a signal while %s ends the start, with nothing left running', async (_moment, sign) => {
  using place = await scratchPlace()
  await using stopped = runStart(place, {})
  await vi.waitFor(() => expect(existsSync(join(place.dataDir, sign))).toBe(true), {
    timeout: 60_000,
    interval: 5,
  })

  expect(await stopped.endBy('SIGTERM')).toBe(0)
  expect(stopped.output()).toBe('')
  await vi.waitFor(() => expect(processesAt(place)).toEqual([]), 10_000)
})

async function signIn({ port }: Place): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/auth/sign-in/demo`, {
    method: 'POST',
    headers: { origin: `http://localhost:${port}`, 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'support@desk.test' }),
  })
  expect(answer.ok).toBe(true)
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

function cookieValue(cookie: string): string {
  const value = decodeURIComponent(cookie.split('=')[1] ?? '')
  expect(value.length).toBeGreaterThan(20)
  return value
}

const created = z.object({ id: z.string(), secret: z.string().min(10) })

async function makePayment(place: Place): Promise<z.infer<typeof created>> {
  const answer = await sandboxCall(place, '/payments', {
    method: 'POST',
    body: JSON.stringify({ amount: 14_999, currency: 'USD', orderId: 'ORDER-KEPT' }),
  })
  return created.parse(await answer.json())
}

async function sandboxPayment(place: Place, id: string): Promise<Response> {
  return sandboxCall(place, `/payments/${id}`, {})
}

async function sandboxCall({ sandboxPort }: Place, path: string, init: RequestInit) {
  return fetch(`http://127.0.0.1:${sandboxPort}/v1/external/secretkey-auth${path}`, {
    ...init,
    headers: { 'x-spacepay-secret-key': demoSecretKey, 'content-type': 'application/json' },
  })
}

async function detailStatus({ port }: Place, cookie: string, id: string): Promise<number> {
  const input = encodeURIComponent(JSON.stringify({ id }))
  const answer = await fetch(`http://127.0.0.1:${port}/trpc/payments.detail?input=${input}`, {
    headers: { cookie },
  })
  return answer.status
}

/** What the banner says is not repeated by the log. */
function tellsOnlyOnce(output: string, texts: readonly string[]): void {
  const repeated = texts.filter((text) => output.split(text).length !== 2)
  expect(repeated).toEqual([])
}
