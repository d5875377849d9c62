import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { WithdrawalPolicy } from '@desk/shared/withdrawals/policy'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import { withdrawalPolicy } from '@desk/shared/withdrawals/policy-schema'
import type { Actor } from '../kernel/actor.ts'
import { contextOf } from '../kernel/context.fixtures.ts'
import { raceForRow } from '../testing/race.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { arrange, createCaller, noon, rolesNow, tie } from './asked-withdrawals.fixtures.ts'

let database: TestDatabase
let desk: Awaited<ReturnType<typeof arrange>>
beforeEach(async () => {
  database = await testDatabase()
  desk = await arrange(database)
})
afterEach(() => database[Symbol.asyncDispose]())

function policyOf(actor: Actor, at = noon) {
  const context = contextOf(database.db, { ...actor, provedAt: at })
  return createCaller({ ...context, now: () => at }).withdrawalPolicy
}

/** The policy that Desk starts with, but one admin approves everything. */
async function changed(change: Partial<WithdrawalPolicy> = {}) {
  const { active } = await policyOf(desk.cleo).read()
  const bands = [{ upToCents: null, approvers: [{ role: 'admin', people: 1 }] }]
  return {
    policy: withdrawalPolicy.parse({ ...active.policy, bands, ...change }),
    note: 'Admins look at everything from now on',
    basedOn: active.version,
  }
}

async function states() {
  const rows = await database.owner
    .selectFrom('withdrawal_policy')
    .select(['version', 'state'])
    .orderBy('version')
    .execute()
  return rows.map(({ version, state }) => `${version} ${state}`)
}

describe('the policy takes two people to change', () => {
  test('one proposes, another decides, and both stand in the audit log', async () => {
    const { version } = await policyOf(desk.cleo).propose(await changed())
    expect(await policyOf(desk.ana).read()).toMatchObject({
      active: { version: 1 },
      proposed: { version: 2, proposedBy: { name: 'Cleo' } },
      blocks: { decide: null, propose: expect.any(String), take_back: expect.any(String) },
    })
    await policyOf(desk.ana).decide({ decision: 'activate', version })
    const { active, proposed, history } = await policyOf(desk.cleo).read()
    expect(active).toMatchObject({
      version: 2,
      proposedBy: { name: 'Cleo' },
      decidedBy: { name: 'Ana' },
    })
    expect([proposed, history.map(({ state }) => state)]).toEqual([null, ['superseded']])
    const entries = await database.owner
      .selectFrom('audit_entry')
      .select(['action', 'actor_name'])
      .where('subject_kind', '=', 'withdrawal_policy')
      .orderBy('seq')
      .execute()
    expect(entries).toEqual([
      { action: 'withdrawal_policy.propose', actor_name: 'Cleo' },
      { action: 'withdrawal_policy.decide', actor_name: 'Ana' },
    ])
  })

  test('who proposed it decides nothing, neither by another account of theirs', async () => {
    const { version } = await policyOf(desk.cleo).propose(await changed())
    await expect(
      policyOf(desk.cleo).decide({ decision: 'activate', version }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN', message: /You proposed this change/ })
    await expect(
      policyOf(desk.cleo).decide({ decision: 'refuse', version, note: 'On second thought' }),
    ).rejects.toThrow(/You proposed/)
    await tie(database.owner, desk.dora, desk.cleo)
    await expect(policyOf(desk.dora).decide({ decision: 'activate', version })).rejects.toThrow(
      /You proposed/,
    )
    expect((await policyOf(desk.dora).read()).blocks.decide).toMatch(/You proposed/)
    expect(await states()).toEqual(['1 active', '2 proposed'])
  })

  test('the database itself keeps one account from being both', async () => {
    await policyOf(desk.cleo).propose(await changed())
    const forced = database.owner
      .updateTable('withdrawal_policy')
      .set({ state: 'refused', decided_by: desk.cleo.userId, decided_at: noon })
      .where('version', '=', 2)
    await expect(forced.execute()).rejects.toThrow(/check constraint/)
  })

  test('of two proposed at once one waits for a decision, and the other is told so', async () => {
    const [one, other] = [await changed(), await changed({ coolingOffHours: 48 })]
    const ended = await raceForRow(
      database.owner,
      { table: 'withdrawal_policy', column: 'version', id: '1' },
      [() => policyOf(desk.cleo).propose(one), () => policyOf(desk.dora).propose(other)],
    )
    expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(ended.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'CONFLICT', message: expect.stringContaining('waits for a decision') },
    })
    expect(await states()).toEqual(['1 active', '2 proposed'])
  })

  test('taken back while somebody decides, one of both holds', async () => {
    const { version } = await policyOf(desk.cleo).propose(await changed())
    const ended = await raceForRow(
      database.owner,
      { table: 'withdrawal_policy', column: 'version', id: '1' },
      [
        () => policyOf(desk.cleo).takeBack({ version }),
        () => policyOf(desk.ana).decide({ decision: 'activate', version }),
      ],
    )
    expect(ended.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const [first] = await states()
    expect(['1 active', '1 superseded']).toContain(first)
  })

  test('only who proposed it takes it back, and the next one gets a number of its own', async () => {
    const { version } = await policyOf(desk.cleo).propose(await changed())
    await expect(policyOf(desk.dora).takeBack({ version })).rejects.toThrow(/Only who proposed/)
    await policyOf(desk.cleo).takeBack({ version })
    await expect(policyOf(desk.ana).decide({ decision: 'activate', version })).rejects.toThrow(
      /changed meanwhile/,
    )
    await expect(policyOf(desk.dora).propose(await changed())).resolves.toEqual({ version: 3 })
  })

  test('one that changes nothing, or was made from an older one, is not proposed', async () => {
    const stale = await changed()
    const { active } = await policyOf(desk.cleo).read()
    const same = await changed({ bands: active.policy.bands })
    await expect(policyOf(desk.cleo).propose(same)).rejects.toThrow(/as it is already/)
    const { version } = await policyOf(desk.cleo).propose(stale)
    await policyOf(desk.ana).decide({ decision: 'activate', version })
    await expect(policyOf(desk.dora).propose({ ...stale, note: 'Once more' })).rejects.toThrow(
      /changed meanwhile/,
    )
  })
})

describe('another policy is another question', () => {
  test('what waits goes back to who asked, with its votes void and the reason shown', async () => {
    const waiting = await desk.submitted(desk.finn, { amountCents: 600_000 })
    await desk.approve(desk.ana, waiting)
    const approved = await desk.submitted()
    await desk.approve(desk.ana, approved)
    const { version } = await policyOf(desk.cleo).propose(await changed())
    expect(await desk.seen(approved.id)).toMatchObject({ state: 'approved' })
    await policyOf(desk.ana).decide({ decision: 'activate', version })
    for (const { id } of [waiting, approved]) {
      const { state, stateReason, votes, submission } = await desk.as(desk.finn).one({ id })
      expect([state, stateReason, submission]).toEqual([
        'draft',
        expect.stringContaining('The policy changed'),
        null,
      ])
      expect(votes.map(({ voided }) => voided?.reason)).toEqual(['The policy changed.'])
    }
  })

  test('what is submitted while it comes into force is submitted under it, or goes back', async () => {
    const { id } = await desk.draft(desk.finn)
    const { version } = await policyOf(desk.cleo).propose(await changed())
    const { revision } = await desk.seen(id)
    // Submitting tells its story in Finn's name, so it waits for his row with the old policy in its hands.
    await raceForRow<unknown>(database.owner, { table: 'person', id: desk.finn.userId }, [
      () => desk.as(desk.finn).submit({ id, revision }),
      () => policyOf(desk.ana).decide({ decision: 'activate', version }),
    ])
    const { submission, state } = await desk.as(desk.finn).one({ id })
    expect([state, submission?.policyVersion ?? null]).toEqual(
      state === 'draft' ? ['draft', null] : ['pending_approval', version],
    )
  })

  test('a refused one changes nothing, and says why', async () => {
    const waiting = await desk.submitted()
    const { version } = await policyOf(desk.cleo).propose(await changed())
    await policyOf(desk.ana).decide({ decision: 'refuse', version, note: 'Too few admins' })
    const { history, active } = await policyOf(desk.cleo).read()
    expect(active.version).toBe(1)
    expect(history).toMatchObject([{ state: 'refused', decisionNote: 'Too few admins' }])
    expect(await desk.seen(waiting.id)).toMatchObject({ state: 'pending_approval' })
  })
})

describe('a policy is tried on the past before it is proposed', () => {
  test('with what was approved in the last 90 days, by whom, and people as they are now', async () => {
    const page = await desk.submitted()
    await desk.approve(desk.ana, page)
    await desk.submitted(desk.fay)
    const { policy } = await changed()
    expect(await policyOf(desk.cleo).rehearse({ policy })).toMatchObject({
      requests: 1,
      asBefore: 0,
      needOtherPeople: { count: 1, examples: [{ id: page.id, sentence: /1 admin/ }] },
    })
    const later = new Date(noon.getTime() + 91 * 24 * 3_600_000)
    expect(await policyOf(desk.cleo, later).rehearse({ policy })).toMatchObject({ requests: 0 })
  })

  test('it warns of a dead-lock: more people are asked for than there are', async () => {
    const bands = [{ upToCents: null, approvers: [{ role: 'admin' as const, people: 3 }] }]
    const { policy } = await changed({ bands })
    const { warnings } = await policyOf(desk.ana).rehearse({ policy })
    expect(warnings).toContainEqual(expect.objectContaining({ kind: 'dead_lock', band: 0 }))
  })

  test('and counts those whom a limit would have stopped', async () => {
    const page = await desk.submitted()
    await desk.approve(desk.ana, page)
    const limit = amountCents.parse(100_000)
    const none = { perWithdrawalCents: null, perDayCents: null, perWeekCents: null }
    const limits = { byPerson: none, inTotal: { ...none, perWithdrawalCents: limit } }
    const { policy } = await changed()
    expect(await policyOf(desk.ana).rehearse({ policy: { ...policy, limits } })).toMatchObject({
      overLimit: { count: 1 },
    })
  })
})

describe('somebody else votes in one’s place for a while', () => {
  const day = (days: number) => new Date(noon.getTime() + days * 24 * 3_600_000).toISOString()
  const times = { startsAt: day(0), endsAt: day(7) }

  test('only somebody who may approve, and nobody twice', async () => {
    const to = (actor: Actor) => policyOf(desk.ana).delegate({ toUserId: actor.userId, ...times })
    await expect(to(desk.finn)).rejects.toThrow(/Finn may not approve/)
    await expect(to(desk.ana)).rejects.toThrow(/This is you/)
    await tie(database.owner, desk.ben, desk.ana)
    await expect(to(desk.ben)).rejects.toThrow(/This is you/)
    await to(desk.cleo)
    await expect(to(desk.cleo)).rejects.toThrow(/already/)
    const overview = await policyOf(desk.ana).delegations()
    expect(overview).toMatchObject({
      delegations: [{ from: { name: 'Ana' }, to: { name: 'Cleo' }, state: 'held', endBlock: null }],
    })
    expect(overview.candidates.map(({ name }) => name)).toEqual(['Cleo', 'Dora'])
  })

  test('it never begins before it was made, and never without an end to come', async () => {
    const asked = { toUserId: desk.ben.userId, startsAt: day(-3), endsAt: day(1) }
    await policyOf(desk.ana).delegate(asked)
    const { delegations } = await policyOf(desk.ana).delegations()
    expect(delegations[0]?.startsAt).toBe(noon.toISOString())
    await expect(
      policyOf(desk.ana).delegate({ ...asked, startsAt: day(-3), endsAt: day(-1) }),
    ).rejects.toThrow(/over already/)
    await expect(
      policyOf(desk.ana).delegate({ ...asked, startsAt: day(2), endsAt: day(200) }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })

  test('the delegate votes while it holds, and not after it was ended', async () => {
    const { id } = await policyOf(desk.ana).delegate({ toUserId: desk.cleo.userId, ...times })
    const page = await desk.submitted()
    await expect(policyOf(desk.ben).endDelegation({ id })).rejects.toThrow(/two of them/)
    await policyOf(desk.cleo).endDelegation({ id })
    const late = new Date(noon.getTime() + 60_000)
    await expect(
      desk.approve(desk.cleo, page, { at: late, onBehalfOf: desk.ana.userId }),
    ).rejects.toThrow(/not any more/)
    await policyOf(desk.ana, late).delegate({ toUserId: desk.cleo.userId, ...times })
    expect(await desk.approve(desk.cleo, page, { at: late, onBehalfOf: desk.ana.userId })).toEqual({
      isApproved: true,
    })
  })

  test('it gives who asked no vote, whoever lets them', async () => {
    const page = await desk.submitted()
    const promoted = { ...desk.finn, ...rolesNow(['finance', 'approver']) }
    await database.owner
      .insertInto('person_role')
      .values({ user_id: desk.finn.userId, role: 'approver', granted_at: noon })
      .execute()
    await policyOf(desk.ana).delegate({ toUserId: desk.finn.userId, ...times })
    await expect(desk.approve(promoted, page, { onBehalfOf: desk.ana.userId })).rejects.toThrow(
      /asked for this withdrawal/,
    )
  })
})
