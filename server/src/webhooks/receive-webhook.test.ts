import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest'
import type { Db } from '../database.ts'
import { testDatabase, type TestDatabase } from '../testing/test-database.ts'
import { createWebhookReceiver, type WebhookReceiver } from './receive-webhook.ts'
import { signed, signedAt, vector } from './signing.fixtures.ts'
import { secretIdOf } from './verify-signature.ts'
import { eventually } from '../testing/eventually.ts'

const accepted = { status: 200, body: { received: true } }

describe('a delivery that SpacePay signed', () => {
  test('is answered 200 with its bytes, headers and secret id in the table, never the secret', async () => {
    await using database = await testDatabase()
    const { receive } = receiver(database.db)
    const cookie = { cookie: 'session=1', authorization: 'Bearer x' }
    expect(await receive(signed({ body: vector.body, headers: cookie }))).toMatchObject(accepted)
    const [stored] = await deliveries(database.db)
    expect(stored).toMatchObject({
      event_id: 'event-1',
      delivery_id: 'delivery-of-event-1',
      endpoint_id: 'endpoint-1',
      timestamp_header: vector.timestamp,
      signature_header: vector.signature,
      sent_at: signedAt,
      body: Buffer.from(vector.body),
      secret_id: secretIdOf(vector.secret),
      remote_address: '203.0.113.7',
      verdict: 'valid',
      conflicting_event: false,
      event_type: 'payment.updated',
      payment_id: '11111111-2222-4333-8444-555555555555',
      status: 'completed',
      processed_at: null,
    })
    expect(Object.keys(stored?.headers ?? {})).not.toContain('cookie')
    expect(Object.keys(stored?.headers ?? {})).not.toContain('authorization')
    expect(JSON.stringify(stored)).not.toContain(vector.secret)
  })

  test('is not answered before it is committed', async () => {
    await using database = await testDatabase()
    const { receive } = receiver(database.db)
    const letGo = await lockTable(database.owner)
    const answer = receive(signed({ body: vector.body }))
    await untilWaiting(database.owner)
    const soon = new Promise((resolve) => setImmediate(() => resolve('not yet')))
    expect(await Promise.race([answer, soon])).toBe('not yet')
    await letGo()
    expect(await answer).toMatchObject(accepted)
    expect(await deliveries(database.db)).toHaveLength(1)
  })

  test('counts once, however often it is sent: again as it was, or with a new timestamp', async () => {
    await using database = await testDatabase()
    const { receive } = receiver(database.db)
    const again = [vector.timestamp, vector.timestamp, '1767225610', '1767225670']
    for (const timestamp of again) {
      expect(await receive(signed({ body: vector.body, timestamp }))).toMatchObject(accepted)
    }
    const stored = await deliveries(database.db)
    expect(stored.map((row) => [row.verdict, row.duplicate_of])).toEqual([
      ['valid', null],
      ['duplicate', stored[0]?.id],
      ['duplicate', stored[0]?.id],
      ['duplicate', stored[0]?.id],
    ])
  })

  test('is one event under however many event ids: they are outside the signature', async () => {
    await using database = await testDatabase()
    const { receive } = receiver(database.db)
    await receive(signed({ body: vector.body }))
    const renamed = signed({ body: vector.body, eventId: 'event-2' })
    expect(await receive(renamed)).toMatchObject(accepted)
    expect(await verdicts(database.db)).toEqual(['valid', 'duplicate'])
  })

  test('is flagged when its event id came before over another body', async () => {
    await using database = await testDatabase()
    const { receive } = receiver(database.db)
    const other = vector.body.replace('"completed"', '"failed"')
    for (const body of [vector.body, other, other]) {
      expect(await receive(signed({ body }))).toMatchObject(accepted)
    }
    const stored = await deliveries(database.db)
    expect(stored.map((row) => [row.verdict, row.conflicting_event, row.duplicate_of])).toEqual([
      ['valid', false, null],
      ['valid', true, null],
      ['duplicate', false, stored[1]?.id],
    ])
  })

  test('is named by its body where the event id is missing or absurd', async () => {
    await using database = await testDatabase()
    const { receive } = receiver(database.db)
    const ids = [undefined, '', 'x'.repeat(201), ['a', 'b']]
    for (const id of ids) {
      const headers = { 'x-spacepay-event-id': id }
      expect(await receive(signed({ body: vector.body, headers }))).toMatchObject(accepted)
    }
    const stored = await deliveries(database.db)
    expect(stored.map((row) => row.event_id)).toEqual(
      ids.map(() => `body:${stored[0]?.body_sha256.toString('hex')}`),
    )
    expect(await verdicts(database.db)).toEqual(['valid', 'duplicate', 'duplicate', 'duplicate'])
  })
})

describe('whatever SpacePay signs', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await testDatabase()
  })
  afterAll(() => database[Symbol.asyncDispose]())

  test.each([
    ['an event type nobody knows', '{"type":"payment.levitated","data":{"a":1}}'],
    ['JSON that is no event', '["not","an","event"]'],
    ['a payment without an id', '{"type":"payment.updated","data":{"payment":{}}}'],
    ['a byte order mark', `\uFEFF${vector.body}`],
    ['duplicate keys', '{"type":"a","type":"b","data":{"payment":{"id":"x","id":"y"}}}'],
    ['numbers beyond 2^53', vector.body.replaceAll('14999', '9007199254740993')],
    ['numbers beyond every number', vector.body.replaceAll('14999', '1e999')],
    ['100 kB', JSON.stringify({ type: 'x', data: 'y'.repeat(100_000) })],
    ['100,000 keys', JSON.stringify({ type: 'x', data: Object.fromEntries(range(100_000)) })],
    ['100,000 levels', `{"type":"x","data":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['keys that mean something to JavaScript', '{"type":"x","data":{"__proto__":{"polluted":1}}}'],
    ['a NUL in the type', String.raw`{"type":"merchant.\u0000","data":{}}`],
  ])('is stored and answered 200 also with %s', async (name, body) => {
    const { receive } = receiver(database.db)
    expect(await receive(signed({ body, eventId: name }))).toMatchObject(accepted)
    expect((await deliveries(database.db)).slice(-1)).toMatchObject([
      { verdict: 'valid', body: Buffer.from(body) },
    ])
    expect('polluted' in {}).toBe(false)
  })

  test.each([
    ['cut JSON', Buffer.from('{"type":"payment.updated","data":')],
    ['no body', Buffer.alloc(0)],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
  ])('is kept for a person and answered 400 with %s', async (name, body) => {
    const { receive, onStored } = receiver(database.db)
    expect(await receive(signed({ body, eventId: name }))).toMatchObject({ status: 400 })
    expect((await deliveries(database.db)).slice(-1)).toMatchObject([
      { verdict: 'malformed', body },
    ])
    expect(onStored).not.toHaveBeenCalled()
  })
})

describe('many at once', () => {
  test('share commits, and each is stored once', async () => {
    await using database = await testDatabase()
    const { receive, onStored } = receiver(database.db)
    const answers = await Promise.all(
      range(120).map(([n]) => receive(signed({ body: bodyAbout(n), eventId: `event-${n}` }))),
    )
    expect(answers.every(({ status }) => status === 200)).toBe(true)
    expect(onStored).toHaveBeenCalledTimes(120)
    const commits = await sql<{ rows: number; commits: number }>`
      select count(*) as rows, count(distinct xmin::text) as commits
      from webhook_delivery`.execute(database.db)
    expect(commits.rows[0]?.rows).toBe(120)
    expect(commits.rows[0]?.commits).toBeLessThan(12)
  })

  test('two Desks that receive the same event at the same moment store one event', async () => {
    await using database = await testDatabase()
    const desks = [receiver(database.db), receiver(database.db), receiver(database.db)]
    const letGo = await lockTable(database.owner)
    const answers = desks.flatMap(({ receive }) =>
      range(4).map(([n]) => receive(signed({ body: vector.body, eventId: `event-${n % 2}` }))),
    )
    await untilWaiting(database.owner)
    await letGo()
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(answers.map(() => 200))
    const kept = await verdicts(database.db)
    expect(kept.filter((verdict) => verdict === 'valid')).toHaveLength(1)
    expect(kept).toHaveLength(12)
  })

  test('one that the database refuses does not take the others with it', async () => {
    await using database = await testDatabase()
    const { receive } = receiver(database.db)
    const answers = await Promise.all(
      range(9).map(([n]) =>
        receive(
          signed({
            body: bodyAbout(n),
            eventId: `event-${n}`,
            ...(n === 5 && { headers: { 'x-odd': '\u0000' } }),
          }),
        ),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(
      range(9).map(([n]) => (n === 5 ? 503 : 200)),
    )
  })
})

describe('while the database is away', () => {
  test('the answer is 503 with a time to come back, and afterwards 200 without a restart', async () => {
    await using database = await testDatabase()
    const { receive } = receiver(database.db)
    await allowConnections(database.ownerUrl, false)
    const refusals = await Promise.all([
      receive(signed({ body: vector.body })),
      receive(signed({ body: bodyAbout(1), eventId: 'event-2' })),
    ])
    expect(refusals).toMatchObject([
      { status: 503, headers: { 'retry-after': '5' } },
      { status: 503, headers: { 'retry-after': '5' } },
    ])
    const forged = await receive(signed({ body: vector.body, secret: 'whsec_other' }))
    expect(forged.status).toBe(401)
    await allowConnections(database.ownerUrl, true)
    expect(await receive(signed({ body: vector.body }))).toMatchObject(accepted)
    expect(await verdicts(database.db)).toEqual(['valid'])
  })
})

describe('on a full disk', () => {
  test('nothing is acknowledged, and as soon as there is room it goes on without a restart', async () => {
    await using database = await testDatabase()
    const { receive } = receiver(database.db)
    // What Postgres says where a table cannot grow: disk_full of its list of error codes.
    await sql`
      create function full_disk() returns trigger language plpgsql as
      $$ begin raise exception 'could not extend file' using errcode = '53100'; end $$`.execute(
      database.owner,
    )
    await sql`
      create trigger full_disk before insert on webhook_delivery
      for each row execute function full_disk()`.execute(database.owner)
    const refusals = await Promise.all(
      range(40).map(([n]) => receive(signed({ body: bodyAbout(n), eventId: `event-${n}` }))),
    )
    expect(new Set(refusals.map(({ status }) => status))).toEqual(new Set([503]))
    expect(await deliveries(database.db)).toEqual([])
    await sql`drop trigger full_disk on webhook_delivery`.execute(database.owner)
    expect(await receive(signed({ body: vector.body }))).toMatchObject(accepted)
    expect(await verdicts(database.db)).toEqual(['valid'])
  })
})

describe('rotating the secret', () => {
  test('both are accepted in the meantime, and the old one is refused after', async () => {
    await using database = await testDatabase()
    let live: readonly string[] = [vector.secret]
    const { receive } = receiver(database.db, { secrets: () => live })
    const send = async (secret: string) =>
      (await receive(signed({ body: bodyAbout(1), secret, eventId: randomUUID() }))).status
    expect([await send(vector.secret), await send('whsec_new')]).toEqual([200, 401])
    live = ['whsec_new', vector.secret]
    expect([await send(vector.secret), await send('whsec_new')]).toEqual([200, 200])
    live = ['whsec_new']
    expect([await send(vector.secret), await send('whsec_new')]).toEqual([401, 200])
  })
})

function receiver(
  db: Db,
  changes: { secrets?: () => readonly string[] } = {},
): WebhookReceiver & { onStored: ReturnType<typeof vi.fn> } {
  const onStored = vi.fn<() => void>()
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const made = createWebhookReceiver({
    db,
    secrets: () => [vector.secret],
    now: () => signedAt,
    log: quiet,
    onStored,
    ...changes,
  })
  return { ...made, onStored }
}

function bodyAbout(n: number): string {
  return JSON.stringify({
    type: 'payment.updated',
    data: { payment: { id: `p-${n}`, status: 'x' } },
  })
}

function range(count: number): [number, string][] {
  return Array.from({ length: count }, (_, n) => [n, 'value'])
}

async function deliveries(db: Db) {
  return db.selectFrom('webhook_delivery').selectAll().orderBy('id').execute()
}

async function verdicts(db: Db): Promise<string[]> {
  return (await deliveries(db)).map(({ verdict }) => verdict)
}

/** Keeps everyone from writing until the returned function is called. */
async function lockTable(owner: Db): Promise<() => Promise<void>> {
  const locked = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  const holding = owner.transaction().execute(async (trx) => {
    await sql`lock table webhook_delivery in exclusive mode`.execute(trx)
    locked.resolve()
    await held.promise
  })
  await locked.promise
  return async () => {
    held.resolve()
    await holding
  }
}

async function untilWaiting(owner: Db): Promise<void> {
  await eventually(async () => {
    const waiting = await sql`
      select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(owner)
    expect(waiting.rows.length).toBeGreaterThan(0)
  })
}

/** As if Postgres were down, for one database only. */
async function allowConnections(url: string, isAllowed: boolean): Promise<void> {
  const name = new URL(url).pathname.slice(1)
  const client = new Client({ connectionString: inject('ownerUrl') })
  await client.connect()
  await client.query(`alter database ${name} allow_connections ${isAllowed}`)
  await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
    isAllowed ? '' : name,
  ])
  await client.end()
}
