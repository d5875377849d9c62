import { afterAll, beforeAll, expect, test } from 'vitest'
import { raceForRow } from '../testing/race.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { auditOf, profilesOf } from './profile.fixtures.ts'
import { IDLE_MS, SESSION_SECONDS } from './sessions.queries.ts'

const phone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1'

let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database[Symbol.asyncDispose]())

test('the list names each open session by device and place, this one first', async () => {
  const desk = profilesOf(database.db)
  const { userId, session } = await desk.join('list@shop.example')
  desk.clock.now = later(desk.clock.now, 60_000)
  const mobile = await desk.signIn(userId, { address: '192.168.1.7', userAgent: phone })
  const begun = later(desk.clock.now, -60_000)

  expect(await (await session.profile()).sessions()).toEqual([
    {
      id: session.id,
      isThis: true,
      method: 'password',
      factor: null,
      device: 'Unknown device',
      place: 'Unknown place',
      address: '203.0.113.7',
      signedInAt: begun.toISOString(),
      lastUsedAt: begun.toISOString(),
      expiresAt: later(begun, SESSION_SECONDS * 1_000).toISOString(),
    },
    expect.objectContaining({
      id: mobile.id,
      isThis: false,
      device: 'Safari on iOS',
      place: 'Private network',
      address: '192.168.1.7',
    }),
  ])
})

test('the list leaves out sessions that would not be let in any more, and those of others', async () => {
  const desk = profilesOf(database.db)
  await desk.join('somebody-else@shop.example')
  const { userId, session } = await desk.join('over@shop.example')
  const idle = await desk.signIn(userId)
  desk.clock.now = later(desk.clock.now, IDLE_MS - 1)
  await session.presence()
  desk.clock.now = later(desk.clock.now, 1)
  expect((await idle.presence()).actor).toBeNull()
  expect(await (await session.profile()).sessions()).toMatchObject([{ id: session.id }])
})

test('one session is ended by its id, and its browser is told by whom', async () => {
  await using own = await testDatabase()
  const desk = profilesOf(own.db)
  const { userId, session } = await desk.join('one@shop.example')
  const [lost, kept] = [await desk.signIn(userId), await desk.signIn(userId)]

  await (await session.profile()).endSession({ id: lost.id })

  expect(await lost.presence()).toMatchObject({ actor: null, sessionEnd: 'ended_by_owner' })
  expect(await kept.presence()).toMatchObject({ actor: { userId } })
  const entries = await own.db
    .selectFrom('audit_entry')
    .select(['action', 'subject_kind', 'subject_id'])
    .where('action', '=', 'session.end')
    .execute()
  expect(entries).toEqual([{ action: 'session.end', subject_kind: 'session', subject_id: lost.id }])
})

test('nobody ends a session of another person, nor the one they use', async () => {
  const desk = profilesOf(database.db)
  const { session } = await desk.join('mine@shop.example')
  const victim = await desk.join('victim@shop.example')
  const profile = await session.profile()
  await expect(profile.endSession({ id: victim.session.id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    cause: { code: 'session_unknown' },
  })
  expect((await victim.session.presence()).actor).not.toBeNull()
  await expect(profile.endSession({ id: session.id })).rejects.toMatchObject({
    cause: { code: 'session_is_this' },
  })
})

test('all others are ended at once and counted; with none there is nothing to write down', async () => {
  await using own = await testDatabase()
  const desk = profilesOf(own.db)
  const { userId, session } = await desk.join('all@shop.example')
  const others = [await desk.signIn(userId), await desk.signIn(userId)]
  const profile = await session.profile()
  expect(await profile.endOtherSessions()).toEqual({ ended: 2 })
  for (const other of others) expect((await other.presence()).sessionEnd).toBe('ended_by_owner')
  expect(await profile.endOtherSessions()).toEqual({ ended: 0 })
  expect(await auditOf(own.db)).toEqual([['session.end', 'done', null]])
})

test('two sessions that end each other at once leave one', async () => {
  const desk = profilesOf(database.db)
  const { userId, session } = await desk.join('duel@shop.example')
  const other = await desk.signIn(userId)
  const profiles = [await session.profile(), await other.profile()]

  const outcomes = await raceForRow(
    database.db,
    { table: 'person', id: userId },
    profiles.map((profile) => () => profile.endOtherSessions()),
  )

  expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([
    { reason: { code: 'CONFLICT', cause: { code: 'session_over' } } },
  ])
  const open = await Promise.all([session, other].map((one) => one.presence()))
  expect(open.filter(({ actor }) => actor !== null)).toHaveLength(1)
})

function later(from: Date, ms: number): Date {
  return new Date(from.getTime() + ms)
}
