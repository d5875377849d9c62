import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { healthySystem } from '@desk/shared/system/system-facts.fixtures'
import { recordMany } from '../audit/audit.fixtures.ts'
import { proveOnce } from '../audit/prove-audit.ts'
import { quietLog } from '../testing/sync-setup.ts'
import { testDatabase } from '../testing/test-database.ts'
import { readAuditFacts } from './system-facts.queries.ts'
import { watchOnce } from './watch-alarms.ts'

test('an entry changed past every right rings until it is as it was', async () => {
  await using database = await testDatabase()
  const { db, owner } = database
  await recordMany(db, 4)
  const lookAfter = async (hours: number) => {
    const now = () => new Date(Date.parse('2026-11-23T10:00:00Z') + hours * 60 * 60_000)
    await proveOnce({ db, now, log: quietLog })
    const facts = async () => ({ ...healthySystem, audit: await readAuditFacts(db) })
    const watch = { db, facts, zone: async () => 'Europe/London', log: quietLog }
    await watchOnce({ ...watch, now })
    // What turned has to stay so for a while before it is told.
    await watchOnce({ ...watch, now: () => new Date(now().getTime() + 30 * 60_000) })
    const open = await db
      .selectFrom('alarm')
      .select(['kind', 'sentence'])
      .where('state', '=', 'open')
      .execute()
    return open
  }
  const write = async (reason: string) => {
    await owner.connection().execute(async (session) => {
      await sql`set session_replication_role = replica`.execute(session)
      await sql`update audit_entry set reason = ${reason} where seq = 2`.execute(session)
      await sql`set session_replication_role = origin`.execute(session)
    })
  }

  expect(await lookAfter(0)).toEqual([])
  await write('another reason')
  expect(await lookAfter(2)).toMatchObject([
    { kind: 'audit_broken', sentence: expect.stringContaining('Entry 2') },
  ])
  await write('reason 2')
  expect(await lookAfter(4)).toEqual([])
})
