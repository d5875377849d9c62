import { sql } from 'kysely'
import pino from 'pino'
import { expect, test, vi } from 'vitest'
import { startSandbox } from '@desk/sandbox/start-sandbox'
import { readEnv } from './env.ts'
import { hire, PASSWORD } from './identity/identity.fixtures.ts'
import { type Desk, runDesk } from './main.ts'
import { eventually } from './testing/eventually.ts'
import { type TestDatabase, testDatabase } from './testing/test-database.ts'
import { signed } from './webhooks/signing.fixtures.ts'

vi.setConfig({ testTimeout: 60_000 })

const origin = 'http://desk.example'
const webhookSecret = 'whsec_of_the_shop'

test('a Desk that stops ends live streams, answers what it has accepted, and accepts nothing more', async () => {
  await using database = await testDatabase()
  await using desk = await startDesk(database)
  const cookie = await signIn(desk, database)
  const live = await fetch(`${desk.url}/trpc/payments.changes`, { headers: { cookie } })
  expect(live.headers.get('content-type')).toMatch('text/event-stream')
  await using hold = await holdTable(database, 'webhook_delivery')
  const accepted = deliver(desk, 'event-under-way')
  await eventually(async () => expect(await waitingForLocks(database)).toBeGreaterThan(0))

  const stopped = desk.stop()
  // It ends although the delivery still waits.
  expect(await live.text()).not.toContain('serialized-error')
  await eventually(() => expect(fetch(`${desk.url}/healthz`)).rejects.toThrow('fetch failed'))
  await expect(deliver(desk, 'event-too-late')).rejects.toThrow('fetch failed')
  await hold.release()

  expect((await accepted).status).toBe(200)
  const answered = Date.now()
  await stopped
  // Kept-alive connections do not hold it up: that would take all of the time there is for draining.
  expect(Date.now() - answered).toBeLessThan(4_000)
  const stored = await database.owner
    .selectFrom('webhook_delivery')
    .select('event_id')
    .orderBy('event_id')
    .execute()
  expect(stored).toEqual([{ event_id: 'event-under-way' }])
})

test('with every connection taken, requests are refused within seconds, health says so, and all is well afterwards', async () => {
  await using database = await testDatabase()
  await using desk = await startDesk(database)
  const cookie = await signIn(desk, database)
  await using hold = await holdTable(database, 'session')
  const stuck = Array.from({ length: connectionsMax }, () => me(desk, cookie))
  await eventually(async () =>
    expect(await waitingForLocks(database)).toBeGreaterThan(
      connectionsMax - connectionsOfWorkersMax,
    ),
  )

  const before = Date.now()
  const [health, delivery, person] = await Promise.all([
    fetch(`${desk.url}/readyz`),
    deliver(desk, 'event-1'),
    me(desk, cookie),
  ])
  expect(Date.now() - before).toBeLessThan(10_000)
  expect(health.status).toBe(503)
  expect(await health.json()).toEqual({ ok: false, faults: ['The database does not answer.'] })
  expect(delivery.status).toBe(503)
  expect(delivery.headers.get('retry-after')).toBe('5')
  expect(person.status).toBeGreaterThanOrEqual(500)
  expect((await fetch(`${desk.url}/healthz`)).status).toBe(200)

  await hold.release()
  await Promise.all(stuck)
  expect((await fetch(`${desk.url}/readyz`)).status).toBe(200)
  expect((await me(desk, cookie)).status).toBe(200)
  expect((await deliver(desk, 'event-1')).status).toBe(200)
})

/** What Desk's own pool holds; see `main`. */
const connectionsMax = 20
/** They listen and lead over some of them for as long as they run. */
const connectionsOfWorkersMax = 6

type RunningDesk = Omit<Desk, 'setupLink'>

async function startDesk(database: TestDatabase): Promise<RunningDesk & AsyncDisposable> {
  // One without payments, so that nothing but the tests uses the database.
  const spacepay = await startSandbox({ historyCount: 0 })
  const reading = readEnv({
    SPACEPAY_BASE_URL: spacepay.url,
    SPACEPAY_SECRET_KEY: spacepay.secretKey,
    SPACEPAY_WEBHOOK_SECRETS: webhookSecret,
    DESK_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('hex'),
  })
  if (!reading.ok || !reading.env.spacepay) throw new Error('the environment is at fault')
  const desk = await runDesk({
    env: { ...reading.env, port: 0 },
    host: '127.0.0.1',
    databaseUrl: database.ownerUrl,
    sandboxUrl: null,
    encryptionKey: reading.env.spacepay.encryptionKey,
    publicUrl: new URL(origin),
    webFolder: null,
    log: pino({ level: 'silent' }),
  })
  let stopped: Promise<void> | null = null
  const stop = async () => (stopped ??= desk.stop())
  const stopBoth = async () => {
    await stop()
    await spacepay.close()
  }
  const url = desk.url.replace('localhost', '127.0.0.1')
  return { url, stop, [Symbol.asyncDispose]: stopBoth }
}

async function signIn({ url }: RunningDesk, database: TestDatabase): Promise<string> {
  await hire(database.owner, 'support@shop.example', ['support'])
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'support@shop.example', password: PASSWORD }),
  })
  expect(answer.ok).toBe(true)
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

async function me({ url }: RunningDesk, cookie: string): Promise<Response> {
  return fetch(`${url}/trpc/identity.me`, { headers: { cookie } })
}

async function deliver({ url }: RunningDesk, eventId: string): Promise<Response> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const { headers, body } = signed({
    body: `{"type":"test.${eventId}"}`,
    secret: webhookSecret,
    timestamp,
    eventId,
  })
  const sent = new Headers()
  for (const [name, value] of Object.entries(headers)) sent.set(name, String(value))
  return fetch(`${url}/webhooks/spacepay`, {
    method: 'POST',
    headers: sent,
    body: new Uint8Array(body),
  })
}

/** Whoever wants anything of this table waits until it is let go. */
async function holdTable({ owner }: TestDatabase, table: 'session' | 'webhook_delivery') {
  const held = Promise.withResolvers<void>()
  const letGo = Promise.withResolvers<void>()
  const holding = owner.transaction().execute(async (trx) => {
    await sql`lock table ${sql.table(table)} in access exclusive mode`.execute(trx)
    held.resolve()
    await letGo.promise
  })
  await Promise.race([held.promise, holding])
  const release = async () => {
    letGo.resolve()
    await holding
  }
  return { release, [Symbol.asyncDispose]: release }
}

async function waitingForLocks({ owner }: TestDatabase): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'
      and application_name = 'desk'`.execute(owner)
  return rows[0]?.waiting ?? 0
}
