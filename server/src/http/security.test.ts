import { sql } from 'kysely'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { DEMO_PASSWORD } from '../identity/demo-people.ts'
import { hire, PASSWORD } from '../identity/identity.fixtures.ts'
import { readEnv } from '../env.ts'
import { appRouter } from '../app-router.ts'
import { deskLog } from '../launch/desk-log.ts'
import { type Desk, runDesk } from '../main.ts'
import { eventually } from '../testing/eventually.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'

// Password hashing is slow by design, and slower on a busy machine.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const ORIGIN = 'https://desk.example'
const canaries = {
  SPACEPAY_SECRET_KEY: 'sk_live_canaryAPI',
  SPACEPAY_WEBHOOK_SECRETS: 'whsec_canaryHOOK',
  // The key that the test database's roles were made with.
  DESK_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('hex'),
}

describe('Desk with a real SpacePay', () => {
  let database: TestDatabase
  let desk: RunningDesk
  let auditor: Browser
  let support: Browser
  const visitor: Browser = { cookie: '' }

  beforeAll(async () => {
    database = await testDatabase()
    desk = await start(database, null)
    await hire(database.owner, 'auditor@shop.example', ['auditor'])
    await hire(database.owner, 'support@shop.example', ['support'])
    auditor = await signIn(desk, 'auditor@shop.example', PASSWORD)
    support = await signIn(desk, 'support@shop.example', PASSWORD)
  })
  afterAll(async () => {
    await desk.stop()
    await database[Symbol.asyncDispose]()
  })

  test('greets visitors without a word about demo people', async () => {
    const { status, text } = await desk.ask(visitor, 'GET', '/trpc/identity.greeting')
    expect(status).toBe(200)
    expect(JSON.parse(text)).toMatchObject({
      result: { data: { environment: 'live', demo: null } },
    })
    expect(text).not.toMatch(/desk\.test|desk-demo/)
  })

  test('has no demo people, and none can sign in', async () => {
    const people = await database.owner.selectFrom('person').select('email').execute()
    expect(people.filter(({ email }) => email.endsWith('@desk.test'))).toEqual([])
    const answer = await desk.ask(visitor, 'POST', '/api/auth/sign-in/email', {
      body: JSON.stringify({ email: 'admin@desk.test', password: DEMO_PASSWORD }),
    })
    expect(answer.status).toBe(401)
  })

  test('knows the person behind the cookie, through every layer', async () => {
    const { text } = await desk.ask(auditor, 'GET', '/trpc/identity.me')
    expect(JSON.parse(text)).toMatchObject({
      result: { data: { email: 'auditor@shop.example', roles: ['auditor'] } },
    })
    expect((await desk.ask(visitor, 'GET', '/trpc/identity.me')).status).toBe(401)
  })

  test('answers each call of a batch by its own permission', async () => {
    const answer = await desk.ask(
      auditor,
      'POST',
      '/trpc/payments.refresh,payments.refresh?batch=1',
      {
        body: '{"0":{"id":"pay_1"},"1":{"id":"pay_2"}}',
      },
    )
    expect(answer.status).toBe(403)
    const changes = await desk.ask(
      auditor,
      'POST',
      '/trpc/profile.endOtherSessions,payments.refresh?batch=1',
      { body: '{"1":{"id":"pay_1"}}' },
    )
    expect(changes.status).toBe(207)
    expect(JSON.parse(changes.text)).toMatchObject([
      { result: { data: { ended: 0 } } },
      { error: { data: { code: 'FORBIDDEN' } } },
    ])
    const mixed = await desk.ask(visitor, 'GET', '/trpc/identity.greeting,identity.me?batch=1')
    expect(mixed.status).toBe(207)
    expect(JSON.parse(mixed.text)).toMatchObject([
      { result: { data: { environment: 'live' } } },
      { error: { data: { code: 'UNAUTHORIZED' } } },
    ])
  })

  test('opens the live stream to nobody who is not signed in', async () => {
    const { text } = await desk.ask(visitor, 'GET', '/trpc/payments.changes')
    expect(text).toMatch(/event: serialized-error\ndata: .*UNAUTHORIZED/)
  })

  test('does not make a mutation reachable by GET', async () => {
    const input = encodeURIComponent('{"id":"pay_1"}')
    const answer = await desk.ask(support, 'GET', `/trpc/payments.refresh?input=${input}`)
    expect(answer.status).toBe(405)
  })

  test.each([
    ['a missing origin', { origin: '' }, 403],
    ['an opaque origin', { origin: 'null' }, 403],
    ['a foreign origin', { origin: 'https://evil.example' }, 403],
    ['a neighbouring subdomain', { origin: 'https://shop.desk.example' }, 403],
    ['the same host over http', { origin: 'http://desk.example' }, 403],
    [
      'a foreign origin behind a forged host',
      { origin: 'https://evil.example', host: 'evil.example' },
      403,
    ],
    ['the origin of a page that another site shows', { 'sec-fetch-site': 'cross-site' }, 403],
    ['our origin by a neighbouring subdomain', { 'sec-fetch-site': 'same-site' }, 403],
    ['our origin by nobody', { 'sec-fetch-site': 'none' }, 403],
    ['a text body, as a form can send it', { 'content-type': 'text/plain' }, 415],
    ['a form body', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a body of no kind', { 'content-type': '' }, 415],
  ])('refuses a mutation and a sign-in with %s', async (_case, headers, status) => {
    const knock = await desk.ask(visitor, 'POST', '/api/auth/sign-in/email', {
      headers,
      body: JSON.stringify({ email: 'support@shop.example', password: PASSWORD }),
    })
    expect(knock.status).toBe(status)
    expect(knock.headers['set-cookie']).toBeUndefined()
    const paths = ['/trpc/payments.refresh', '/%74rpc/payments.refresh', '//trpc/payments.refresh']
    for (const path of paths) {
      const answer = await desk.ask(support, 'POST', path, { headers, body: '{"id":"pay_1"}' })
      expect([status, 404], `${path}: ${answer.text}`).toContain(answer.status)
    }
    const first = await desk.ask(support, 'POST', '/trpc/payments.refresh', {
      headers,
      body: '{"id":"pay_1"}',
    })
    expect(first.status).toBe(status)
  })

  test.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)(
    'lets nothing through by %s',
    async (method) => {
      const answer = await desk.ask(support, method, '/trpc/payments.refresh', {
        body: '{"id":"pay_1"}',
      })
      expect([404, 405]).toContain(answer.status)
      expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    },
  )

  test('allows no other site to read anything', async () => {
    const headers = { origin: 'https://evil.example' }
    const answer = await desk.ask(support, 'GET', '/trpc/identity.me', { headers })
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
    expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin')
  })

  test.each([
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }, 403],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, 403],
    [{ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }, 403],
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 200],
    [{ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' }, 200],
    [{ 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }, 200],
  ])('answers a read that a browser announces as %j with %i', async (headers, status) => {
    const answer = await desk.ask(support, 'GET', '/trpc/identity.me', { headers })
    expect(answer.status).toBe(status)
  })

  test.each(['/trpc/identity.me', '/healthz', '/nowhere', '/api/auth/nowhere', '/'])(
    'sends strict headers on %s',
    async (path) => {
      const { headers } = await desk.ask(visitor, 'GET', path)
      const policy = new Map(
        String(headers['content-security-policy'])
          .split(';')
          .map((part): [string, string] => {
            const [name = '', ...sources] = part.trim().split(' ')
            return [name, sources.join(' ')]
          }),
      )
      expect(Object.fromEntries(policy)).toEqual({
        'default-src': "'none'",
        'script-src': "'self'",
        'script-src-attr': "'none'",
        'style-src': "'self'",
        'font-src': "'self'",
        'img-src': "'self' data:",
        'connect-src': "'self'",
        'manifest-src': "'self'",
        'worker-src': "'none'",
        'frame-src': "'none'",
        'object-src': "'none'",
        'base-uri': "'none'",
        'form-action': "'self'",
        'frame-ancestors': "'none'",
        'upgrade-insecure-requests': '',
      })
      expect(headers['x-frame-options']).toBe('DENY')
      expect(headers['cross-origin-resource-policy']).toBe('same-origin')
      expect(headers['strict-transport-security']).toMatch(/max-age=31536000/)
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['cross-origin-opener-policy']).toBe('same-origin')
      expect(headers['referrer-policy']).toBe('no-referrer')
      expect(headers['x-powered-by']).toBeUndefined()
    },
  )

  test('keeps personal answers out of every cache', async () => {
    for (const [method, path] of [
      ['GET', '/trpc/identity.me'],
      ['POST', '/api/auth/sign-out'],
      ['POST', '/api/auth/sign-in/nowhere'],
      ['GET', '/exports/audit'],
      ['GET', '/nowhere'],
    ] as const) {
      expect((await desk.ask(visitor, method, path)).headers['cache-control']).toBe('no-store')
    }
  })

  test.each([
    ['GET', '/healthz', undefined],
    ['GET', '/nowhere', undefined],
    ['GET', '/%', undefined],
    ['GET', '/trpc/identity.me', undefined],
    ['GET', '/trpc/nowhere', undefined],
    ['POST', '/trpc/payments.refresh', '{'],
    ['POST', '/api/auth/sign-in/email', '{}'],
    ['POST', '/api/auth/sign-in/email', `{"email":"${'a'.repeat(20_000)}"}`],
    ['POST', '/webhooks/spacepay', '{}'],
    ['GET', '/exports/audit', undefined],
  ] as const)(
    'names every answer, so that a person can quote it: %s %s',
    async (method, path, body) => {
      const ask = async () =>
        (await desk.ask(visitor, method, path, body === undefined ? {} : { body })).headers
      const [first, second] = [await ask(), await ask()]
      expect(first['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
      expect(second['x-request-id']).not.toBe(first['x-request-id'])
    },
  )

  test('takes no name for a request from whoever sends it', async () => {
    const headers = { 'x-request-id': 'chosen', 'request-id': 'chosen' }
    const answer = await desk.ask(visitor, 'GET', '/nowhere', { headers })
    expect(answer.headers['x-request-id']).not.toBe('chosen')
  })

  test('logs a refused sign-in under the id that its answer carries', async () => {
    const answer = await desk.ask(visitor, 'POST', '/api/auth/sign-in/email', {
      body: JSON.stringify({ email: 'nobody@shop.example', password: 'wrong password' }),
    })
    const line = desk.logged.findLast((it) => it.includes('sign-in refused'))
    expect(line).toContain(String(answer.headers['x-request-id']))
  })

  test.each([
    ['/api/auth/sign-in/email', 20_000, 413],
    ['/trpc/payments.refresh', 300_000, 413],
    ['/trpc/payments.refresh', 200_000, 400],
  ])('answers %s with %i bytes by %i', async (path, bytes, status) => {
    const body = `{"id":"${'a'.repeat(bytes)}"}`
    expect((await desk.ask(support, 'POST', path, { body })).status).toBe(status)
  })

  test('tells its metrics to nobody beyond a proxy, whatever that proxy is called', async () => {
    expect((await desk.ask(visitor, 'GET', '/metrics')).status).toBe(200)
    for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via', 'x-forwarded-host']) {
      const headers = { [name]: '127.0.0.1' }
      expect((await desk.ask(visitor, 'GET', '/metrics', { headers })).status).toBe(404)
    }
  })

  test.each([
    ['/trpc/payments.list?input=%7B', 400],
    ['/trpc/payments.list?input=%ff', 400],
    [`/trpc/payments.detail?input=${encodeURIComponent('{"id":5}')}`, 400],
    ['/trpc/__proto__', 404],
    ['/trpc/constructor.name', 404],
    ['/trpc/nowhere', 404],
    ['/%', 400],
    [`/trpc/${'a'.repeat(600)}`, 404],
  ])('answers the nonsense %s without a stack', async (path, status) => {
    const answer = await desk.ask(auditor, 'GET', path)
    expect([status, 404, 414]).toContain(answer.status)
    expect(answer.text).not.toMatch(/stack|node_modules|\.ts[:)]/)
  })

  test.each([
    ['half of JSON', '{'],
    ['nothing', ''],
    ['a list', '[]'],
    ['a string', '"x"'],
    ['300 kB', `{"id":"${'a'.repeat(300_000)}"}`],
    ['deep nesting', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['a NUL', '{"id":"pay_\\u0000"}'],
  ])('answers a mutation body of %s with 4xx', async (_case, body) => {
    const answer = await desk.ask(support, 'POST', '/trpc/payments.refresh', { body })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.text).not.toMatch(/stack|node_modules|\.ts[:)]/)
  })

  test.each(['x y', 'desk.example:99999', ''])(
    'does not stumble over the host header %j',
    async (host) => {
      const answer = await desk.ask(visitor, 'POST', '/api/auth/sign-out', { headers: { host } })
      expect(answer.status).toBeLessThan(500)
    },
  )

  test('counts wrong passwords by the connection, not by what headers claim', async () => {
    const statuses: number[] = []
    for (let i = 0; i < 12; i += 1) {
      const { status } = await desk.ask(visitor, 'POST', '/api/auth/sign-in/email', {
        headers: { 'x-forwarded-for': `198.51.100.${i}`, 'x-real-ip': `198.51.100.${i}` },
        body: JSON.stringify({ email: `guess${i}@shop.example`, password: 'wrong password' }),
      })
      statuses.push(status)
    }
    expect(new Set(statuses)).toEqual(new Set([401]))
    const { rows } = await sql<{ kind: string; networks: string }>`
      select split_part(key, ':', 1) as kind, count(*) as networks
      from rate_limit where key like 'sign-in-network:%' group by 1`.execute(database.owner)
    expect(rows).toEqual([{ kind: 'sign-in-network', networks: 1 }])
    const addresses = database.owner.selectFrom('audit_entry').select('address').distinct()
    expect(await addresses.where('action', '=', 'session.sign_in').execute()).toEqual([
      { address: '127.0.0.1' },
    ])
  })

  test('puts no secret into any answer or log line', async () => {
    // A stream does not end by itself.
    const ending = Object.keys(procedures).filter((path) => path !== 'payments.changes')
    for (const path of ending) {
      await desk.ask(support, 'GET', `/trpc/${path}`)
      await desk.ask(support, 'POST', `/trpc/${path}`, { body: '{"id":"pay_1"}' })
    }
    for (const path of ['/healthz', '/readyz', '/metrics', '/', '/webhooks/spacepay']) {
      await desk.ask(visitor, 'GET', path)
    }
    await desk.ask(visitor, 'POST', '/webhooks/spacepay', {
      headers: { 'x-signature': 'sha256=00', 'x-timestamp': '1' },
      body: '{}',
    })
    const said = [...desk.heard, ...desk.logged].join('\n')
    expect(desk.heard.length).toBeGreaterThan(30)
    expect(desk.logged.length).toBeGreaterThan(3)
    // A new authenticator's secret is for its owner's eyes, once; the app shows it, the log does not.
    const [secret = ''] = said.match(/(?<=secret=)[A-Z2-7]{16,}/) ?? []
    expect(secret).not.toBe('')
    expect(desk.logged.join('\n')).not.toContain(secret)
    const keyBytes = Buffer.alloc(32, 7)
    for (const secret of [
      ...Object.values(canaries),
      keyBytes.toString('base64'),
      keyBytes.toString('base64url'),
      PASSWORD,
      support.cookie.split('=')[1] ?? '',
    ]) {
      expect(said).not.toContain(secret)
    }
  })
})

test('a proxy that is named is believed about the client next to it, and about nobody further', async () => {
  await using database = await testDatabase()
  const desk = await start(database, null, { DESK_TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8' })
  try {
    for (const [forwarded, address] of [
      ['198.51.100.9', '198.51.100.9'],
      ['203.0.113.99, 198.51.100.9', '198.51.100.9'],
      ['203.0.113.99, 198.51.100.9, 10.1.2.3', '198.51.100.9'],
    ] as const) {
      await database.owner.deleteFrom('audit_entry').execute()
      await desk.ask({ cookie: '' }, 'POST', '/api/auth/sign-in/email', {
        headers: { 'x-forwarded-for': forwarded, 'x-real-ip': '203.0.113.98' },
        body: JSON.stringify({ email: 'nobody@shop.example', password: 'wrong password' }),
      })
      const entries = database.owner.selectFrom('audit_entry').select('address')
      expect({ forwarded, entries: await entries.execute() }).toEqual({
        forwarded,
        entries: [{ address }],
      })
    }
  } finally {
    await desk.stop()
  }
})

test('a flood is refused wherever its person asks, with the seconds to wait; machines are not', async () => {
  await using database = await testDatabase()
  const desk = await start(database, null)
  const visitor = { cookie: '' }
  /** As another Desk would, that answered a whole allowance in this minute. */
  const floodElsewhere = async () => {
    await sql`insert into rate_limit (key, count, window_started_at)
      values ('requests-address:127.0.0.1', 2400, date_trunc('minute', now()))
      on conflict (key) do update set
        count = excluded.count, window_started_at = excluded.window_started_at`.execute(
      database.owner,
    )
  }
  try {
    let refused = await desk.ask(visitor, 'GET', '/trpc/identity.greeting')
    await eventually(async () => {
      await floodElsewhere()
      refused = await desk.ask(visitor, 'GET', '/trpc/identity.greeting')
      expect(refused.status).toBe(429)
    })
    const wait = Number(refused.headers['retry-after'])
    expect(wait).toBeGreaterThanOrEqual(1)
    expect(wait).toBeLessThanOrEqual(60)
    expect(JSON.parse(refused.text)).toMatchObject({
      error: {
        message: `Too many requests from your network. Wait ${wait} ${wait === 1 ? 'second' : 'seconds'}, then go on.`,
        data: { code: 'TOO_MANY_REQUESTS', httpStatus: 429, refusal: 'too_many_requests' },
      },
    })
    const batch = '/trpc/identity.greeting,identity.me?batch=1'
    for (const [method, path, status] of [
      ['GET', batch, 429],
      ['POST', '/api/auth/sign-out', 429],
      ['GET', '/exports/audit', 429],
      ['GET', '/healthz', 200],
      ['GET', '/readyz', 200],
      ['GET', '/metrics', 200],
      ['GET', '/nowhere', 404],
      ['POST', '/webhooks/spacepay', 401],
    ] as const) {
      // The minute may end meanwhile, and with it the flood.
      await eventually(async () => {
        if (status === 429) await floodElsewhere()
        const sent = method === 'POST' ? { body: '{}' } : {}
        const answer = await desk.ask(visitor, method, path, sent)
        expect({ path, status: answer.status }).toEqual({ path, status })
        expect(answer.headers['retry-after'] !== undefined).toBe(status === 429)
      })
    }
    const told = database.owner.selectFrom('audit_entry').select(['address', 'reason'])
    expect(await told.where('action', '=', 'request.limit').execute()).toContainEqual({
      address: '127.0.0.1',
      reason: 'more than 2400 requests in a minute from one address',
    })
  } finally {
    await desk.stop()
  }
})

test('a sandbox beside a real SpacePay does not make it a demo', async () => {
  await using database = await testDatabase()
  const desk = await start(database, 'http://127.0.0.1:4010')
  try {
    expect(await database.owner.selectFrom('person').select('email').execute()).toEqual([])
    const greeting = await desk.ask({ cookie: '' }, 'GET', '/trpc/identity.greeting')
    expect(JSON.parse(greeting.text)).toMatchObject({ result: { data: { demo: null } } })
  } finally {
    await desk.stop()
  }
})

const { _def: declared } = appRouter
const procedures = declared.procedures

interface Browser {
  readonly cookie: string
}

interface Sent {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

interface RunningDesk extends Desk {
  readonly logged: string[]
  /** Every answer to anybody. */
  readonly heard: string[]
  ask(
    browser: Browser,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS',
    path: string,
    sent?: Sent,
  ): Promise<Answer>
}

interface Answer {
  readonly status: number
  readonly text: string
  readonly headers: Awaited<ReturnType<typeof request>>['headers']
}

/** The whole of Desk on a free port, as the environment of a real shop makes it. */
async function start(
  database: TestDatabase,
  sandboxUrl: string | null,
  more: Readonly<Record<string, string>> = {},
): Promise<RunningDesk> {
  const reading = readEnv({
    SPACEPAY_BASE_URL: 'https://api.spacepay.invalid',
    ...canaries,
    ...more,
  })
  if (!reading.ok || !reading.env.spacepay) throw new Error('the environment is at fault')
  const heard: string[] = []
  const logged: string[] = []
  const desk = await runDesk({
    env: { ...reading.env, port: 0 },
    host: '127.0.0.1',
    databaseUrl: database.ownerUrl,
    sandboxUrl,
    encryptionKey: reading.env.spacepay.encryptionKey,
    publicUrl: new URL(ORIGIN),
    webFolder: null,
    log: deskLog('trace', { write: (line: string) => void logged.push(line) }),
  })
  const base = desk.url.replace('localhost', '127.0.0.1')
  return {
    ...desk,
    heard,
    logged,
    async ask(browser, method, path, sent = {}) {
      const headers = Object.entries({
        origin: ORIGIN,
        cookie: browser.cookie,
        ...(sent.body !== undefined && { 'content-type': 'application/json' }),
        ...sent.headers,
      }).filter(([name, value]) => value !== '' || name === 'host')
      const response = await request(`${base}${path}`, {
        method,
        headers: Object.fromEntries(headers),
        ...(sent.body !== undefined && { body: sent.body }),
      })
      const text = await response.body.text()
      heard.push(JSON.stringify(response.headers['set-cookie'] ? {} : response.headers), text)
      return { status: response.statusCode, text, headers: response.headers }
    },
  }
}

async function signIn(desk: RunningDesk, email: string, password: string): Promise<Browser> {
  const answer = await desk.ask({ cookie: '' }, 'POST', '/api/auth/sign-in/email', {
    body: JSON.stringify({ email, password }),
  })
  const [line = ''] = [answer.headers['set-cookie'] ?? ''].flat()
  expect(line).toMatch(/^__Host-desk_session=/)
  return { cookie: line.split(';')[0] ?? '' }
}
