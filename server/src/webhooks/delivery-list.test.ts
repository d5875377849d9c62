import { describe, expect, test } from 'vitest'
import type { DeliveryQuery } from '@desk/shared/webhooks/delivery-query'
import { sql } from 'kysely'
import { actorWith } from '../kernel/context.fixtures.ts'
import { testDatabase } from '../testing/test-database.ts'
import {
  consoleOf,
  digestAll,
  eventBody,
  processAll,
  receiveAll,
  secretId,
} from './console.fixtures.ts'
import { acceptedPage } from './delivery-page.queries.ts'
import { vector } from './signing.fixtures.ts'

const support = actorWith(['support'])

describe('everything that came', () => {
  test('stands on one time line, refused ones among the others, page by page without gaps', async () => {
    await using database = await testDatabase()
    const { db } = database
    const deliveries = Array.from({ length: 130 }, (_, n) => ({
      body: eventBody({ id: `pay_${n}` }, n),
      eventId: `event-${n}`,
      // Several at the same instant, and every fifth by somebody else.
      seconds: Math.floor(n / 4),
      ...(n % 5 === 0 && { secret: 'whsec_of_somebody_else' }),
    }))
    // The quarantine keeps sixty a minute, which is more than come here.
    await receiveAll(db, deliveries)
    const calls = consoleOf(db, support)
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof calls.list>> = await calls.list({ query: {}, cursor })
      seen.push(...page.items.map(({ id }) => id))
      const times = page.items.map(({ receivedAt }) => receivedAt)
      expect(times).toEqual(times.toSorted().toReversed())
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toHaveLength(130)
    expect(new Set(seen).size).toBe(130)
    expect(seen.filter((id) => id.startsWith('q'))).toHaveLength(26)
  })

  test('a cursor of another question is refused, not answered with something else', async () => {
    await using database = await testDatabase()
    await receiveAll(
      database.db,
      Array.from({ length: 60 }, (_, n) => ({ body: eventBody({}, n), eventId: `e${n}` })),
    )
    const calls = consoleOf(database.db, support)
    const { nextCursor } = await calls.list({ query: {} })
    const other = calls.list({ query: { verdict: 'valid' }, cursor: nextCursor })
    await expect(other).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  test('is narrowed by verdict, state, type, secret, days and whom it is about', async () => {
    await using database = await testDatabase()
    const { db } = database
    const first = eventBody({ id: 'pay_a', orderId: 'ORDER-77', status: 'pending' }, 0)
    await receiveAll(db, [
      { body: first, eventId: 'first' },
      { body: first, eventId: 'first', seconds: 1 },
      { body: 'no json', eventId: 'unreadable', seconds: 2 },
      { body: eventBody({ id: 'pay_b' }, 3), eventId: 'forged', secret: 'other', seconds: 3 },
      { body: '[1]', eventId: 'poison', seconds: 4 },
      { body: withdrawal('wd_1'), eventId: 'out', seconds: 5 },
    ])
    await processAll(db)
    await receiveAll(db, [{ body: eventBody({ id: 'pay_c' }, 6), eventId: 'new', seconds: 6 }])
    await digestAll(db)
    const calls = consoleOf(db, support)
    const found = async (query: DeliveryQuery) =>
      (await calls.list({ query })).items.map(({ id }) => id)

    expect(await found({})).toEqual(['6', '5', '4', 'q1', '3', '2', '1'])
    expect(await found({ verdict: 'refused' })).toEqual(['q1'])
    expect(await found({ verdict: 'accepted' })).toEqual(['6', '5', '4', '3', '2', '1'])
    expect(await found({ verdict: 'duplicate' })).toEqual(['2'])
    expect(await found({ verdict: 'malformed' })).toEqual(['3'])
    expect(await found({ state: 'parked' })).toEqual(['4'])
    expect(await found({ state: 'waiting' })).toEqual(['6'])
    expect(await found({ state: 'processed' })).toEqual(['5', '1'])
    expect(await found({ eventType: 'withdrawal.updated' })).toEqual(['5'])
    expect(await found({ about: 'pay_a' })).toEqual(['2', '1'])
    expect(await found({ about: 'order-77' })).toEqual(['2', '1'])
    expect(await found({ about: 'wd_1' })).toEqual(['5'])
    expect(await found({ secret: secretId })).toHaveLength(6)
    expect(await found({ secret: 'none' })).toEqual([])
    expect(await found({ from: '2026-01-01', to: '2026-01-01' })).toHaveLength(7)
    expect(await found({ from: '2026-01-02' })).toEqual([])
    expect(await found({ from: '2026-01-01T00:00', to: '2026-01-01T00:00' })).toHaveLength(7)
    expect(await found({ from: '2026-01-01T00:01' })).toEqual([])
    expect(await found({ to: '2025-12-31T23:59' })).toEqual([])
    for (const from of ['2026-01-01T25:00', '2026-02-30T00:00', '2026-01-01T00:00Z', 'noon']) {
      await expect(found({ from })).rejects.toMatchObject({ code: 'BAD_REQUEST' })
    }
    expect(await calls.list({ query: { about: 'pay_a' } })).toMatchObject({
      items: [
        { duplicateOf: '1', state: 'none' },
        { orderId: 'ORDER-77', state: 'processed' },
      ],
    })
  })
})

describe('searching inside payloads', () => {
  test('finds by any part, in capitals or not, among the refused too, and takes signs literally', async () => {
    await using database = await testDatabase()
    const { db } = database
    await receiveAll(db, [
      { body: eventBody({ customMetadata: { note: '100%_Sure' } }), eventId: 'a' },
      { body: eventBody({ customMetadata: { note: '100x Sure' } }, 1), eventId: 'b', seconds: 1 },
      { body: Buffer.from([0xff, 0xfe, ...Buffer.from('"Straße 7"')]), eventId: 'c', seconds: 2 },
      { body: '{"Forged":"needle"}', eventId: 'd', secret: 'other', seconds: 3 },
    ])
    await digestAll(db)
    const calls = consoleOf(db, support)
    const found = async (text: string) =>
      (await calls.list({ query: { text } })).items.map(({ id }) => id)
    expect(await found('100%_sure')).toEqual(['1'])
    expect(await found('SURE')).toEqual(['2', '1'])
    expect(await found('straße')).toEqual(['3'])
    expect(await found('NEEDLE')).toEqual(['q1'])
    expect(await found('\u0000zz')).toEqual([])
    await expect(found('ab')).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  test('reads the index, and pages read theirs: neither looks through the table', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    await receiveAll(db, [{ body: vector.body, eventId: 'one' }])
    await sql`
      insert into webhook_delivery (event_id, timestamp_header, received_at, signature_header, headers,
        body, body_sha256, signed_sha256, secret_id, verdict, payment_id, processed_at)
      select 'e' || n, '1', timestamptz '2026-01-01' + n * interval '1 second', '', '{}', '', '',
        sha256(n::text::bytea), 's', 'valid', 'p' || n % 5000, now()
      from generate_series(1, 20000) as n`.execute(owner)
    await sql`
      insert into webhook_digest (delivery_id, received_at, search_text, is_timed)
      select id, received_at, md5(id::text) || payment_id, true from webhook_delivery`.execute(
      owner,
    )
    await sql`vacuum analyze webhook_delivery, webhook_digest`.execute(owner)
    const planOf = async (query: DeliveryQuery) => {
      const asked = acceptedPage(
        db,
        { query, after: { microseconds: 1_767_230_000_000_000, source: 'delivery', id: 9_000 } },
        { zone: 'Europe/London', cutOff: '00:00' },
      )
      if (!asked) throw new Error('not a question about deliveries')
      const compiled = asked.compile()
      const { rows } = await owner.executeQuery<{ 'QUERY PLAN': string }>({
        ...compiled,
        sql: `explain ${compiled.sql}`,
      })
      return rows.map((row) => row['QUERY PLAN']).join('\n')
    }
    expect(await planOf({ text: 'a needle in it' })).toContain('webhook_digest_search_idx')
    expect(await planOf({ about: 'p42' })).toContain('webhook_delivery_payment_idx')
    expect(await planOf({})).toContain('webhook_delivery_timeline_idx')
    expect(await planOf({ state: 'parked' })).toContain('webhook_delivery_parked_idx')
    for (const query of [
      {},
      { text: 'a needle in it' },
      { about: 'p42' },
      { state: 'parked' as const },
    ]) {
      expect(await planOf(query)).not.toContain('Seq Scan on webhook_delivery')
    }
  })
})

test('the quarantine is summed up by reason, with examples', async () => {
  await using database = await testDatabase()
  const { db } = database
  await receiveAll(db, [
    { body: eventBody({}), eventId: 'a', secret: 'other' },
    { body: eventBody({}), eventId: 'b', secret: 'other', seconds: 1 },
    { body: eventBody({}), eventId: 'c', timestamp: '1767000000', seconds: 2 },
    { body: eventBody({}), eventId: 'd', timestamp: '1767000999', seconds: 3 },
    { body: eventBody({}), eventId: 'e', timestamp: '1767001999', seconds: 4 },
  ])
  expect(await consoleOf(db, support).refusals()).toMatchObject([
    {
      verdict: 'stale_timestamp',
      reason: 'The timestamp is … seconds off.',
      count: 3,
      exampleIds: ['q5', 'q4', 'q3'],
      addresses: ['203.0.113.7'],
    },
    { verdict: 'invalid_signature', count: 2, exampleIds: ['q2', 'q1'] },
  ])
})

function withdrawal(id: string): string {
  return JSON.stringify({
    type: 'withdrawal.updated',
    data: { withdrawal: { id, status: 'completed' } },
    timestamp: '2026-01-01T00:00:05.000Z',
  })
}
