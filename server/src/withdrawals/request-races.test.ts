import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import { withdrawalPolicy } from '@desk/shared/withdrawals/policy-schema'
import type { Actor } from '../kernel/actor.ts'
import { contextOf } from '../kernel/context.fixtures.ts'
import { eventually } from '../testing/eventually.ts'
import { raceForRow } from '../testing/race.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { arrange, createCaller, hire, noon } from './asked-withdrawals.fixtures.ts'
import { expireRequests } from './expire-requests.ts'
import { sendingWorld } from './sending-world.fixtures.ts'

const rounds = 100
const slow = 300_000
const small = { amountCents: 100 }

let database: TestDatabase
let desk: Awaited<ReturnType<typeof arrange>>
beforeAll(async () => {
  database = await testDatabase()
  desk = await arrange(database)
})
afterAll(() => database[Symbol.asyncDispose]())

/** They all wait for the request before the first of them has it. */
async function race(id: string, attempts: readonly (() => Promise<unknown>)[]) {
  const ended = await raceForRow(database.owner, { table: 'withdrawal_request', id }, attempts)
  const refused = ended.flatMap((one) => (one.status === 'rejected' ? [codeOf(one.reason)] : []))
  return { won: ended.map(({ status }) => status === 'fulfilled'), refused }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : error
}

async function lastEntry(id: string) {
  return database.owner
    .selectFrom('audit_entry')
    .select('action')
    .where('subject_id', '=', id)
    .orderBy('seq', 'desc')
    .executeTakeFirst()
}

async function sendJobs(id: string): Promise<number> {
  const { rows } = await sql<{ jobs: number }>`
    select count(*)::int as jobs from graphile_worker.jobs
    where key = ${`withdrawal.send:${id}`}`.execute(database.owner)
  return rows[0]?.jobs ?? 0
}

async function countingVotes(id: string): Promise<number> {
  const { votes } = await desk.seen(id)
  return votes.filter(({ voided }) => voided === null).length
}

test(
  `eight approvers at once, ${rounds} times: one approval counts, and it is sent by one job`,
  async () => {
    const others = await Promise.all(
      ['Eva', 'Gus', 'Hal', 'Ida', 'Jon', 'Kim'].map((name) =>
        hire(database.owner, name, ['approver']),
      ),
    )
    for (let round = 0; round < rounds; round += 1) {
      const page = await desk.submitted(desk.finn, small)
      const voters = [desk.ana, desk.ben, ...others]
      const { won, refused } = await race(
        page.id,
        voters.map((by) => () => desk.approve(by, page)),
      )
      expect(won.filter(Boolean)).toHaveLength(1)
      expect(refused).toEqual(Array.from({ length: 7 }, () => 'CONFLICT'))
      expect(await countingVotes(page.id)).toBe(1)
      expect(await sendJobs(page.id)).toBe(1)
    }
  },
  slow,
)

test(
  `an approval and a rejection at once, ${rounds} times: one of them holds, as the audit log says last`,
  async () => {
    for (let round = 0; round < rounds; round += 1) {
      const page = await desk.submitted(desk.finn, small)
      const { id, revision } = page
      const approving = () => desk.approve(desk.ana, page)
      const rejecting = () => desk.as(desk.ben).reject({ id, revision, reason: 'Paid already' })
      const both = round % 2 === 0 ? [approving, rejecting] : [rejecting, approving]
      const { won, refused } = await race(id, both)
      // A rejection that comes second still stops it: nothing has left. An approval that does is too late.
      expect(won[both.indexOf(rejecting)]).toBe(true)
      expect(refused).toEqual(won[both.indexOf(approving)] === true ? [] : ['CONFLICT'])
      expect((await desk.seen(id)).state).toBe('rejected')
      expect(await countingVotes(id)).toBe(0)
      expect(await lastEntry(id)).toEqual({ action: 'withdrawal.reject' })
    }
  },
  slow,
)

test(
  'an approval and an edit at once: whichever is first, nothing of what was edited is approved',
  async () => {
    for (let round = 0; round < 10; round += 1) {
      const page = await desk.submitted(desk.finn, small)
      const { id, revision } = page
      const approving = () => desk.approve(desk.ana, page)
      const editing = () => desk.as(desk.finn).edit({ id, revision, ...desk.asked })
      const { refused } = await race(
        id,
        round % 2 === 0 ? [approving, editing] : [editing, approving],
      )
      expect(refused.filter((code) => code !== 'CONFLICT')).toEqual([])
      expect((await desk.seen(id)).state).toBe('draft')
      expect(await countingVotes(id)).toBe(0)
      expect(await lastEntry(id)).toEqual({ action: 'withdrawal.edit' })
    }
  },
  slow,
)

test(
  'submitted twice at once it is submitted once',
  async () => {
    for (let round = 0; round < 10; round += 1) {
      const { id } = await desk.draft(desk.finn, small)
      const submitting = () => desk.as(desk.finn).submit({ id, revision: 1 })
      const { won, refused } = await race(id, [submitting, submitting])
      expect([won.filter(Boolean).length, refused]).toEqual([1, ['CONFLICT']])
      const submissions = await database.owner
        .selectFrom('withdrawal_event')
        .select('id')
        .where('request_id', '=', id)
        .where('kind', '=', 'submitted')
        .execute()
      expect(submissions).toHaveLength(1)
    }
  },
  slow,
)

test(
  'an approval and another policy at once: whichever is first, it is asked again under the new one',
  async () => {
    const policy = (by: Actor) =>
      createCaller({ ...contextOf(desk.db, { ...by, provedAt: noon }), now: () => noon })
        .withdrawalPolicy
    for (let round = 0; round < 10; round += 1) {
      const page = await desk.submitted(desk.finn, small)
      const { active } = await policy(desk.cleo).read()
      const { version } = await policy(desk.cleo).propose({
        policy: withdrawalPolicy.parse({ ...active.policy, expiryHours: 72 + ((round + 1) % 2) }),
        note: 'A little longer',
        basedOn: active.version,
      })
      const approving = () => desk.approve(desk.ana, page)
      const deciding = () => policy(desk.dora).decide({ decision: 'activate', version })
      const both = round % 2 === 0 ? [approving, deciding] : [deciding, approving]
      const { won } = await race(page.id, both)
      expect(won[both.indexOf(deciding)]).toBe(true)
      expect((await desk.seen(page.id)).state).toBe('draft')
      expect(await countingVotes(page.id)).toBe(0)
    }
  },
  slow,
)

test('an approval that waits for the end of a request is too late', async () => {
  const page = await desk.submitted(desk.finn, small)
  const over = new Date(noon.getTime() + 80 * 3_600_000)
  const justBefore = new Date(noon.getTime() + 3_600_000)
  const { expiring, approving } = await database.owner.transaction().execute(async (holder) => {
    // Expiring has the request by then, and cannot write its story yet.
    await sql`lock table withdrawal_event in access exclusive mode`.execute(holder)
    const first = expireRequests(desk.db, over)
    await eventually(async () => expect(await waitingForLocks()).toBe(1))
    const second = Promise.allSettled([desk.approve(desk.ana, page, { at: justBefore })])
    await eventually(async () => expect(await waitingForLocks()).toBe(2))
    return { expiring: first, approving: second }
  })
  await expiring
  const [approval] = await approving
  expect(approval).toMatchObject({ status: 'rejected', reason: { code: 'CONFLICT' } })
  expect((await desk.seen(page.id)).state).toBe('expired')
  expect(await countingVotes(page.id)).toBe(0)
})

async function waitingForLocks(): Promise<number> {
  const { rows } = await sql<{ waiting: number }>`
    select count(*)::int as waiting from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(desk.db)
  return rows[0]?.waiting ?? 0
}

const none = { perWithdrawalCents: null, perDayCents: null, perWeekCents: null }

test(
  'twenty at once leave within the limit of the day, whenever it was set',
  async () => {
    await using world = await sendingWorld()
    const limitCents = amountCents.parse(1_200_000)
    const limited = { byPerson: none, inTotal: { ...none, perDayCents: limitCents } }
    const ask = () => Promise.allSettled(Array.from({ length: 20 }, () => world.asked(100_000)))
    const sum = async () =>
      (await world.ledger()).reduce((total, { amountInCents }) => total + amountInCents, 0)
    // Without a limit all of them are asked for and approved, and it is the senders that keep to the new one.
    await world.changePolicy({ limits: { byPerson: none, inTotal: none } })
    const pages = (await ask()).flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(pages).toHaveLength(20)
    for (const page of pages) await world.approve(page)
    await world.changePolicy({ limits: limited })
    // As many at a time as there are connections for: each of them holds its lock by one of its own.
    const senders = Array.from({ length: 4 }, async (_, nth) => {
      for (const { id } of pages.filter((__, index) => index % 4 === nth)) await world.send(id)
    })
    await Promise.all(senders)
    expect(await sum()).toBe(limitCents)
    const late = await ask()
    expect(late.filter(({ status }) => status === 'fulfilled')).toEqual([])
  },
  slow,
)
