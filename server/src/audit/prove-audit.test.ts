import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { Db } from '../database.ts'
import { quietLog } from '../testing/sync-setup.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { recordMany } from './audit.fixtures.ts'
import { proveOnce } from './prove-audit.ts'

const start = new Date('2026-11-23T10:00:00Z')
const hourMs = 60 * 60_000

test('a log is walked a stretch at a time, its growth each time, and from the start every hour', async () => {
  await using database = await testDatabase()
  const { db } = database
  await recordMany(db, 7)
  expect(await proofOf(db)).toMatchObject({ proved_at: null, fault: null })
  expect([await prove(db, 0, 3), await prove(db, 0, 3), await prove(db, 0, 3)]).toEqual([
    true,
    true,
    false,
  ])
  expect(await proofOf(db)).toMatchObject({ proved_seq: 7, proved_at: start, fault: null })
  await recordMany(db, 2)
  expect(await prove(db, 0.5)).toBe(false)
  expect(await proofOf(db)).toMatchObject({ proved_seq: 9, proved_at: start })
  await prove(db, 1)
  expect(await proofOf(db)).toMatchObject({ proved_seq: 9, proved_at: at(1) })
})

test.each([
  ['changes an entry', `update audit_entry set reason = 'x' where seq = 3`, 3],
  ['removes an entry', 'delete from audit_entry where seq = 3', 3],
  ['removes the newest', 'delete from audit_entry where seq > 4', 6],
])('somebody who %s is found by the next walk', async (_what, tampering, seq) => {
  await using database = await testDatabase()
  await recordMany(database.db, 6)
  await prove(database.db, 0)
  await tamper(database, tampering)
  await prove(database.db, 1)
  expect(await proofOf(database.db)).toMatchObject({
    fault_seq: seq,
    fault: expect.any(String),
    proved_at: start,
  })
})

test('it is told until the log holds again, and by one Desk at a time', async () => {
  await using database = await testDatabase()
  const { db, owner } = database
  await recordMany(db, 6)
  await prove(db, 0)
  await tamper(database, `update audit_entry set reason = reason || 'x' where seq = 2`)
  await prove(db, 1)
  await prove(db, 1.1)
  expect(await proofOf(db)).toMatchObject({ fault: expect.stringContaining('Entry 2 was changed') })
  await tamper(database, `update audit_entry set reason = left(reason, -1) where seq = 2`)
  await owner.transaction().execute(async (busy) => {
    await sql`select pg_advisory_xact_lock(4738230)`.execute(busy)
    await prove(db, 1.2)
  })
  expect(await proofOf(db)).toMatchObject({ fault: expect.any(String) })
  await prove(db, 1.3, 3)
  expect(await proofOf(db)).toMatchObject({ fault: expect.any(String) })
  await prove(db, 1.3, 3)
  expect(await proofOf(db)).toMatchObject({ fault: null, proved_at: at(1.3), proved_seq: 6 })
})

function at(hours: number): Date {
  return new Date(start.getTime() + hours * hourMs)
}

function prove(db: Db, hours: number, entriesMax?: number): Promise<boolean> {
  return proveOnce({ db, now: () => at(hours), log: quietLog }, entriesMax)
}

function proofOf(db: Db) {
  return db.selectFrom('audit_proof').selectAll().executeTakeFirstOrThrow()
}

/** As a superuser may, past every trigger. */
async function tamper({ owner }: TestDatabase, statement: string): Promise<void> {
  await owner.connection().execute(async (session) => {
    await sql`set session_replication_role = replica`.execute(session)
    await sql.raw(statement).execute(session)
    await sql`set session_replication_role = origin`.execute(session)
  })
}
