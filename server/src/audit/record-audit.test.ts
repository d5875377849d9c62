import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { auditActions } from '@desk/shared/audit/audit-action'
import { type Db, openDatabase, openPool } from '../database.ts'
import { advisoryLocks } from '../kernel/advisory-locks.ts'
import { eventually } from '../testing/eventually.ts'
import { testDatabase } from '../testing/test-database.ts'
import { BY, record, recordMany } from './audit.fixtures.ts'
import { recordAudit } from './record-audit.ts'
import { verifyAuditChain } from './verify-chain.ts'

describe('one entry', () => {
  test('says who, what, on what, before and after, from where and when', async () => {
    await using database = await testDatabase()
    await record(database.db, {
      action: 'person.change_roles',
      reason: 'Covers for Bob',
      subject: { kind: 'person', id: 'u_bob', label: 'bob@shop.example' },
      before: { roles: ['support'] },
      after: { roles: ['support', 'finance'] },
    })
    expect(await entriesOf(database.db)).toMatchObject([
      {
        seq: 1,
        at: BY.at,
        actor_id: 'u_ada',
        actor_name: 'Ada',
        actor_email: 'ada@shop.example',
        action: 'person.change_roles',
        outcome: 'done',
        reason: 'Covers for Bob',
        subject_kind: 'person',
        subject_id: 'u_bob',
        subject_label: 'bob@shop.example',
        before: '{"roles":["support"]}',
        after: '{"roles":["support","finance"]}',
        address: '203.0.113.7',
        request_id: 'req-42',
      },
    ])
  })

  test('of Desk itself names nobody', async () => {
    await using database = await testDatabase()
    await record(database.db, {}, { actor: null, address: null, requestId: null })
    expect(await entriesOf(database.db)).toMatchObject([
      { actor_id: null, actor_name: null, actor_email: null, address: null, request_id: null },
    ])
    expect(await verifyAuditChain(database.owner)).toMatchObject({ ok: true, head: { seq: 1 } })
  })

  test('keeps what people typed, whatever it is, and the chain holds', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    const odd = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('\0', 'a\0b', '\ud800', '\udc00x', '💶'.repeat(1_500), 'é'.repeat(5_000)),
    )
    const deep = fc.object({
      key: odd,
      values: [odd, fc.integer(), fc.constant(null)],
      maxDepth: 2,
    })
    await fc.assert(
      fc.asyncProperty(odd, odd, deep, async (text, id, content) => {
        await record(
          db,
          {
            reason: text,
            subject: { kind: 'payment', id, label: text },
            before: content,
            after: text,
          },
          { actor: BY.actor && { ...BY.actor, name: text, email: text }, address: text },
        )
      }),
      { numRuns: 100 },
    )
    expect(await verifyAuditChain(owner)).toMatchObject({ ok: true, head: { seq: 100 } })
  })

  test.each(['a\0b', '\ud800', 'x'.repeat(100_000)])(
    'does not take the change down with it for text like %j',
    async (text) => {
      await using database = await testDatabase()
      await database.db.transaction().execute(async (trx) => {
        await trx.insertInto('rate_limit').values(counter('changed')).execute()
        await recordAudit(trx, BY, {
          action: 'person.remove',
          reason: text,
          subject: { kind: 'person', id: text, label: text },
          after: { [text]: text },
        })
      })
      expect(await countersOf(database.db)).toEqual(['changed'])
    },
  )
})

describe('a change and its entry', () => {
  test('are both gone when anything after them fails', async () => {
    await using database = await testDatabase()
    const { db } = database
    const change = db.transaction().execute(async (trx) => {
      await trx.insertInto('rate_limit').values(counter('changed')).execute()
      await recordAudit(trx, BY, { action: 'person.remove' })
      throw new Error('the rest of the transaction failed')
    })
    await expect(change).rejects.toThrow('the rest')
    expect(await countersOf(db)).toEqual([])
    expect(await entriesOf(db)).toEqual([])
  })

  test('are both gone when the entry cannot be written', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    await owner.schema.dropTable('audit_entry').execute()
    const change = db.transaction().execute(async (trx) => {
      await trx.insertInto('rate_limit').values(counter('changed')).execute()
      await recordAudit(trx, BY, { action: 'person.remove' })
    })
    await expect(change).rejects.toThrow('audit_entry')
    expect(await countersOf(db)).toEqual([])
  })

  test('are both gone when the connection dies between them and the commit', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    const change = db.transaction().execute(async (trx) => {
      await trx.insertInto('rate_limit').values(counter('changed')).execute()
      await recordAudit(trx, BY, { action: 'person.remove' })
      await terminateOthers(owner)
    })
    await expect(change).rejects.toThrow(/terminat|connection|ECONNRESET/i)
    await record(db)
    expect(await countersOf(db)).toEqual([])
    expect(await entriesOf(db)).toMatchObject([{ seq: 1, action: 'payment.refresh' }])
  })
})

describe('many at once', () => {
  test('twenty writers make one chain without a gap', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    const writers = Array.from({ length: 20 }, async (_, writer) => {
      for (let number = 1; number <= 10; number += 1) {
        await record(db, { subject: { kind: 'payment', id: `pay_${writer}_${number}` } })
      }
    })
    await Promise.all(writers)
    expect(await verifyAuditChain(owner)).toMatchObject({ ok: true, head: { seq: 200 } })
    const subjects = new Set((await entriesOf(db)).map(({ subject_id }) => subject_id))
    expect(subjects.size).toBe(200)
  })

  test('a writer that waited follows the one it waited for, not the one it saw when it began', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    const first = await db.startTransaction().execute()
    await recordAudit(first, BY, { action: 'person.invite' })
    const second = db.transaction().execute(async (trx) => {
      // Whatever it had read before, the log was empty then.
      expect(await trx.selectFrom('audit_entry').select('seq').execute()).toEqual([])
      await recordAudit(trx, BY, { action: 'person.join' })
    })
    await waitingForLock(owner)
    await first.commit().execute()
    await second
    expect(await entriesOf(db)).toMatchObject([
      { seq: 1, action: 'person.invite' },
      { seq: 2, action: 'person.join' },
    ])
    expect(await verifyAuditChain(owner)).toMatchObject({ ok: true })
  })

  test('a Desk that hangs in mid-transaction holds the others up no longer than the server lets it', async () => {
    await using database = await testDatabase()
    const settings = { connectionString: database.url, connectionsMax: 1, name: 'desk-hung' }
    const hung = openDatabase(openPool({ ...settings, idleTransactionTimeoutMs: 200 }))
    const appended = Promise.withResolvers<void>()
    const silence = Promise.withResolvers<void>()
    const hanging = hung.transaction().execute(async (trx) => {
      await recordAudit(trx, BY, { action: 'person.remove' })
      appended.resolve()
      await silence.promise
    })
    await appended.promise
    await record(database.db)
    silence.resolve()
    await expect(hanging).rejects.toThrow(/terminat|connection|ECONNRESET/i)
    await hung.destroy()
    expect(await entriesOf(database.db)).toMatchObject([{ seq: 1, action: 'payment.refresh' }])
  })

  test('a transaction that looks at a frozen picture may not append', async () => {
    await using database = await testDatabase()
    const frozen = database.db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute((trx) => recordAudit(trx, BY, { action: 'person.invite' }))
    await expect(frozen).rejects.toThrow('read committed')
  })

  test('nobody who holds another lock of Desk, such as the leader of the sync, holds up the log', async () => {
    await using database = await testDatabase()
    const others = Object.entries(advisoryLocks).filter(([name]) => name !== 'auditChain')
    const holder = await database.owner.startTransaction().execute()
    try {
      for (const [, number] of others) {
        await sql`select pg_advisory_xact_lock(${number})`.execute(holder)
      }
      await record(database.db)
    } finally {
      await holder.rollback().execute()
    }
    expect(new Set(Object.values(advisoryLocks)).size).toBe(others.length + 1)
  })

  test('several entries of one transaction follow each other', async () => {
    await using database = await testDatabase()
    await database.db.transaction().execute(async (trx) => {
      await recordAudit(trx, BY, { action: 'person.disable' })
      await recordAudit(trx, BY, { action: 'invitation.void' })
    })
    expect(await verifyAuditChain(database.owner)).toMatchObject({ ok: true, head: { seq: 2 } })
  })
})

describe("Desk's own database role", () => {
  test.each([
    ['change', "update audit_entry set reason = 'nothing happened'"],
    ['delete', 'delete from audit_entry'],
    ['empty', 'truncate audit_entry'],
    ['alter', 'alter table audit_entry add column extra int'],
    ['drop', 'drop table audit_entry'],
  ])('may not %s the log', async (_what, statement) => {
    await using database = await testDatabase()
    await recordMany(database.db, 1)
    await expect(sql.raw(statement).execute(database.db)).rejects.toMatchObject({
      code: '42501',
    })
    expect(await verifyAuditChain(database.owner)).toMatchObject({ ok: true, head: { seq: 1 } })
  })
})

test('every action has words that people can read', () => {
  for (const [action, words] of Object.entries(auditActions)) {
    expect(action).toMatch(/^[a-z_]+\.[a-z_]+$/)
    expect(words).toMatch(/^[A-Z][A-Za-z -]{3,}$/)
  }
  expect(new Set(Object.values(auditActions)).size).toBe(Object.keys(auditActions).length)
})

function entriesOf(db: Db) {
  return db.selectFrom('audit_entry').selectAll().orderBy('seq').execute()
}

/** A change as good as any. */
function counter(key: string) {
  return { key, count: 1, window_started_at: BY.at }
}

async function countersOf(db: Db): Promise<string[]> {
  return (await db.selectFrom('rate_limit').select('key').execute()).map(({ key }) => key)
}

async function terminateOthers(owner: Db): Promise<void> {
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'desk-test'`.execute(owner)
}

async function waitingForLock(owner: Db): Promise<void> {
  await eventually(async () => {
    const { rows } = await sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(owner)
    expect(rows).toHaveLength(1)
  })
}
