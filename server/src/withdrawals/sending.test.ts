import { once } from 'node:events'
import fc from 'fast-check'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import { Refusal } from '../kernel/refusal.ts'
import { eventually } from '../testing/eventually.ts'
import { type SendingWorld, sendingWorld, wrongEntries } from './sending-world.fixtures.ts'

const hourMs = 3_600_000
const unlimited = { perWithdrawalCents: null, perDayCents: null, perWeekCents: null }

/** A world whose clock, Desk's and SpacePay's, is moved on by hand. */
async function movableWorld() {
  let aheadMs = 0
  const world = await sendingWorld({ now: () => new Date(Date.now() + aheadMs) })
  return {
    world,
    later: (ms: number) => {
      aheadMs += ms
    },
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  }
}

async function fault(world: SendingWorld, order: object): Promise<void> {
  await world.control('faults', { on: 'withdrawals.create', ...order })
}

describe('what holds some keeps nobody else waiting', () => {
  test('more than a round takes are held, and one behind them leaves', async () => {
    await using world = await sendingWorld()
    const held = await world.asked()
    const { owner } = world.database
    await owner
      .insertInto('destination')
      .values({
        id: 'new',
        network: 'eip155:8453',
        address: '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
        label: 'Cools off',
        state: 'proposed',
        proposed_by: world.people.finn.id,
        proposed_at: new Date(),
        state_at: new Date(),
      })
      .execute()
    await sql`
      insert into withdrawal_request (id, state, requested_by, amount_cents, currency, network, destination_id,
        destination_address, order_id, reason, created_at, submitted_at, expires_at, policy_version, nonce,
        canonical_content, fingerprint, state_at)
      select 'held-' || n, 'approved', requested_by, 100, currency, network, 'new', destination_address,
        'held-' || n, reason, created_at, submitted_at - interval '1 hour', expires_at, policy_version, 'nonce-' || n,
        canonical_content, fingerprint, state_at
      from withdrawal_request, generate_series(1, 150) as n where id = ${held.id}`.execute(owner)
    const id = await world.approved()
    const queued = async () => {
      await sql`delete from graphile_worker._private_jobs`.execute(owner)
      await world.resolve()
      const { rows } = await sql<{ subject: string }>`
        select payload->>'subject' as subject from graphile_worker._private_jobs`.execute(owner)
      return rows.map(({ subject }) => subject)
    }
    const rounds = [await queued(), await queued()]
    expect(rounds.map(({ length }) => length)).toEqual([100, 100])
    expect(rounds.flat()).toContain(id)
    expect(new Set(rounds.flat()).size).toBe(151)
  })
})

describe('a limit of the day', () => {
  const perDay = (cents: number) => ({
    limits: {
      byPerson: unlimited,
      inTotal: { ...unlimited, perDayCents: amountCents.parse(cents) },
    },
  })

  test('is judged by when money leaves: what has no room today leaves tomorrow', async () => {
    await using movable = await movableWorld()
    const { world, later } = movable
    const [first, second] = [await world.approved(), await world.approved()]
    await world.changePolicy(perDay(150))
    await world.send(first)
    await world.send(second)
    expect(await world.stateOf(first)).toMatchObject({ state: 'submitted' })
    expect(await world.stateOf(second)).toMatchObject({ state: 'approved' })
    later(24 * hourMs)
    await world.send(second)
    expect(await world.stateOf(second)).toMatchObject({ state: 'submitted' })
    expect(await world.ledger()).toHaveLength(2)
  })

  test('counts on the day of leaving what was asked for on the day before', async () => {
    await using movable = await movableWorld()
    const { world, later } = movable
    const ofYesterday = await world.approved()
    await world.changePolicy(perDay(150))
    later(24 * hourMs)
    await world.send(ofYesterday)
    await expect(world.asked(100)).rejects.toThrow(/limit of \$1\.50/)
  })

  test('is no hindrance by what waits: of two that wait, either leaves first', async () => {
    await using world = await sendingWorld()
    await world.approved()
    const second = await world.approved()
    await world.changePolicy(perDay(250))
    await world.send(second)
    expect(await world.stateOf(second)).toMatchObject({ state: 'submitted' })
    await expect(world.asked(100)).rejects.toThrow(/limit of \$2\.50/)
  })

  test('counts nothing of what SpacePay refused', async () => {
    await using world = await sendingWorld()
    await world.changePolicy(perDay(150))
    const first = await world.approved()
    await fault(world, { effect: { kind: 'status', status: 422 }, next: 1 })
    await world.send(first)
    expect(await world.stateOf(first)).toMatchObject({ state: 'failed' })
    const second = await world.approved()
    await world.send(second)
    expect(await world.stateOf(second)).toMatchObject({ state: 'submitted' })
  })
})

describe('an answer that is no', () => {
  test.each([
    [400, 'failed'],
    [409, 'unknown'],
    [422, 'failed'],
    [401, 'approved'],
    [403, 'approved'],
  ])('of %i is never asked for again', async (status, state) => {
    await using movable = await movableWorld()
    const { world, later } = movable
    const id = await world.approved()
    await fault(world, { effect: { kind: 'status', status }, percent: 100 })
    for (let round = 0; round < 6; round += 1) {
      await world.send(id)
      await world.resolve()
      later(20 * 60_000)
    }
    expect(await world.calls()).toHaveLength(1)
    expect(await world.stateOf(id)).toMatchObject({ state })
    expect(await world.stopCause()).toBe(state === 'approved' ? 'unauthorized' : null)
  })

  test('because the wallet holds too little is kept in SpacePay’s own words', async () => {
    await using world = await sendingWorld()
    await world.changePolicy({ limits: { byPerson: unlimited, inTotal: unlimited } })
    const page = await world.asked(90_000_000)
    await world.approve(page)
    await world.approve(page, { voter: world.people.cleo })
    await world.send(page.id)
    await world.resolve()
    expect(await world.stateOf(page.id)).toMatchObject({ state: 'failed', withdrawalId: null })
    const attempts = await world.database.db
      .selectFrom('withdrawal_attempt')
      .select(['state', 'code', 'message'])
      .execute()
    expect(attempts).toEqual([
      {
        state: 'refused',
        code: 'insufficient_funds',
        message: expect.stringContaining('does not hold enough on this chain'),
      },
    ])
    expect(await world.ledger()).toEqual([])
  })

  test.each([401, 403])('of %i to the look-up before stops everything', async (status) => {
    await using world = await sendingWorld()
    const id = await world.approved()
    const effect = { kind: 'status', status }
    await fault(world, { on: 'withdrawals.list', effect, percent: 100 })
    await world.send(id)
    expect(await world.stopCause()).toBe('unauthorized')
    await world.clearFaults()
    await world.send(id)
    expect(await world.calls()).toEqual([])
    expect(await world.stateOf(id)).toMatchObject({ state: 'approved' })
  })

  test('of 401 to the look-up of an unclear one stops everything', async () => {
    await using world = await sendingWorld()
    const id = await world.approved()
    await fault(world, { effect: { kind: 'reset' }, phase: 'before', next: 1 })
    await world.send(id)
    const effect = { kind: 'status', status: 401 }
    await fault(world, { on: 'withdrawals.list', effect, percent: 100 })
    await world.resolve()
    expect(await world.stopCause()).toBe('unauthorized')
    expect(await world.stateOf(id)).toMatchObject({ state: 'unknown' })
  })
})

test('a request that many send at once leaves once', async () => {
  await using world = await sendingWorld()
  const ids = await Promise.all([world.approved(), world.approved()])
  const senders = ids.flatMap((id) => Array.from({ length: 4 }, () => world.send(id)))
  await Promise.all([...senders, world.resolve(), world.resolve()])
  expect(await world.ledger()).toHaveLength(2)
  expect(await wrongEntries(world)).toEqual({ doubles: [], unapproved: [] })
})

test('while it is being sent nobody takes its Desk for dead, however long SpacePay takes', async () => {
  await using world = await sendingWorld()
  const id = await world.approved()
  await fault(world, { effect: { kind: 'delay', ms: 1_500 }, phase: 'after', next: 1 })
  const sending = world.send(id)
  await eventually(async () => {
    expect(await world.stateOf(id)).toMatchObject({ state: 'sending' })
  })
  await world.resolve()
  expect(await world.stateOf(id)).toMatchObject({ state: 'sending' })
  await sending
  expect(await world.stateOf(id)).toMatchObject({ state: 'submitted' })
})

test('an approval of eight days ago sends nothing any more', async () => {
  await using movable = await movableWorld()
  const { world, later } = movable
  const id = await world.approved()
  later(8 * 24 * hourMs)
  await world.send(id)
  await world.resolve()
  await world.send(id)
  expect(await world.calls()).toEqual([])
  expect(await world.stateOf(id)).toMatchObject({ state: 'expired' })
})

describe('the repeat under the same key, where the policy allows it', () => {
  test.each([
    [22.9, 2, 'submitted'],
    [25, 1, 'unknown'],
  ])('after %d hours makes %d calls of what did not arrive', async (hours, callCount, state) => {
    await using movable = await movableWorld()
    const { world, later } = movable
    const id = await world.approved()
    await world.changePolicy({ repeatsWithSameKey: true })
    await fault(world, { effect: { kind: 'reset' }, phase: 'before', next: 1 })
    await world.send(id)
    later(hours * hourMs)
    await world.resolve()
    const calls = await world.calls()
    expect(calls).toHaveLength(callCount)
    expect(new Set(calls.map((call) => JSON.stringify(call))).size).toBe(1)
    expect(await world.stateOf(id)).toMatchObject({ state })
  })

  test('makes no second withdrawal of one that had arrived and is not in the list', async () => {
    await using movable = await movableWorld()
    const { world, later } = movable
    await world.send(await world.approved())
    const id = await world.approved()
    await world.changePolicy({ repeatsWithSameKey: true })
    await fault(world, { effect: { kind: 'reset' }, phase: 'after', next: 1 })
    const hiding = { kind: 'shift', rows: 1 }
    await fault(world, { on: 'withdrawals.list', effect: hiding, percent: 100 })
    await world.send(id)
    expect(await world.stateOf(id)).toMatchObject({ state: 'unknown' })
    later(22 * hourMs)
    await world.resolve()
    expect(await world.calls()).toHaveLength(3)
    expect(await world.ledger()).toHaveLength(2)
    expect((await world.stateOf(id)).withdrawalId).toBe((await world.ledger())[1]?.withdrawalId)
  })
})

describe('a backup that is put back sends nothing a second time', () => {
  test('where the request was approved when it was made', async () => {
    await using world = await sendingWorld()
    const id = await world.approved()
    await using backup = await world.database.copy()
    await world.send(id)
    await world.send(id, backup.db)
    await world.resolve(backup.db)
    expect(await world.calls()).toHaveLength(1)
    const [made] = await world.ledger()
    expect((await world.stateOf(id, backup.db)).withdrawalId).toBe(made?.withdrawalId)
  })

  test('where it was being sent', async () => {
    await using world = await sendingWorld()
    const id = await world.approved()
    const sender = world.spawnDesk('crash-sender.fixtures.ts', {
      requestId: id,
      point: 'after_answer',
    })
    await once(sender, 'exit')
    await using backup = await world.database.copy()
    await world.resolve(backup.db)
    await world.send(id, backup.db)
    expect(await world.calls()).toHaveLength(1)
    const [made] = await world.ledger()
    expect((await world.stateOf(id, backup.db)).withdrawalId).toBe(made?.withdrawalId)
  })

  test('where it is learned from the list before anybody sends, and missing there when they do', async () => {
    await using world = await sendingWorld()
    await world.send(await world.approved())
    const page = await world.asked()
    await using backup = await world.database.copy()
    await world.approve(page)
    await world.send(page.id)
    await world.learnList(backup.db)
    expect(await world.stopCause(backup.db)).toBe('different_answer')
    await world.start(backup.db)
    await world.approve(page, { on: backup.db })
    const hiding = { kind: 'shift', rows: 1 }
    await fault(world, { on: 'withdrawals.list', effect: hiding, percent: 100 })
    await world.send(page.id, backup.db)
    expect(await world.calls()).toHaveLength(2)
    const { state, withdrawalId } = await world.stateOf(page.id, backup.db)
    expect(withdrawalId).toBe((await world.ledger())[1]?.withdrawalId)
    expect(['submitted', 'processing', 'completed']).toContain(state)
  })
})

test('whoever votes on whatever amount, what leaves was approved by enough people before', async () => {
  await using world = await sendingWorld()
  const { finn, ana, ben, cleo } = world.people
  await world.changePolicy({ limits: { byPerson: unlimited, inTotal: unlimited } })
  const voters = fc.subarray([finn, ana, ben, cleo])
  const request = fc.record({ cents: fc.constantFrom(100, 500_000, 500_001), voters })
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 3 }), async (requests) => {
      for (const { cents, voters: own } of requests) {
        const page = await world.asked(cents)
        for (const voter of own) await world.approve(page, { voter }).catch(expectRefusal)
        await world.send(page.id)
        const small = own.includes(ana) || own.includes(ben)
        const isEnough = cents <= 500_000 ? small : small && own.includes(cleo)
        const { state } = await world.stateOf(page.id)
        expect(state).toBe(isEnough ? 'submitted' : 'pending_approval')
      }
    }),
    { numRuns: 8 },
  )
  expect(await wrongEntries(world)).toEqual({ doubles: [], unapproved: [] })
})

function expectRefusal(error: unknown): void {
  expect(error).toBeInstanceOf(Refusal)
}
