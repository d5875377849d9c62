import { createHash } from 'node:crypto'
import pino from 'pino'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import type { Role } from '@desk/shared/identity/roles'
import { userId } from '@desk/shared/identity/session'
import { recordUnsuccessful } from '../audit/record-unsuccessful.ts'
import { cookieOf, doorOf, hire, PUBLIC_URL } from '../identity/identity.fixtures.ts'
import { actorWith } from '../kernel/context.fixtures.ts'
import { closeMonth } from '../settlements/close-month.ts'
import { makeMonthFile } from '../settlements/make-month-file.ts'
import { readMonth } from '../settlements/month-detail.queries.ts'
import { writeMonthFile } from '../settlements/write-month-file.ts'
import { countAll, learnSettled, settledAt } from '../testing/settled-payments.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { buildHttp } from './build-http.ts'
import { monthFileRoutes } from './month-file-routes.ts'

// Password hashing is slow by design.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const now = () => new Date('2026-11-23T12:00:00Z')
const month = '2026-10'

describe('a file of a closed month', () => {
  let database: TestDatabase
  let desk: Awaited<ReturnType<typeof downloader>>
  beforeAll(async () => {
    database = await testDatabase()
    desk = await downloader(database)
  })
  afterAll(async () => {
    await desk.close()
    await database[Symbol.asyncDispose]()
  })

  test('is given with its name, is what its manifest says, and who took it is written down', async () => {
    const { status, headers, body } = await desk.ask(`/exports/months/${desk.id}`, 'auditor')
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="desk-journal-2026-10.csv"',
      'cache-control': 'no-store',
    })
    const sha256 = createHash('sha256').update(body).digest('hex')
    const manifest = await desk.ask(`/exports/months/${desk.id}/manifest`, 'auditor')
    expect(z.looseObject({}).parse(JSON.parse(manifest.body.toString()))).toMatchObject({
      file: { sha256, bytes: body.length },
      totals: { debit: '50.10', credit: '50.10' },
    })
    const last = await database.db
      .selectFrom('audit_entry')
      .select(['action', 'actor_email', 'subject_id', 'after'])
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirst()
    expect(last).toMatchObject({
      action: 'month.download',
      actor_email: 'auditor@shop.example',
      subject_id: month,
      after: expect.stringContaining(sha256),
    })
  })

  test.each([
    ['nobody', 401],
    ['support', 403],
    ['approver', 403],
  ] as const)('is not given to %s', async (who, status) => {
    for (const path of [desk.id, `${desk.id}/manifest`]) {
      expect((await desk.ask(`/exports/months/${path}`, who)).status).toBe(status)
    }
  })

  test.each(['0123456789', 'no-file', '%2e%2e'])(
    'that is not there is not found: %s',
    async (id) => {
      expect((await desk.ask(`/exports/months/${id}`, 'finance')).status).toBe(404)
    },
  )
})

async function downloader({ db }: TestDatabase) {
  const { auth } = doorOf(db)
  const log = pino({ level: 'silent' })
  const http = await buildHttp({ log, publicUrl: PUBLIC_URL, trustedProxies: [] })
  const audit = { unsuccessful: recordUnsuccessful.bind(null, { db, log }) }
  monthFileRoutes(http, { db, auth, audit, now })
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
  await cookieFor('finance')
  return {
    id: await madeFile(db, log),
    close: () => http.close(),
    ask: async (path: string, who: Role | 'nobody') => {
      const cookie = who === 'nobody' ? {} : { cookie: await cookieFor(who) }
      const answer = await request(`${url}${path}`, { headers: cookie })
      return {
        status: answer.statusCode,
        headers: answer.headers,
        body: Buffer.from(await answer.body.arrayBuffer()),
      }
    },
  }
}

/** The journal of a month with one payment. */
async function madeFile(db: TestDatabase['db'], log: pino.Logger): Promise<string> {
  await learnSettled(db, [settledAt('a', '2026-10-10T09:00:00Z', 5_010)])
  await countAll(db, now)
  const person = await db
    .selectFrom('person')
    .select('id')
    .where('email', '=', 'finance@shop.example')
    .executeTakeFirstOrThrow()
  const actor = { ...actorWith(['finance']), userId: userId.parse(person.id) }
  const call = { db, by: { actor, address: null, requestId: null, at: now() } }
  const seen = await readMonth(db, { month, now: now(), viewer: person.id })
  const note = 'No statement was imported yet.'
  const { closeId } = await closeMonth(call, { month, sha256: seen?.sha256 ?? '', note })
  const { id } = await makeMonthFile(call, { closeId, kind: 'journal' })
  await writeMonthFile({ db, now, log }, id)
  return id
}
