import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import pino from 'pino'
import { Client, request } from 'undici'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import type { Role } from '@desk/shared/identity/roles'
import { recordMany } from '../audit/audit.fixtures.ts'
import { recordUnsuccessful } from '../audit/record-unsuccessful.ts'
import type { Db } from '../database.ts'
import { cookieOf, doorOf, hire, PUBLIC_URL } from '../identity/identity.fixtures.ts'
import { eventually } from '../testing/eventually.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { auditExportRoute } from './audit-export-route.ts'
import { buildHttp } from './build-http.ts'

// Password hashing is slow by design.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const NOW = new Date('2026-06-01T23:30:00Z')

describe('exporting the audit log', () => {
  let database: TestDatabase
  let desk: Awaited<ReturnType<typeof exporter>>
  beforeAll(async () => {
    database = await testDatabase()
    desk = await exporter(database.db)
    await recordMany(database.db, 3)
  })
  afterAll(async () => {
    await desk.close()
    await database[Symbol.asyncDispose]()
  })

  test('gives a file from which somebody else can check every hash and the whole chain', async () => {
    const cookie = await desk.cookieOf('auditor')
    const { status, headers, text } = await desk.ask('/exports/audit', { cookie })
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      // Already the next day in London.
      'content-disposition': 'attachment; filename="desk-audit-2026-06-02.json"',
      'cache-control': 'no-store',
    })
    const entries = exported.parse(JSON.parse(text))
    let previous = '0'.repeat(64)
    for (const [index, { hash, ...content }] of entries.entries()) {
      expect(content).toMatchObject({ seq: index + 1, previous, version: 1 })
      const sorted = Object.entries(content).toSorted(([a], [b]) => (a < b ? -1 : 1))
      const canonical = JSON.stringify(Object.fromEntries(sorted))
      expect(createHash('sha256').update(canonical).digest('hex')).toBe(hash)
      previous = hash
    }
    expect(entries.length).toBeGreaterThan(4)
    expect(entries.at(-1)).toMatchObject({
      action: 'audit.export',
      outcome: 'done',
      actorEmail: 'auditor@shop.example',
      subjectKind: 'audit_log',
      after: '{"filter":{}}',
      address: '127.0.0.1',
      requestId: headers['x-request-id'],
    })
  })

  test('holds what the filters ask for, and writes them down', async () => {
    const cookie = await desk.cookieOf('auditor')
    const filter = '?subjectKind=payment&subjectId=pay_2&from=2026-11-23&to=2026-11-23'
    const { text } = await desk.ask(`/exports/audit${filter}`, { cookie })
    expect(exported.parse(JSON.parse(text))).toMatchObject([{ subjectId: 'pay_2' }])
    expect(await newest(database.db)).toMatchObject({
      action: 'audit.export',
      after:
        '{"filter":{"from":"2026-11-23","subjectId":"pay_2","subjectKind":"payment","to":"2026-11-23"}}',
    })
    const nothing = await desk.ask('/exports/audit?text=nowhere%20at%20all', { cookie })
    expect(JSON.parse(nothing.text)).toEqual([])
  })

  test.each([
    'outcome=maybe',
    'actr=u_ada',
    'from=2026-02-30',
    'text=',
    'actor=a&actor=b',
    `text=${'x'.repeat(201)}`,
  ])('refuses the filter %s in words and writes nothing', async (filter) => {
    const cookie = await desk.cookieOf('auditor')
    const before = await newest(database.db)
    const { status, text } = await desk.ask(`/exports/audit?${filter}`, { cookie })
    expect(status).toBe(400)
    expect(JSON.parse(text)).toEqual({
      message: expect.stringMatching(/^\S.*\.$/),
      requestId: expect.any(String),
    })
    expect(await newest(database.db)).toEqual(before)
  })

  test.each(['%00', '%ED%A0%80', '%', "';--", '%5C'])('takes the odd text %s', async (text) => {
    const cookie = await desk.cookieOf('auditor')
    const { status } = await desk.ask(`/exports/audit?text=${text}`, { cookie })
    expect(status).toBe(200)
  })

  test('tells visitors to sign in', async () => {
    const { status, text } = await desk.ask('/exports/audit', {})
    expect(status).toBe(401)
    expect(JSON.parse(text)).toMatchObject({ message: 'Sign in first.' })
  })

  test.each([
    ['support', 'This needs the role Admin or Auditor. An admin can give it to you.'],
    ['finance', 'This needs the role Admin or Auditor. An admin can give it to you.'],
    ['admin', 'Add a second factor first: your roles ask for one.'],
  ] as const)('refuses %s in words, and says so in the log', async (role, message) => {
    const cookie = await desk.cookieOf(role)
    const { status, text, headers } = await desk.ask('/exports/audit?text=x', { cookie })
    expect(status).toBe(403)
    expect(JSON.parse(text)).toMatchObject({ message })
    expect(await newest(database.db)).toMatchObject({
      actor_email: `${role}@shop.example`,
      action: 'call.refuse',
      outcome: 'refused',
      reason: message,
      subject_kind: 'procedure',
      subject_id: 'exports.audit',
      request_id: headers['x-request-id'],
    })
  })

  test.each(['cross-site', 'same-site'])(
    'does nothing for a link on another site: %s',
    async (site) => {
      const cookie = await desk.cookieOf('auditor')
      const before = await newest(database.db)
      const { status } = await desk.ask('/exports/audit', { cookie, 'sec-fetch-site': site })
      expect(status).toBe(403)
      expect(await newest(database.db)).toEqual(before)
    },
  )

  test('counts no HEAD request as an export', async () => {
    const cookie = await desk.cookieOf('auditor')
    const before = await newest(database.db)
    const answer = await request(`${desk.url}/exports/audit`, {
      method: 'HEAD',
      headers: { cookie },
    })
    expect(answer.statusCode).toBe(404)
    expect(await newest(database.db)).toEqual(before)
  })
})

test('a log of any length is sent as fast as it is taken, and no faster', async () => {
  await using database = await testDatabase()
  let statements = 0
  const counted = database.db.withPlugin({
    transformQuery: ({ node }) => {
      statements += 1
      return node
    },
    transformResult: async ({ result }) => result,
  })
  const desk = await exporter(database.db, counted)
  const cookie = await desk.cookieOf('auditor')
  const rows = 60_000
  await sql`
    insert into audit_entry (seq, at, action, outcome, reason, previous_hash, hash)
    select seq + 100, now(), 'call.fail', 'failed', repeat('x', 1000), '\\x00', '\\x00'
    from generate_series(1, ${rows}) as seq`.execute(database.owner)
  const client = new Client(desk.url)
  try {
    const { body } = await client.request({
      method: 'GET',
      path: '/exports/audit?action=call.fail',
      headers: { cookie },
    })
    // Nobody reads: what is under way fills the buffers between us, and then it stops.
    let seen = -1
    await eventually(() => {
      const before = seen
      seen = statements
      expect(seen).toBe(before)
    })
    expect(statements).toBeLessThan(rows / 1_000 / 2)
    expect(exported.parse(await body.json())).toHaveLength(rows)
    expect(statements).toBeGreaterThan(rows / 1_000)
  } finally {
    await client.close()
    await desk.close()
  }
})

const exported = z.array(
  z.looseObject({ seq: z.int(), previous: z.string(), hash: z.string(), version: z.literal(1) }),
)

/** The route behind a real server, with people to sign in. */
async function exporter(db: Db, exportedFrom: Db = db) {
  const { auth } = doorOf(db)
  const log = pino({ level: 'silent' })
  const http = await buildHttp({ log, publicUrl: PUBLIC_URL, trustedProxies: [] })
  auditExportRoute(http, {
    db: exportedFrom,
    auth,
    audit: { unsuccessful: (call) => recordUnsuccessful({ db, log }, call) },
    now: () => NOW,
    businessDay: async () => ({ zone: 'Europe/London', cutOff: '00:00' }),
  })
  const url = await http.listen({ host: '127.0.0.1', port: 0 })
  const cookies = new Map<Role, string>()
  return {
    url,
    close: () => http.close(),
    cookieOf: async (role: Role) => {
      const email = `${role}@shop.example`
      if (!cookies.has(role)) {
        await hire(db, email, [role])
        cookies.set(role, await cookieOf(auth, { email }))
      }
      return cookies.get(role) ?? ''
    },
    ask: async (path: string, headers: Record<string, string>) => {
      const answer = await request(`${url}${path}`, { headers })
      return {
        status: answer.statusCode,
        headers: answer.headers,
        text: await answer.body.text(),
      }
    },
  }
}

function newest(db: Db) {
  return db.selectFrom('audit_entry').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst()
}
