import { createHash, randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import pino from 'pino'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import * as z from 'zod'
import type { Role } from '@desk/shared/identity/roles'
import { userId } from '@desk/shared/identity/session'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import { ATTACHMENT_BYTES_MAX } from '@desk/shared/withdrawals/attachment'
import { recordUnsuccessful } from '../audit/record-unsuccessful.ts'
import { cookieOf, doorOf, hire, PUBLIC_URL } from '../identity/identity.fixtures.ts'
import { actorWith } from '../kernel/context.fixtures.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { draftRequest } from '../withdrawals/draft-request.ts'
import { attachmentRoutes } from './attachment-routes.ts'
import { buildHttp } from './build-http.ts'

// Password hashing is slow by design.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const NOW = new Date('2026-11-23T12:00:00Z')
const invoice = Buffer.from('%PDF-1.7\nInvoice 17\n%%EOF\n')

describe('a document that is attached to a withdrawal', () => {
  let database: TestDatabase
  let desk: Awaited<ReturnType<typeof counter>>
  beforeAll(async () => {
    database = await testDatabase()
    desk = await counter(database)
  })
  afterAll(async () => {
    await desk.close()
    await database[Symbol.asyncDispose]()
  })

  test('comes back byte for byte, as a file to keep and nothing else, to whoever may read withdrawals', async () => {
    const id = await desk.drafted()
    const attached = await desk.attach(id, { name: 'Rechnung „Müller“.pdf', body: invoice })
    expect(attached).toEqual({ status: 200, said: { revision: 2 } })
    expect(await newest(database)).toMatchObject({
      action: 'withdrawal.attach',
      actor_email: 'finance@shop.example',
      subject_id: id,
      after: expect.stringContaining(createHash('sha256').update(invoice).digest('hex')),
    })
    for (const role of ['finance', 'auditor'] as const) {
      const { status, headers, body } = await desk.open(id, role)
      expect(status).toBe(200)
      expect(body.equals(invoice)).toBe(true)
      expect(headers).toMatchObject({
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="Rechnung _M_ller_.pdf"; filename*=UTF-8''Rechnung%20%E2%80%9EM%C3%BCller%E2%80%9C.pdf`,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      })
    }
  })

  test('may be as large as it is said, beyond what the rest of the API takes, and no byte larger', async () => {
    const id = await desk.drafted()
    const largest = Buffer.alloc(ATTACHMENT_BYTES_MAX, 'x')
    const said = await desk.attach(id, { name: 'all.txt', body: largest })
    expect(said).toEqual({ status: 200, said: { revision: 2 } })
    expect((await desk.open(id, 'finance')).body.equals(largest)).toBe(true)
    const larger = { name: 'all.txt', body: Buffer.alloc(ATTACHMENT_BYTES_MAX + 1, 'x') }
    for (const isCounted of [true, false]) {
      expect(await desk.attach(id, { ...larger, revision: 2, isCounted })).toEqual({
        status: 422,
        said: expect.objectContaining({
          code: 'attachment_unfit',
          message: expect.stringContaining('Attach a smaller copy'),
        }),
      })
    }
  })

  test.each([
    ['a program that is called a PDF', Buffer.from('MZ\u0090\u0000\u0003'), 'Save it as a PDF'],
    ['an empty file', Buffer.alloc(0), 'This file is empty'],
  ])('is refused where it is %s, and the draft stays as it was', async (_, body, message) => {
    const id = await desk.drafted()
    const refused = await desk.attach(id, { name: 'invoice.pdf', body })
    expect(refused).toEqual({
      status: 422,
      said: expect.objectContaining({ message: expect.stringContaining(message) }),
    })
    expect((await desk.open(id, 'finance')).status).toBe(404)
    expect(await desk.attach(id, { name: 'invoice.pdf', body: invoice })).toMatchObject({
      status: 200,
    })
  })

  test('is attached by who asks, from the page as it is, and by nobody else', async () => {
    const id = await desk.drafted()
    const document = { name: 'invoice.pdf', body: invoice }
    expect(await desk.attach(id, { ...document, who: 'nobody' })).toMatchObject({ status: 401 })
    expect(await desk.attach(id, { ...document, who: 'support' })).toMatchObject({
      status: 403,
      said: { message: expect.stringContaining('needs the role Finance') },
    })
    expect(await newest(database)).toMatchObject({
      action: 'call.refuse',
      actor_email: 'support@shop.example',
      after: expect.stringContaining('withdrawals.attach'),
    })
    expect(await desk.attach(id, { ...document, revision: 7 })).toMatchObject({
      status: 409,
      said: { code: 'withdrawal_changed' },
    })
    expect(await desk.attach('none', document)).toMatchObject({ status: 404 })
    expect(await desk.attach('%00', document)).toMatchObject({ status: 404 })
  })

  test('is neither sent nor fetched by pages of others', async () => {
    const id = await desk.drafted()
    const document = { name: 'invoice.pdf', body: invoice }
    const foreign = { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' }
    expect(await desk.attach(id, { ...document, headers: foreign })).toMatchObject({ status: 403 })
    expect(await desk.attach(id, document)).toMatchObject({ status: 200 })
    expect((await desk.open(id, 'finance', foreign)).status).toBe(403)
    expect((await desk.open(id, 'support')).status).toBe(403)
    expect((await desk.open(id, 'nobody')).status).toBe(401)
  })

  test('waits for its turn where too many come at once', async () => {
    const limits = { bytesMax: 100, msMax: 5_000, requestsMax: 0, heldBytesMax: 100 }
    const full = await counter(database, limits)
    const id = await desk.drafted()
    expect(await full.attach(id, { name: 'invoice.pdf', body: invoice })).toMatchObject({
      status: 429,
      said: { message: expect.stringContaining('in a moment') },
    })
    await full.close()
  })
})

interface Sent {
  readonly name: string
  readonly body: Buffer
  readonly who?: Role | 'nobody'
  readonly revision?: number
  readonly headers?: Record<string, string>
  /** Whether the sender says beforehand how much it is. */
  readonly isCounted?: boolean
}

/** The routes behind a real server, with people to sign in. */
async function counter(
  { db, owner }: TestDatabase,
  limits?: Parameters<typeof attachmentRoutes>[1]['limits'],
) {
  const { auth } = doorOf(db)
  const log = pino({ level: 'silent' })
  const http = await buildHttp({ log, publicUrl: PUBLIC_URL, trustedProxies: [] })
  const audit = { unsuccessful: recordUnsuccessful.bind(null, { db, log }) }
  const parts = { db, auth, audit, now: () => NOW, zone: async () => 'Europe/London' }
  await http.register(attachmentRoutes, { ...parts, ...(limits && { limits }) })
  const url = await http.listen({ host: '127.0.0.1', port: 0 })
  const cookieFor = async (who: Role | 'nobody'): Promise<Record<string, string>> => {
    if (who === 'nobody') return {}
    const email = `${who}@shop.example`
    const found = await db
      .selectFrom('person')
      .select('id')
      .where('email', '=', email)
      .executeTakeFirst()
    if (!found) await hire(db, email, [who])
    return { cookie: await cookieOf(auth, { email }) }
  }
  return {
    close: () => http.close(),
    drafted: async () => {
      await cookieFor('finance')
      const { id } = await db
        .selectFrom('person')
        .select('id')
        .where('email', '=', 'finance@shop.example')
        .executeTakeFirstOrThrow()
      await owner
        .insertInto('destination')
        .values({
          id: 'supplier',
          network: 'eip155:8453',
          address: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
          label: 'Supplier',
          state: 'proposed',
          proposed_by: id,
          proposed_at: NOW,
          state_at: NOW,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      const actor = { ...actorWith(['finance']), userId: userId.parse(id) }
      const by = { actor, address: null, requestId: null, at: NOW }
      const draft = await draftRequest(
        { db, by, zone: 'Europe/London' },
        {
          attempt: randomUUID(),
          amountCents: amountCents.parse(100),
          network: 'eip155:8453',
          destination: { kind: 'book', id: 'supplier' },
          reason: 'Invoice 17',
        },
      )
      return draft.id
    },
    attach: async (id: string, sent: Sent) => {
      const { name, body, who = 'finance', revision = 1, headers, isCounted = true } = sent
      const query = new URLSearchParams({ name, revision: String(revision) })
      const answer = await request(`${url}/attachments/${id}?${query.toString()}`, {
        method: 'POST',
        headers: {
          origin: PUBLIC_URL.origin,
          'content-type': 'application/octet-stream',
          ...(await cookieFor(who)),
          ...headers,
        },
        body: isCounted ? body : Readable.from([body]),
      })
      return {
        status: answer.statusCode,
        said: z.looseObject({}).parse(await answer.body.json()),
      }
    },
    open: async (id: string, who: Role | 'nobody', headers: Record<string, string> = {}) => {
      const answer = await request(`${url}/attachments/${id}`, {
        headers: { ...(await cookieFor(who)), ...headers },
      })
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
