import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Db } from '../database.ts'
import { quietLog } from '../testing/sync-setup.ts'
import { testDatabase } from '../testing/test-database.ts'
import { eventBody, processAll, receiveAll, secondsLater } from './console.fixtures.ts'
import { moveLeftBytes, readDeliveryBytes } from './delivery-bytes.queries.ts'
import { arrangeBodies } from './keep-bodies.ts'
import { giveBack } from './reprocess.ts'

describe('the exact bytes of a delivery', () => {
  test('are with it while it waits and in the table of their month afterwards, the same bytes', async () => {
    await using database = await testDatabase()
    const { db } = database
    await arrange(db)
    const body = ` ${eventBody({ status: 'completed' })}\r\n`
    await receiveAll(db, [{ body, eventId: 'a' }])
    expect(await whereBytesAre(db)).toEqual(['with the delivery'])
    const before = (await readDeliveryBytes(db, [1])).get(1)
    await processAll(db)
    expect(await whereBytesAre(db)).toEqual(['apart'])
    expect((await readDeliveryBytes(db, [1])).get(1)).toEqual(before)
    expect(before?.body.toString()).toBe(body)
    expect(before?.headers['x-spacepay-event-id']).toBe('a')
  })

  test('move too where nothing is processed: repeats, what cannot be read, what was set aside', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    const waiting = { body: eventBody({ id: 'b' }), eventId: 'b' }
    await receiveAll(db, [
      { body: eventBody({}), eventId: 'a' },
      { body: eventBody({}), eventId: 'a', seconds: 1 },
      { body: 'no json', eventId: 'c' },
      waiting,
    ])
    await sql`update webhook_delivery set parked_at = now() where id = 1`.execute(owner)
    expect(await moveLeftBytes(db, 2)).toBe(2)
    expect(await moveLeftBytes(db, 2)).toBe(1)
    expect(await moveLeftBytes(db, 2)).toBe(0)
    expect(await whereBytesAre(db)).toEqual(['apart', 'apart', 'apart', 'with the delivery'])
    expect((await readDeliveryBytes(db, [1, 2, 3, 4])).size).toBe(4)
  })

  test('come back with a delivery that is to be processed again, and go once more', async () => {
    await using database = await testDatabase()
    const { db } = database
    await receiveAll(db, [{ body: eventBody({ status: 'completed' }), eventId: 'a' }])
    await processAll(db)
    await db.transaction().execute((trx) => giveBack(trx, [1], secondsLater(60)))
    expect(await whereBytesAre(db)).toEqual(['with the delivery'])
    await processAll(db)
    expect(await whereBytesAre(db)).toEqual(['apart'])
    const kept = await db.selectFrom('webhook_body').select('delivery_id').execute()
    expect(kept).toEqual([{ delivery_id: 1 }])
  })

  test('cannot be changed or deleted by Desk itself', async () => {
    await using database = await testDatabase()
    for (const statement of [
      `update webhook_body set body = ''`,
      'delete from webhook_body',
      'drop table webhook_body_default',
    ]) {
      await expect(sql.raw(statement).execute(database.db)).rejects.toThrow(
        /permission denied|must be owner/,
      )
    }
  })
})

describe('the tables of the months', () => {
  test('are there for this month and the next two, once, however many Desks ask', async () => {
    await using database = await testDatabase()
    const { db } = database
    await Promise.all([arrange(db), arrange(db), arrange(db)])
    expect(await months(db)).toEqual([0, 1, 2].map(monthFromNow))
  })

  test('take over what came before they were there', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    await keepBody(owner, { months: -1 })
    await keepBody(owner, { months: 0 })
    await arrange(db)
    expect(await months(db)).toEqual([-1, 0, 1, 2].map(monthFromNow))
    expect(await owner.selectFrom('webhook_body').select('delivery_id').execute()).toHaveLength(2)
    const { rows } = await sql`select from webhook_body_default`.execute(owner)
    expect(rows).toEqual([])
  })

  test('go when retention is over: bytes are gone, hash, verdict and ids stay, and the log says so', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    const old = await keepBody(owner, { months: -4 })
    await keepBody(owner, { months: -3 })
    await arrange(db)
    expect(await months(db)).toContain(monthFromNow(-4))
    await owner.updateTable('webhook_retention').set({ months: 3 }).execute()
    await arrange(db)
    expect(await months(db)).toEqual([-3, -2, -1, 0, 1, 2].map(monthFromNow))
    expect(await readDeliveryBytes(db, [old])).toEqual(new Map())
    const row = await db
      .selectFrom('webhook_delivery')
      .select(['event_id', 'verdict', 'body_sha256', 'signed_sha256'])
      .where('id', '=', old)
      .executeTakeFirstOrThrow()
    expect(row).toMatchObject({ event_id: 'event--4', verdict: 'valid' })
    const entries = await db.selectFrom('audit_entry').select(['action', 'after']).execute()
    expect(entries).toMatchObject([{ action: 'webhook.delete_bytes' }])
    expect(entries[0]?.after).toContain(monthFromNow(-4).replace('_', '-'))
  })
})

function arrange(db: Db): Promise<void> {
  return arrangeBodies({ db, now: () => new Date(), log: quietLog })
}

async function whereBytesAre(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('webhook_delivery')
    .select(['body', 'headers'])
    .orderBy('id')
    .execute()
  return rows.map(({ body, headers }) =>
    body !== null && headers !== null
      ? 'with the delivery'
      : body === null && headers === null
        ? 'apart'
        : 'torn',
  )
}

/** A delivery of so many months from now that was processed then. */
async function keepBody(owner: Db, { months: offset }: { readonly months: number }) {
  const at = new Date()
  at.setUTCDate(15)
  at.setUTCMonth(at.getUTCMonth() + offset)
  const [delivery] = await receiveOne(owner, `event-${offset}`)
  const id = delivery ?? 0
  await owner
    .updateTable('webhook_delivery')
    .set({ received_at: at, processed_at: at })
    .where('id', '=', id)
    .execute()
  await moveLeftBytes(owner, 10)
  return id
}

async function receiveOne(db: Db, eventId: string): Promise<number[]> {
  await receiveAll(db, [{ body: eventBody({ id: eventId }), eventId }])
  const newest = await db
    .selectFrom('webhook_delivery')
    .select('id')
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow()
  return [newest.id]
}

async function months(db: Db): Promise<string[]> {
  const { rows } = await sql<{ part: string }>`
    select inhrelid::regclass::text as part from pg_inherits
    where inhparent = 'webhook_body'::regclass and inhrelid::regclass::text <> 'webhook_body_default'
    order by 1`.execute(db)
  return rows.map(({ part }) => part.replace('webhook_body_', ''))
}

function monthFromNow(offset: number): string {
  const at = new Date()
  at.setUTCDate(1)
  at.setUTCMonth(at.getUTCMonth() + offset)
  return at.toISOString().slice(0, 7).replace('-', '_')
}
