import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { lagPercentile } from '@desk/shared/webhooks/lag-slots'
import type { Db } from '../database.ts'
import { actorWith } from '../kernel/context.fixtures.ts'
import { testDatabase } from '../testing/test-database.ts'
import { consoleOf, digestAll, eventBody, processAll, receiveAll } from './console.fixtures.ts'
import { digestOnce } from './digest.ts'
import { readArrivalGap } from './arrival-gap.queries.ts'
import { verifyArrivals } from './verify-arrivals.ts'

const support = actorWith(['support'])

describe('counting what arrives', () => {
  test('counts every delivery once, whoever counts and however often', async () => {
    await using database = await testDatabase()
    const { db } = database
    const batch = (from: number) =>
      Array.from({ length: 40 }, (_, n) => ({
        body: eventBody({ id: `p${from + n}` }, from + n),
        eventId: `e${(from + n) % 50}-${n % 7}`,
        seconds: from + n * 11,
        ...(n % 10 === 0 && { secret: 'other' }),
      }))
    await receiveAll(db, batch(0))
    await Promise.all([digestAll(db, 500), digestAll(db, 500)])
    await receiveAll(db, batch(200))
    await digestAll(db, 700)
    await digestAll(db, 5_000)
    const { rows } = await sql<{ verdict: string; came: number }>`
      select verdict, sum(arrivals)::integer as came from webhook_arrivals group by 1`.execute(db)
    expect(rows.reduce((sum, { came }) => sum + came, 0)).toBe(80)
    expect(rows.find(({ verdict }) => verdict === 'refused:invalid_signature')?.came).toBe(8)
    expect(await verifyArrivals(db)).toMatchObject({ ok: true })
  })

  test('what was committed late, with a lower number than its neighbours, is still counted', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    await receiveAll(db, [
      { body: eventBody({ id: 'a' }), eventId: 'a' },
      { body: eventBody({ id: 'b' }), eventId: 'b' },
    ])
    const [late] = await owner
      .deleteFrom('webhook_delivery')
      .where('id', '=', 1)
      .returningAll()
      .execute()
    await digestOnce({ db, now: () => new Date('2026-01-01T00:00:30Z') })
    if (!late) throw new Error('nothing was stored')
    await sql`insert into webhook_delivery overriding system value
      select (jsonb_populate_record(null::webhook_delivery, to_jsonb(other) || ${JSON.stringify({ id: 1, event_id: 'a', signed_sha256: '\\x01' })}::jsonb)).*
      from webhook_delivery as other where id = 2`.execute(owner)
    await digestOnce({ db, now: () => new Date('2026-01-01T00:00:32Z') })
    expect(await verifyArrivals(db)).toMatchObject({ ok: true })
  })

  test('a count that does not fit what is stored is found', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    await receiveAll(db, [{ body: eventBody({}) }])
    await digestAll(db)
    await owner.updateTable('webhook_arrivals').set({ arrivals: 7 }).execute()
    expect(await verifyArrivals(db)).toMatchObject({
      ok: false,
      text: expect.stringContaining(
        '7 valid deliveries are counted from 2026-01-01T00:00:00.000Z on, 1',
      ),
    })
  })

  test('lags are those of first deliveries: repeats, parked ones and what was done again do not count', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    await receiveAll(db, [
      { body: eventBody({ id: 'a' }, 0), eventId: 'a', seconds: 4 },
      { body: eventBody({ id: 'a' }, 0), eventId: 'a', seconds: 290 },
      { body: '[1]', eventId: 'poison', seconds: 5 },
    ])
    await digestAll(db, 6)
    expect(await lagsOf(db, 'processing')).toEqual([])
    await processAll(db, 12)
    await digestAll(db, 13)
    await owner
      .updateTable('webhook_delivery')
      .set({ asked_again_at: '2026-01-02T00:00:00Z' })
      .execute()
    await digestAll(db, 14)
    expect(near(lagPercentile(await lagsOf(db, 'arrival'), 0.99), 4_000)).toBe(true)
    expect(near(lagPercentile(await lagsOf(db, 'processing'), 0.99), 8_000)).toBe(true)
    expect((await lagsOf(db, 'processing')).map(({ count }) => count)).toEqual([1])
  })

  test('when the bytes are gone, the payload is no longer found', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    await receiveAll(db, [{ body: eventBody({ id: 'pay_forgotten' }) }])
    await digestAll(db)
    await forgetBytes(owner)
    await digestAll(db)
    const found = await consoleOf(db, support).list({ query: { text: 'forgotten' } })
    expect(found.items).toEqual([])
  })
})

describe('the chart of arrivals', () => {
  test('stands beside the median of the same hour of the last four weeks, by the clock on the wall', async () => {
    await using database = await testDatabase()
    const { db, owner } = database
    // London left summer time on 25 October 2026: noon there was 11:00 UTC before and 12:00 UTC after.
    await arrivals(owner, [
      ['2026-10-12T11:00:00Z', 500],
      ['2026-10-19T11:00:00Z', 10],
      ['2026-10-26T12:00:00Z', 20],
      ['2026-11-02T12:00:00Z', 30],
      ['2026-11-09T12:00:00Z', 3],
    ])
    const calls = consoleOf(db, support, secondsTo('2026-11-09T12:03:00Z'))
    const { points } = await calls.chart({ span: 'hours' })
    expect(points).toHaveLength(72)
    const noon = points.find(({ at }) => at === '2026-11-09T12:00:00.000Z')
    // Of 500, 10, 20 and 30: the median is between the two in the middle.
    expect(noon).toMatchObject({ byVerdict: { valid: 3 }, usual: 25 })
    expect(points.find(({ at }) => at === '2026-11-09T11:00:00.000Z')?.usual).toBe(0)
  })

  test('knows no baseline before there was a week', async () => {
    await using database = await testDatabase()
    await arrivals(database.owner, [['2026-11-09T12:00:00Z', 3]])
    const calls = consoleOf(database.db, support, secondsTo('2026-11-09T12:03:00Z'))
    for (const span of ['hours', 'day', 'week', 'month'] as const) {
      const { points, gap } = await calls.chart({ span })
      expect(points.every(({ usual }) => usual === null)).toBe(true)
      expect(points.at(-1)?.byVerdict).toEqual({ valid: 3 })
      expect(gap.isAlarming).toBe(false)
    }
  })
})

test('a silence in which ten usually come is alarming, and only then', async () => {
  await using database = await testDatabase()
  const { db, owner } = database
  for (const week of ['2025-12-04', '2025-12-11', '2025-12-18', '2025-12-25']) {
    await arrivals(owner, [
      [`${week}T00:00:00Z`, 5],
      [`${week}T00:05:00Z`, 8],
    ])
  }
  await receiveAll(db, [{ body: eventBody({}) }])
  const gapAt = (now: string) => readArrivalGap(db, { now: new Date(now), zone: 'Europe/London' })
  expect(await gapAt('2026-01-01T00:05:00Z')).toMatchObject({ expected: 5, isAlarming: false })
  // Four fifths of the second five minutes' eight.
  expect(await gapAt('2026-01-01T00:09:00Z')).toMatchObject({ expected: 11.4, isAlarming: true })
})

async function arrivals(owner: Db, counts: readonly (readonly [string, number])[]): Promise<void> {
  await owner
    .insertInto('webhook_arrivals')
    .values(counts.map(([at, count]) => ({ starts_at: at, verdict: 'valid', arrivals: count })))
    .execute()
}

async function lagsOf(db: Db, kind: 'processing' | 'arrival') {
  return db
    .selectFrom('webhook_lag')
    .select(['slot', 'deliveries as count'])
    .where('kind', '=', kind)
    .execute()
}

async function forgetBytes(owner: Db): Promise<void> {
  await owner.deleteFrom('webhook_delivery').execute()
}

function near(read: number | null, exact: number): boolean {
  return read !== null && Math.abs(read / exact - 1) < 0.13
}

/** From the moment the vector was signed. */
function secondsTo(at: string): number {
  return (Date.parse(at) - Date.parse('2026-01-01T00:00:00Z')) / 1000
}
