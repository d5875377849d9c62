import pino from 'pino'
import { request } from 'undici'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import * as z from 'zod'
import type { Role } from '@desk/shared/identity/roles'
import { statementPreview } from '@desk/shared/settlements/bank-statements'
import { recordUnsuccessful } from '../audit/record-unsuccessful.ts'
import { cookieOf, doorOf, hire, PUBLIC_URL } from '../identity/identity.fixtures.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { bankStatementRoutes } from './bank-statement-routes.ts'
import { buildHttp } from './build-http.ts'

// Password hashing is slow by design.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

let database: TestDatabase
let desk: Awaited<ReturnType<typeof bankOffice>>
beforeAll(async () => {
  database = await testDatabase()
  desk = await bankOffice(database)
})
afterAll(async () => {
  await desk.close()
  await database[Symbol.asyncDispose]()
})

const csv = 'Date,Amount,Reference\n2026-11-20,10.00,SPACEPAY one\nnever,1.00,two\n'
const message = z.looseObject({ message: z.string() })

test('the beginning of a file is shown as it would be read, and the file is kept as it was shown', async () => {
  const shown = await desk.send('/preview', { body: csv })
  const preview = statementPreview.parse(shown.json)
  if (preview.format !== 'csv') throw new Error('CSV was taken for something else.')
  expect(preview).toMatchObject({
    headings: ['Date', 'Amount', 'Reference'],
    encoding: 'UTF-8',
    delimiter: ',',
    isRemembered: false,
    read: [{ bookedOn: '2026-11-20', amountMinor: 1_000, reference: 'SPACEPAY one' }],
    unreadable: ['The date “never” is no day.'],
  })
  const kept = await desk.send('', { body: csv, mapping: preview.mapping })
  expect(kept).toMatchObject({ status: 200, json: { lines: 1, duplicates: 0, errors: 1 } })
  const again = await desk.send('/preview', { body: csv })
  expect(again.json).toMatchObject({ isRemembered: true })
  const twice = await desk.send('', { body: csv, mapping: preview.mapping })
  expect(twice.status).toBe(409)
  expect(message.parse(twice.json).message).toContain('this very file')
})

test.each([
  ['too large', { body: Buffer.alloc(21 * 1024 * 1024) }, 413, 'larger than 20 MB'],
  ['XML with entities', { body: '<!DOCTYPE x [<!ENTITY a "b">]><x/>' }, 422, 'refused unread'],
  ['not there', { body: '' }, 422, 'The file is empty.'],
  ['for an account that is not there', { body: csv, account: 'none' }, 404, 'no such account'],
  [
    'from another page',
    { body: csv, origin: 'https://elsewhere.example' },
    403,
    'did not come from Desk',
  ],
])('a file that is %s is refused in words', async (_, asked, status, words) => {
  const told = await desk.send('', asked)
  expect(told.status).toBe(status)
  expect(message.parse(told.json).message).toContain(words)
})

test('what is no statement is refused before it is sent whole', async () => {
  const told = await desk.send('/preview', { body: '%PDF-1.7' })
  expect(told.status).toBe(422)
  expect(message.parse(told.json).message).toContain('This is a PDF.')
})

test('nobody imports who may not, and who tried is written down', async () => {
  expect((await desk.send('', { body: csv, who: 'nobody' })).status).toBe(401)
  const refused = await desk.send('', { body: csv, who: 'auditor' })
  expect(refused.status).toBe(403)
  const entry = await database.db
    .selectFrom('audit_entry')
    .select(['action', 'outcome', 'actor_email', 'subject_id'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  expect(entry).toEqual({
    action: 'call.refuse',
    outcome: 'refused',
    actor_email: 'auditor@shop.example',
    subject_id: 'bank.import',
  })
})

interface Asked {
  readonly body: string | Buffer
  readonly who?: Role | 'nobody'
  readonly account?: string
  readonly mapping?: unknown
  readonly origin?: string
}

/** The routes behind a real server, with an account and people to sign in. */
async function bankOffice({ db }: TestDatabase) {
  const { auth } = doorOf(db)
  const log = pino({ level: 'silent' })
  const http = await buildHttp({ log, publicUrl: PUBLIC_URL, trustedProxies: [] })
  const audit = { unsuccessful: recordUnsuccessful.bind(null, { db, log }) }
  const parts = { db, auth, audit, now: () => new Date('2026-11-24T12:00:00Z') }
  await http.register(async (scope) => bankStatementRoutes(scope, parts), {
    prefix: '/api/bank-statements',
  })
  const url = await http.listen({ host: '127.0.0.1', port: 0 })
  const cookies = new Map<Role, string>()
  for (const role of ['finance', 'auditor'] as const) {
    const email = `${role}@shop.example`
    await hire(db, email, [role])
    cookies.set(role, await cookieOf(auth, { email }))
  }
  const person = await db.selectFrom('person').select('id').limit(1).executeTakeFirstOrThrow()
  await db
    .insertInto('bank_account')
    .values({
      id: 'main',
      name: 'Main',
      identifier: 'GB29NWBK60161331926819',
      currency: 'USD',
      created_by: person.id,
      created_at: parts.now(),
    })
    .execute()
  return {
    close: () => http.close(),
    send: async (path: string, { body, who = 'finance', account = 'main', ...more }: Asked) => {
      const upload = { account, fileName: 'november.csv', mapping: more.mapping ?? null }
      const answer = await request(
        `${url}/api/bank-statements${path}?upload=${encodeURIComponent(JSON.stringify(upload))}`,
        {
          method: 'POST',
          body,
          headers: {
            'content-type': 'application/octet-stream',
            origin: more.origin ?? PUBLIC_URL.origin,
            ...(who !== 'nobody' && { cookie: cookies.get(who) ?? '' }),
          },
        },
      )
      return { status: answer.statusCode, json: await answer.body.json() }
    },
  }
}
