import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Db } from '../database.ts'
import { contextOf } from '../kernel/context.fixtures.ts'
import { raceForRow } from '../testing/race.ts'
import { testDatabase } from '../testing/test-database.ts'
import {
  arrange,
  createCaller,
  delegate,
  give,
  network,
  noon,
  rolesNow,
  supplier,
  tie,
} from './asked-withdrawals.fixtures.ts'

describe('nobody approves what they asked for', () => {
  test('not with a role that came later, nor by a second account, nor in another’s place', async () => {
    await using database = await testDatabase()
    const desk = await arrange(database)
    const { owner, finn, ana, fay } = desk
    const page = await desk.submitted()
    await give(owner, finn.userId, ['approver', 'admin'])
    const promoted = { ...finn, ...rolesNow(['finance', 'approver', 'admin']) }
    await expect(desk.approve(promoted, page)).rejects.toThrow(/You asked for this withdrawal/)
    await give(owner, fay.userId, ['approver'])
    await tie(owner, fay, finn)
    const second = { ...fay, ...rolesNow(['finance', 'approver']) }
    await expect(desk.approve(second, page)).rejects.toThrow(/You asked for this withdrawal/)
    await delegate(owner, finn, ana)
    await expect(desk.approve(ana, page, { onBehalfOf: finn.userId })).rejects.toThrow(
      /asked for this withdrawal/,
    )
    await delegate(owner, ana, finn)
    await expect(desk.approve(promoted, page, { onBehalfOf: ana.userId })).rejects.toThrow(
      /asked for this withdrawal/,
    )
    await expect(
      desk.as(promoted).breakGlass({ id: page.id, revision: page.revision, reason: 'Now' }),
    ).rejects.toThrow(/You asked/)
    expect(await desk.seen(page.id)).toMatchObject({ state: 'pending_approval', votes: [] })
  })

  test('not by a procedure that their roles do not open', async () => {
    await using database = await testDatabase()
    const desk = await arrange(database)
    const page = await desk.submitted()
    await expect(desk.approve(desk.finn, page)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(desk.approve(desk.fay, page)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('not without a proof of five minutes at most that it is them', async () => {
    await using database = await testDatabase()
    const desk = await arrange(database)
    const page = await desk.submitted()
    const stale = createCaller({
      ...contextOf(desk.db, { ...desk.ana, provedAt: new Date(noon.getTime() - 300_001) }),
      now: () => noon,
    }).withdrawals
    const { id, revision, fingerprint } = page
    await expect(
      stale.approve({ id, revision, fingerprint, onBehalfOf: null }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' })
    expect((await desk.seen(id)).votes).toEqual([])
  })
})

describe('an approval is of exactly one content', () => {
  test('the fingerprint of another request, or one with a digit changed, approves nothing', async () => {
    await using database = await testDatabase()
    const desk = await arrange(database)
    const [one, other] = [await desk.submitted(), await desk.submitted()]
    expect(one.fingerprint).not.toBe(other.fingerprint)
    const replayed = { ...one, fingerprint: other.fingerprint }
    await expect(desk.approve(desk.ana, replayed)).rejects.toThrow(/another fingerprint/)
    const turned = one.fingerprint.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    await expect(desk.approve(desk.ana, { ...one, fingerprint: turned })).rejects.toThrow(
      /another fingerprint/,
    )
    expect((await desk.seen(one.id)).votes).toEqual([])
  })

  test('a page from before an edit decides nothing, and the same content asked again is new', async () => {
    await using database = await testDatabase()
    const desk = await arrange(database)
    const page = await desk.submitted()
    await desk.as(desk.finn).edit({ id: page.id, revision: page.revision, ...desk.asked })
    await expect(desk.approve(desk.ana, page)).rejects.toMatchObject({ code: 'CONFLICT' })
    const draft = await desk.seen(page.id)
    await desk.as(desk.finn).submit({ id: page.id, revision: draft.revision })
    const again = await desk.seen(page.id)
    expect(again.fingerprint).not.toBe(page.fingerprint)
    await expect(desk.approve(desk.ana, page)).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(
      desk.approve(desk.ana, { ...page, revision: again.revision }),
    ).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(desk.approve(desk.ana, again)).resolves.toEqual({ isApproved: true })
  })

  test('an edit after an approval voids it, with the reason', async () => {
    await using database = await testDatabase()
    const desk = await arrange(database)
    const page = await desk.submitted(desk.finn, { amountCents: 600_000 })
    await desk.approve(desk.ana, page)
    await desk.as(desk.finn).edit({ id: page.id, revision: page.revision, ...desk.asked })
    expect(await desk.seen(page.id)).toMatchObject({
      state: 'draft',
      votes: [{ voided: { reason: expect.stringMatching(/changed/) } }],
    })
  })

  test('in an emergency what was approved before does not count', async () => {
    await using database = await testDatabase()
    const desk = await arrange(database)
    const page = await desk.submitted(desk.finn, { amountCents: 600_000 })
    await desk.approve(desk.cleo, page)
    const { id, revision } = page
    await desk.as(desk.dora).breakGlass({ id, revision, reason: 'The supplier is at the door' })
    await expect(desk.approve(desk.dora, page)).rejects.toMatchObject({ code: 'CONFLICT' })
    const now = await desk.seen(id)
    expect(await desk.approve(desk.dora, now)).toEqual({ isApproved: false })
    await expect(desk.approve(desk.ana, now)).rejects.toThrow(/2 admins/)
    expect(await desk.approve(desk.cleo, now)).toEqual({ isApproved: true })
  })
})

describe('time and rules go on while somebody looks', () => {
  test('nothing is approved once it is over, also before anybody wrote that down', async () => {
    await using database = await testDatabase()
    const desk = await arrange(database)
    const page = await desk.submitted()
    const over = new Date(noon.getTime() + 72 * 3_600_000)
    await expect(desk.approve(desk.ana, page, { at: over })).rejects.toThrow(/expired/)
    const before = new Date(over.getTime() - 1)
    await expect(desk.approve(desk.ana, page, { at: before })).resolves.toEqual({
      isApproved: true,
    })
  })

  test('an approval under a policy that changed meanwhile is a conflict', async () => {
    await using database = await testDatabase()
    const desk = await arrange(database)
    const page = await desk.submitted()
    await desk.owner.updateTable('withdrawal_policy').set({ state: 'superseded' }).execute()
    const { content } = await desk.owner
      .selectFrom('withdrawal_policy')
      .select('content')
      .executeTakeFirstOrThrow()
    await desk.owner
      .insertInto('withdrawal_policy')
      .values({
        version: 2,
        content: JSON.stringify(content),
        note: 'Stricter',
        state: 'active',
        proposed_by: desk.cleo.userId,
        proposed_at: noon,
      })
      .execute()
    await expect(desk.approve(desk.ana, page)).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  test('two approvers in the same moment: one of them approves it, the other hears that it was', async () => {
    await using database = await testDatabase()
    const desk = await arrange(database)
    const page = await desk.submitted()
    const outcomes = await raceForRow(
      desk.db,
      { table: 'withdrawal_request', id: page.id },
      [desk.ana, desk.ben].map((by) => () => desk.approve(by, page)),
    )
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const { state, votes } = await desk.seen(page.id)
    expect({ state, votes: votes.length }).toEqual({ state: 'approved', votes: 1 })
  })

  test('one person from two sessions at once counts once', async () => {
    await using database = await testDatabase()
    const desk = await arrange(database)
    const page = await desk.submitted(desk.finn, { amountCents: 600_000 })
    const outcomes = await raceForRow(
      desk.db,
      { table: 'withdrawal_request', id: page.id },
      [1, 2].map(() => () => desk.approve(desk.ana, page)),
    )
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await desk.seen(page.id)).toMatchObject({ state: 'pending_approval' })
  })

  test('approving and rejecting at once: one of them wins', async () => {
    await using database = await testDatabase()
    const desk = await arrange(database)
    const page = await desk.submitted(desk.finn, { amountCents: 600_000 })
    const { id, revision } = page
    await raceForRow(desk.db, { table: 'withdrawal_request', id }, [
      async () => void (await desk.approve(desk.ana, page)),
      () => desk.as(desk.ben).reject({ id, revision, reason: 'Paid already' }),
    ])
    const { state, votes } = await desk.seen(id)
    // The rejection comes second, or the approval comes too late.
    expect(state).toBe('rejected')
    expect(votes.every(({ voided }) => voided !== null)).toBe(true)
  })
})

describe('what is asked for', () => {
  test.each([0, -125_000, 99, 100_000_001, 1_000.5, Number.NaN, 2 ** 53])(
    'an amount of %d cents is bad input',
    async (amountCents) => {
      await using database = await testDatabase()
      const desk = await arrange(database)
      await expect(desk.draft(desk.finn, { amountCents })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      })
    },
  )

  test.each([
    ['a wrong checksum', supplier.replace('A', 'a')],
    ['an address of another network', 'TJRabPrwbZy45sbavfcjinPJC18kjpRTv8'],
    ['a name', 'supplier.eth'],
    ['zero', `0x${'0'.repeat(40)}`],
    ['a burn address', '0x000000000000000000000000000000000000dEaD'],
  ])('nothing is asked for to %s', async (_, address) => {
    await using database = await testDatabase()
    const desk = await arrange(database)
    const destination = { kind: 'new' as const, address, label: 'Strange' }
    await expect(desk.submitted(desk.finn, { destination })).rejects.toThrow(/address/)
    const rows = await desk.owner.selectFrom('withdrawal_request').select('state').execute()
    expect(rows.every(({ state }) => state === 'draft')).toBe(true)
  })

  test('nothing goes to a token’s contract, or to an address that payers were given', async () => {
    await using database = await testDatabase()
    const desk = await arrange(database)
    await desk.owner
      .insertInto('quote')
      .values({
        payment_id: 'pay',
        id: 'quote',
        token_symbol: 'USDC',
        token_is_native: false,
        network,
        contract_address: supplier,
        deposit_address: '0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359',
        status: 'used',
      })
      .execute()
    await expect(desk.submitted()).rejects.toThrow(/contract of a token/)
    const destination = {
      kind: 'new' as const,
      address: '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359',
      label: 'Ours',
    }
    await expect(desk.submitted(desk.finn, { destination })).rejects.toThrow(/your own deposit/)
  })

  test('a destination that was taken out of use since it was drafted is not submitted', async () => {
    await using database = await testDatabase()
    const desk = await arrange(database)
    const { id } = await desk.draft(desk.finn)
    for (const state of ['frozen', 'removed', 'refused'] as const) {
      await desk.owner.updateTable('destination').set({ state }).execute()
      const { revision } = await desk.seen(id)
      await expect(desk.as(desk.finn).submit({ id, revision })).rejects.toThrow(/destination/)
    }
  })

  test('a frozen destination is not asked for by typing its address in', async () => {
    await using database = await testDatabase()
    const desk = await arrange(database)
    await desk.owner.updateTable('destination').set({ state: 'frozen' }).execute()
    const destination = { kind: 'new' as const, address: supplier, label: 'Again' }
    await expect(desk.draft(desk.finn, { destination })).rejects.toThrow(/frozen/)
  })

  test('two people who bring in the same address at once make one entry', async () => {
    await using database = await testDatabase()
    const desk = await arrange(database)
    const address = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359'
    const destination = { kind: 'new' as const, address, label: 'New' }
    const both = await Promise.allSettled(
      Array.from({ length: 6 }, (_, n) =>
        desk.draft(n % 2 === 0 ? desk.finn : desk.fay, { destination }),
      ),
    )
    expect(both.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'fulfilled'))
    const entries = await desk.owner
      .selectFrom('destination')
      .select('id')
      .where('address', '=', address)
      .execute()
    expect(entries).toHaveLength(1)
  })

  test('the same attempt with other content is no repeat of it', async () => {
    await using database = await testDatabase()
    const desk = await arrange(database)
    const attempt = randomUUID()
    const first = await desk.draft(desk.finn, { attempt })
    expect(await desk.draft(desk.finn, { attempt })).toEqual(first)
    await expect(desk.draft(desk.finn, { attempt, amountCents: 999_00 })).rejects.toMatchObject({
      code: 'CONFLICT',
    })
    await expect(desk.draft(desk.fay, { attempt })).rejects.toMatchObject({ code: 'CONFLICT' })
  })

  test('twenty at once stay within the limit of the day', async () => {
    await using database = await testDatabase()
    const desk = await arrange(database)
    const drafts = await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const { id } = await desk.draft(n % 2 === 0 ? desk.finn : desk.fay, {
          amountCents: 400_000,
        })
        return { id, by: n % 2 === 0 ? desk.finn : desk.fay }
      }),
    )
    await Promise.allSettled(drafts.map(({ id, by }) => desk.as(by).submit({ id, revision: 1 })))
    const { rows } = await countPending(desk.owner)
    expect(rows).toBe(12)
  })
})

async function countPending(owner: Db): Promise<{ readonly rows: number }> {
  const found = await owner
    .selectFrom('withdrawal_request')
    .select('id')
    .where('state', '=', 'pending_approval')
    .execute()
  return { rows: found.length }
}
