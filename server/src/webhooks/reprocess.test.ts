import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Db } from '../database.ts'
import { testDatabase } from '../testing/test-database.ts'
import {
  consoleOf,
  eventBody,
  personWith,
  processAll,
  receiveAll,
  secondsLater,
} from './console.fixtures.ts'
import { giveBackNext } from './run-reprocessing.ts'

describe('processing one again', () => {
  test('gives what was set aside to the processor once more, learned once, and says who did', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    await receiveAll(db, [
      { body: eventBody({ status: 'completed' }), eventId: 'a' },
      { body: eventBody({ status: 'completed' }), eventId: 'a', seconds: 1 },
    ])
    await processAll(db)
    await park(owner, 1)
    const calls = consoleOf(db, await personWith(owner, ['support']))
    // The repeat stands for what it repeats.
    expect(await calls.reprocess({ id: '2' })).toEqual({ id: '1' })
    expect(await calls.detail({ id: '1' })).toMatchObject({ state: 'waiting', problem: null })
    await processAll(db, 70)
    expect(await calls.detail({ id: '1' })).toMatchObject({
      state: 'processed',
      askedAgainAt: secondsLater(60).toISOString(),
    })
    expect(await db.selectFrom('observation').select('id').execute()).toHaveLength(1)
    const entry = await db
      .selectFrom('audit_entry')
      .select(['action', 'subject_id', 'before'])
      .executeTakeFirstOrThrow()
    expect(entry).toMatchObject({ action: 'webhook.reprocess', subject_id: '1' })
    expect(entry.before).toContain('it was poison')
  })

  test('what was refused or cannot be read is never processed', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    await receiveAll(db, [
      { body: 'no json', eventId: 'a' },
      { body: eventBody({}), secret: 'other' },
    ])
    const calls = consoleOf(db, await personWith(owner, ['finance']))
    await expect(calls.reprocess({ id: '1' })).rejects.toThrow('cannot be read')
    await expect(calls.reprocess({ id: 'q1' })).rejects.toThrow('refused')
    await expect(calls.reprocess({ id: '9' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('processing many again', () => {
  test('counts first, then gives back a hundred at a time, and only when those before are through', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    await keepProcessed(db, owner, 250)
    const calls = consoleOf(db, await personWith(owner, ['support']))
    const query = { eventType: 'payment.updated' }
    const { count, isMore } = await calls.countProcessable({ query })
    expect({ count, isMore }).toEqual({ count: 250, isMore: false })
    await calls.reprocessMany({ query, expected: count })
    await expect(calls.reprocessMany({ query, expected: count })).rejects.toThrow('already')

    await round(db)
    await round(db)
    expect(await calls.reprocessing()).toMatchObject({ total: 250, given: 100, processed: 0 })
    await processAll(db, 70)
    // Another Desk goes on where this one stopped.
    await round(db)
    expect(await calls.reprocessing()).toMatchObject({ given: 200, processed: 100 })
    await processAll(db, 71)
    await round(db)
    await processAll(db, 72)
    await round(db)
    expect(await calls.reprocessing()).toMatchObject({
      state: 'done',
      given: 250,
      processed: 250,
      parked: 0,
      askedBy: 'Ada',
    })
  })

  test('stops where it is when somebody stops it; what was given back is still processed', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    await keepProcessed(db, owner, 150)
    const calls = consoleOf(db, await personWith(owner, ['finance']))
    const { id } = await calls.reprocessMany({ query: {}, expected: 150 })
    await round(db)
    await calls.cancelReprocessing({ id })
    await processAll(db, 70)
    await round(db)
    expect(await calls.reprocessing()).toMatchObject({
      state: 'cancelled',
      given: 100,
      processed: 100,
    })
    await expect(calls.cancelReprocessing({ id })).rejects.toThrow('ended already')
    const actions = await db.selectFrom('audit_entry').select('action').orderBy('seq').execute()
    expect(actions.map(({ action }) => action)).toEqual([
      'webhook.reprocess_many',
      'webhook.reprocess_cancel',
    ])
  })

  test('refuses when the filter means much more than the person agreed to, or nothing', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    await keepProcessed(db, owner, 60)
    const calls = consoleOf(db, await personWith(owner, ['finance']))
    await expect(calls.reprocessMany({ query: {}, expected: 20 })).rejects.toThrow('60 deliveries')
    const nothing = calls.reprocessMany({ query: { state: 'parked' }, expected: 20 })
    await expect(nothing).rejects.toThrow('No delivery is left')
    expect(await calls.countProcessable({ query: { verdict: 'refused' } })).toEqual({
      count: 0,
      isMore: false,
    })
  })
})

async function round(db: Db): Promise<void> {
  await giveBackNext({ db, now: () => secondsLater(65), onGiven: () => undefined })
}

async function keepProcessed(db: Db, owner: Db, count: number): Promise<void> {
  await receiveAll(db, [{ body: eventBody({}), eventId: 'original' }])
  await sql`
    insert into webhook_delivery (event_id, timestamp_header, received_at, signature_header, headers,
      body, body_sha256, signed_sha256, secret_id, verdict, event_type)
    select 'e' || n, timestamp_header, received_at, signature_header, headers, body, body_sha256,
      sha256(n::text::bytea), secret_id, verdict, event_type
    from webhook_delivery, generate_series(2, ${count}::integer) as n`.execute(owner)
  await processAll(db)
}

async function park(owner: Db, id: number): Promise<void> {
  await owner
    .updateTable('webhook_delivery')
    .set({ processed_at: null, parked_at: secondsLater(2), processing_error: 'it was poison' })
    .where('id', '=', id)
    .execute()
}
