import { createHash } from 'node:crypto'
import pino from 'pino'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import type { Role } from '@desk/shared/identity/roles'
import { userId } from '@desk/shared/identity/session'
import { recordUnsuccessful } from '../audit/record-unsuccessful.ts'
import { cancelExport } from '../exports/cancel-export.ts'
import { expireExports } from '../exports/expire-exports.ts'
import { csvRows, exportInput } from '../exports/exports.fixtures.ts'
import { requestExport } from '../exports/request-export.ts'
import { runExport } from '../exports/run-export.ts'
import { cookieOf, doorOf, hire, PUBLIC_URL } from '../identity/identity.fixtures.ts'
import { insertPayments } from '../payments/payment-rows.fixtures.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { auditExportRoute } from './audit-export-route.ts'
import { buildHttp } from './build-http.ts'
import { exportRoutes } from './export-routes.ts'

// Password hashing is slow by design.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const NOW = new Date('2026-11-23T12:00:00Z')

describe('downloading an export', () => {
  let database: TestDatabase
  let desk: Awaited<ReturnType<typeof downloader>>
  let id: string
  beforeAll(async () => {
    database = await testDatabase()
    desk = await downloader(database)
    await insertPayments(database.owner, [
      { id: 'pay_1', order_id: 'naïve, "quoted"', amount_cents: 1_250 },
      { id: 'pay_2', status: 'failed' },
    ])
    id = await desk.made({ run: true })
  })
  afterAll(async () => {
    await desk.close()
    await database[Symbol.asyncDispose]()
  })

  test('gives the file with its name, its length and its hash, and writes down who took it', async () => {
    const { status, headers, body } = await desk.ask(`/exports/${id}`, 'finance')
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="desk-payments-2026-11-01-to-2026-11-30-${id}.csv"`,
      'content-length': String(body.length),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    expect(csvRows(body)).toMatchObject([{ 'Payment id': 'pay_1', 'Order id': 'naïve, "quoted"' }])
    expect(await newest(database)).toMatchObject({
      action: 'export.download',
      actor_email: 'finance@shop.example',
      subject_kind: 'export',
      subject_id: id,
      after: expect.stringContaining(createHash('sha256').update(body).digest('hex')),
    })
  })

  test('has a manifest from which somebody else can check it', async () => {
    const { headers, body } = await desk.ask(`/exports/${id}/manifest`, 'auditor')
    const file = await desk.ask(`/exports/${id}`, 'auditor')
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
    expect(z.looseObject({}).parse(JSON.parse(body.toString()))).toMatchObject({
      export: id,
      file: {
        bytes: file.body.length,
        sha256: createHash('sha256').update(file.body).digest('hex'),
      },
      asked: {
        words: 'status:completed created:this-month',
        query: expect.objectContaining({ statuses: ['completed'] }),
        zone: 'America/New_York',
        cutOff: '00:00',
        askedOn: '2026-11-30',
        days: { from: '2026-11-01', to: '2026-11-30' },
        createdFrom: '2026-11-01T04:00:00Z',
        createdBefore: '2026-12-01T05:00:00Z',
      },
      columnSet: 1,
      rows: 1,
      totals: { currencies: [{ currency: 'USD', payments: 1, gross: '12.50' }], tokens: [] },
      requestedBy: { name: 'finance@shop.example' },
    })
  })

  test.each([
    ['support', 403, 'This needs the role Finance, Admin or Auditor. An admin can give it to you.'],
    ['nobody', 401, 'Sign in first.'],
  ] as const)('is refused to %s in words', async (who, expected, message) => {
    for (const path of [`/exports/${id}`, `/exports/${id}/manifest`]) {
      const { status, body } = await desk.ask(path, who)
      expect(status).toBe(expected)
      expect(JSON.parse(body.toString())).toMatchObject({ message })
    }
    if (who !== 'support') return
    expect(await newest(database)).toMatchObject({
      action: 'call.refuse',
      actor_email: 'support@shop.example',
      subject_id: 'exports.download',
    })
  })

  test.each(['nothing', '..%2f..%2fetc', '%00', 'xxxxxxxxxx'])(
    'says that there is no export %s',
    async (name) => {
      const { status } = await desk.ask(`/exports/${name}`, 'finance')
      expect(status).toBe(404)
    },
  )

  test('leaves the audit log where it was', async () => {
    const { status, body } = await desk.ask('/exports/audit', 'auditor')
    expect(status).toBe(200)
    expect(z.array(z.unknown()).parse(JSON.parse(body.toString())).length).toBeGreaterThan(2)
  })

  test('gives nothing to a link on another site, and counts no HEAD as a download', async () => {
    const before = await newest(database)
    const foreign = await desk.ask(`/exports/${id}`, 'finance', { 'sec-fetch-site': 'cross-site' })
    expect(foreign.status).toBe(403)
    const cookie = await desk.cookieOf('finance')
    const head = await request(`${desk.url}/exports/${id}`, { method: 'HEAD', headers: { cookie } })
    expect(head.statusCode).toBe(404)
    expect(await newest(database)).toEqual(before)
  })

  test('says why there is no file', async () => {
    const waiting = await desk.made({ run: false })
    const { status, body } = await desk.ask(`/exports/${waiting}`, 'finance')
    expect(status).toBe(409)
    expect(body.toString()).toContain('it is not done')
    const by = { actor: null, address: null, requestId: null, at: NOW }
    await cancelExport(database.db, by, waiting)

    const old = await desk.made({ run: true })
    const muchLater = () => new Date(NOW.getTime() + 31 * 86_400_000)
    await expireExports({ db: database.db, now: muchLater })
    const gone = await desk.ask(`/exports/${old}`, 'finance')
    expect(gone.status).toBe(409)
    expect(gone.body.toString()).toContain('deleted after 30 days')
    expect((await desk.ask(`/exports/${old}/manifest`, 'finance')).status).toBe(200)
  })
})

/** The routes behind a real server, with people to sign in. */
async function downloader({ db }: TestDatabase) {
  const { auth } = doorOf(db)
  const log = pino({ level: 'silent' })
  const http = await buildHttp({ log, publicUrl: PUBLIC_URL, trustedProxies: [] })
  const audit = { unsuccessful: recordUnsuccessful.bind(null, { db, log }) }
  const parts = { db, auth, audit, now: () => NOW }
  auditExportRoute(http, {
    ...parts,
    businessDay: async () => ({ zone: 'Europe/London', cutOff: '00:00' }),
  })
  exportRoutes(http, parts)
  const url = await http.listen({ host: '127.0.0.1', port: 0 })
  const cookies = new Map<Role, string>()
  const cookieFor = async (role: Role) => {
    const email = `${role}@shop.example`
    if (!cookies.has(role)) {
      await hire(db, email, [role])
      cookies.set(role, await cookieOf(auth, { email }))
    }
    return cookies.get(role) ?? ''
  }
  return {
    url,
    cookieOf: cookieFor,
    close: () => http.close(),
    made: async ({ run }: { run: boolean }) => {
      await cookieFor('finance')
      const person = await db
        .selectFrom('person')
        .select('id')
        .where('email', '=', 'finance@shop.example')
        .executeTakeFirstOrThrow()
      const viewer = { userId: userId.parse(person.id), roles: ['finance' as const] }
      const place = { zone: 'America/New_York', cutOff: '00:00', today: '2026-11-30', viewer }
      const by = { actor: null, address: null, requestId: null, at: NOW }
      const input = exportInput({ statuses: ['completed'], createdPreset: 'this-month' })
      const { id } = await requestExport({ db, by, place }, input)
      const desk = { db, now: () => NOW, log }
      if (run) await runExport(desk, id, new AbortController().signal)
      return id
    },
    ask: async (path: string, who: Role | 'nobody', more: Record<string, string> = {}) => {
      const cookie = who === 'nobody' ? {} : { cookie: await cookieFor(who) }
      const answer = await request(`${url}${path}`, { headers: { ...cookie, ...more } })
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: Buffer.from(await answer.body.arrayBuffer()),
      }
    },
  }
}

function newest({ db }: TestDatabase) {
  return db.selectFrom('audit_entry').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst()
}
