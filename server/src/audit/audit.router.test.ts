import { TRPCError } from '@trpc/server'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AuditQuery } from '@desk/shared/audit/audit-query'
import type { Role } from '@desk/shared/identity/roles'
import { userId } from '@desk/shared/identity/session'
import { type Db, openDatabase, openPool } from '../database.ts'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import { Refusal } from '../kernel/refusal.ts'
import { createCallerFactory } from '../kernel/trpc.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { BY, record, recordMany } from './audit.fixtures.ts'
import { auditRouter } from './audit.router.ts'
import { recordAudit } from './record-audit.ts'

const bob = { userId: userId.parse('u_bob'), name: 'Bob', email: 'bob@shop.example' }

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
  const { db } = database
  // 1–4; London was an hour ahead of UTC in June.
  await record(db, { action: 'session.sign_in' }, { at: new Date('2026-06-01T22:59:59.999Z') })
  await record(db, { action: 'session.sign_out' }, { at: new Date('2026-06-01T23:00:00Z') })
  await record(
    db,
    { action: 'person.remove', subject: { kind: 'person', id: 'u_cy', label: 'cy@shop.example' } },
    { at: new Date('2026-06-02T22:59:59Z') },
  )
  await record(
    db,
    { action: 'payment.refresh', subject: { kind: 'payment', id: 'pay_1', label: '100%_SAFE' } },
    { actor: bob, at: new Date('2026-06-02T23:00:00Z'), requestId: 'req-of-bob' },
  )
  // 5 and 6
  await record(db, {
    action: 'call.refuse',
    outcome: 'refused',
    reason: 'This needs the role Admin.',
  })
  await record(db, { action: 'person.change_roles' }, { actor: null, address: null })
})
afterAll(() => database[Symbol.asyncDispose]())

const callerFor = createCallerFactory(auditRouter)

function as(db: Db, ...roles: readonly Role[]) {
  return callerFor(contextOf(db, actorWith(roles)))
}

describe('the list', () => {
  const filters: readonly (readonly [string, AuditQuery, readonly number[]])[] = [
    ['everything', {}, [6, 5, 4, 3, 2, 1]],
    ['a person', { actor: 'u_bob' }, [4]],
    ['an action', { action: 'session.sign_in' }, [1]],
    ['a family of actions', { action: 'person.' }, [6, 3]],
    ['an action that is the beginning of others', { action: 'session.sign' }, []],
    ['what was refused', { outcome: 'refused' }, [5]],
    ['a kind of object', { subjectKind: 'person' }, [3]],
    ['one object', { subjectKind: 'payment', subjectId: 'pay_1' }, [4]],
    ['a business day, both its ends', { from: '2026-06-02', to: '2026-06-02' }, [3, 2]],
    ['all up to a day', { to: '2026-06-01' }, [1]],
    ['all from a day', { from: '2026-06-03' }, [6, 5, 4]],
    ['days the wrong way round', { from: '2026-06-03', to: '2026-06-01' }, []],
    ['words of a reason in any case', { text: 'ROLE admin' }, [5]],
    ['a part of an e-mail address', { text: 'bob@' }, [4]],
    ['a label', { text: 'cy@shop' }, [3]],
    ['a request id', { text: 'req-of-bob' }, [4]],
    ['what would mean something to like', { text: '%_safe' }, [4]],
    ['a lone percent sign', { text: '%' }, [4]],
    ['several at once', { action: 'person.', subjectKind: 'person', text: 'cy' }, [3]],
    [
      'the first and the last day there is',
      { from: '0001-01-01', to: '9999-12-31' },
      [6, 5, 4, 3, 2, 1],
    ],
  ]
  test.each(filters)('finds %s', async (_what, query, seqs) => {
    const { entries, nextCursor } = await as(database.db, 'auditor').list({ query })
    expect(entries.map(({ seq }) => seq)).toEqual(seqs)
    expect(nextCursor).toBeNull()
  })

  test('tells all there is to tell', async () => {
    const { entries } = await as(database.db, 'admin').list({ query: { actor: 'u_bob' } })
    expect(entries).toEqual([
      {
        seq: 4,
        at: '2026-06-02T23:00:00.000Z',
        actor: { id: 'u_bob', name: 'Bob', email: 'bob@shop.example' },
        action: 'payment.refresh',
        outcome: 'done',
        reason: null,
        subject: { kind: 'payment', id: 'pay_1', label: '100%_SAFE' },
        before: null,
        after: null,
        address: '203.0.113.7',
        requestId: 'req-of-bob',
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    ])
  })

  test('pages through everything once, while new entries arrive', async () => {
    await using other = await testDatabase()
    await recordMany(other.db, 120)
    const caller = as(other.db, 'auditor')
    const seen: number[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof caller.list>> = await caller.list({ query: {}, cursor })
      seen.push(...page.entries.map(({ seq }) => seq))
      cursor = page.nextCursor
      await record(other.db)
    } while (cursor !== null)
    expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => 120 - index))
  })

  test('takes no cursor but its own, for the same query', async () => {
    await using other = await testDatabase()
    await recordMany(other.db, 51)
    const caller = as(other.db, 'auditor')
    const { nextCursor } = await caller.list({ query: {} })
    const own = nextCursor ?? ''
    expect((await caller.list({ query: {}, cursor: own })).entries).toHaveLength(1)
    await expect(caller.list({ query: { text: 'x' }, cursor: own })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ maxLength: 40 }),
          fc.nat(own.length).map((end) => own.slice(0, end)),
          fc
            .tuple(fc.nat(own.length - 1), fc.constantFrom('a', 'B', '3', '-', '_'))
            .map(([at, letter]) => own.slice(0, at) + letter + own.slice(at + 1)),
        ),
        async (cursor) => {
          fc.pre(cursor !== own)
          await expect(caller.list({ query: {}, cursor })).rejects.toMatchObject({
            code: 'BAD_REQUEST',
          })
        },
      ),
      { numRuns: 300 },
    )
  })

  test('answers whatever is asked, with entries or with a refusal, never with a defect', async () => {
    const odd = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
      fc.constantFrom('\0', 'a\0.', '\ud800', "'; drop table audit_entry; --", '\\', '.', '%'),
    )
    const query = fc.record(
      { actor: odd, action: odd, subjectId: odd, text: odd, from: odd },
      { requiredKeys: [] },
    )
    await fc.assert(
      fc.asyncProperty(query, async (asked) => {
        const answer = await as(database.db, 'auditor')
          .list({ query: asked })
          .then(
            () => 'answered',
            (error: unknown) => (error instanceof TRPCError ? error.code : error),
          )
        expect(['answered', 'BAD_REQUEST']).toContain(answer)
      }),
      { numRuns: 200 },
    )
  })

  test('a search that takes too long is refused with a way out', async () => {
    const pool = openPool({
      connectionString: database.url,
      connectionsMax: 1,
      name: 'desk-test-reads',
      statementTimeoutMs: 50,
    })
    const reads = openDatabase(pool)
    const locked = await database.owner.startTransaction().execute()
    try {
      await sql`lock table audit_entry in access exclusive mode`.execute(locked)
      const caller = callerFor({ ...contextOf(database.db, actorWith(['auditor'])), reads })
      await expect(caller.list({ query: { text: 'rare' } })).rejects.toMatchObject({
        code: 'UNPROCESSABLE_CONTENT',
        cause: { code: 'search_too_broad' },
      })
    } finally {
      await locked.rollback().execute()
      await reads.destroy()
    }
  })
})

describe('one entry', () => {
  test('is found by its number, as the list tells it', async () => {
    const caller = as(database.db, 'auditor')
    const { entries } = await caller.list({ query: {} })
    expect(await caller.entry({ seq: 4 })).toEqual(entries.find(({ seq }) => seq === 4))
  })

  test.each([7, Number.MAX_SAFE_INTEGER])(
    'that is not there (%s) is refused in words',
    async (seq) => {
      await expect(as(database.db, 'admin').entry({ seq })).rejects.toMatchObject({
        code: 'NOT_FOUND',
        cause: { code: 'entry_unknown' },
      })
    },
  )

  test.each([0, -1, 1.5, Number.MAX_SAFE_INTEGER + 1])('has no number %s', async (seq) => {
    await expect(as(database.db, 'admin').entry({ seq })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  })
})

describe('the history of one object', () => {
  test('is its newest entries, without where people came from', async () => {
    await using other = await testDatabase()
    await other.db.transaction().execute(async (trx) => {
      for (let number = 1; number <= 60; number += 1) {
        const after = { number }
        const subject = { kind: 'payment', id: `pay_${number % 2}` } as const
        await recordAudit(trx, BY, { action: 'payment.refresh', subject, after })
      }
    })
    const caller = as(other.db, 'support')
    const history = await caller.history({ kind: 'payment', id: 'pay_0' })
    expect(history.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 30 }, (_, index) => 60 - 2 * index),
    )
    expect(JSON.stringify(history)).not.toMatch(/203\.0\.113\.7|address/)
    expect(history[0]).toMatchObject({ actor: { name: 'Ada' }, after: '{"number":60}' })
    expect(await caller.history({ kind: 'payment', id: 'pay_2' })).toEqual([])
  })

  test('is found under ids that had to be cleaned or cut', async () => {
    await using other = await testDatabase()
    for (const id of ['a\0b', 'é'.repeat(500)]) {
      await record(other.db, { subject: { kind: 'payment', id } })
      expect(await as(other.db, 'support').history({ kind: 'payment', id })).toHaveLength(1)
    }
  })

  const kinds = ['person', 'session', 'invitation', 'payment', 'procedure', 'audit_log'] as const
  test.each([
    ['support', ['payment']],
    ['finance', ['payment']],
    ['approver', ['payment']],
    ['admin', kinds],
    ['auditor', kinds],
  ] as const)('shows %s what they may see otherwise too', async (role, open: readonly string[]) => {
    for (const kind of kinds) {
      const asked = as(database.db, role).history({ kind, id: 'x' })
      const outcome = await asked.then(
        () => 'shown',
        (error: unknown) => (error instanceof TRPCError ? error.cause : error),
      )
      expect(outcome).toEqual(
        open.includes(kind)
          ? 'shown'
          : new Refusal(
              'forbidden',
              'history_closed',
              'This needs the role Admin or Auditor. An admin can give it to you.',
            ),
      )
    }
  })

  test('of oneself is open to everybody', async () => {
    await using other = await testDatabase()
    await record(other.db, { subject: { kind: 'person', id: 'u_ada' } })
    const own = await as(other.db, 'support').history({ kind: 'person', id: 'u_ada' })
    expect(own).toHaveLength(1)
  })
})

test('everybody the log tells of stands in the filter once, as they were called last', async () => {
  await using other = await testDatabase()
  const called = (name: string) => ({ actor: { ...bob, name } })
  await record(other.db)
  await record(other.db, {}, called('Bob'))
  await record(other.db, {}, { actor: null })
  await record(other.db, {}, called('aaron'))
  await record(other.db)
  expect(await as(other.db, 'auditor').people()).toEqual([
    { id: 'u_bob', name: 'aaron', email: 'bob@shop.example' },
    { id: 'u_ada', name: 'Ada', email: 'ada@shop.example' },
  ])
})

test('the head is the newest entry, and says so when there is none', async () => {
  await using other = await testDatabase()
  const caller = as(other.db, 'auditor')
  expect(await caller.head()).toEqual({ seq: 0, hash: '0'.repeat(64), at: null })
  expect(await caller.people()).toEqual([])
  await recordMany(other.db, 3)
  const [newest] = (await caller.list({ query: {} })).entries
  expect(await caller.head()).toEqual({ seq: 3, hash: newest?.hash, at: newest?.at })
})
