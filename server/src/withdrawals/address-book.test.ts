import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '../kernel/actor.ts'
import { contextOf } from '../kernel/context.fixtures.ts'
import { raceForRow } from '../testing/race.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import {
  arrange,
  createCaller,
  give,
  network,
  noon,
  rolesNow,
  supplier,
  tie,
} from './asked-withdrawals.fixtures.ts'

const courier = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359'
const asked = { network, address: courier, label: 'Courier' }

let database: TestDatabase
let desk: Awaited<ReturnType<typeof arrange>>
beforeEach(async () => {
  database = await testDatabase()
  desk = await arrange(database)
})
afterEach(() => database[Symbol.asyncDispose]())

function book(actor: Actor, at = noon) {
  const context = contextOf(database.db, { ...actor, provedAt: at })
  return createCaller({ ...context, now: () => at }).destinations
}

async function told() {
  const rows = await database.owner
    .selectFrom('audit_entry')
    .select(['action', 'actor_name', 'reason', 'subject_label'])
    .where('subject_kind', '=', 'destination')
    .orderBy('seq')
    .execute()
  return rows.map(({ action, actor_name: by, subject_label: label, reason }) =>
    [by, action, label, reason].filter((word) => word !== null).join(' '),
  )
}

describe('a label stands once on a network', () => {
  const other = { ...asked, address: '0x52908400098527886E0F7030069857D2E4169EE7' }

  test('also for two who propose at the same moment, and the second hears why', async () => {
    const outcomes = await Promise.allSettled(
      [asked, { ...other, label: 'COURIER' }].map((one) => book(desk.finn).propose(one)),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { message: expect.stringMatching(/called so/) },
    })
  })

  test('and the database itself keeps it so; who was refused or removed gives it free', async () => {
    await book(desk.finn).propose(asked)
    const { id } = await book(desk.finn).propose({ ...other, label: 'Second' })
    const rename = (label: string) =>
      database.owner.updateTable('destination').set({ label }).where('id', '=', id).execute()
    await expect(rename('courier')).rejects.toThrow(/destination_label_once_idx/)
    await database.owner
      .updateTable('destination')
      .set({ state: 'refused' })
      .where('label', '=', 'Courier')
      .execute()
    await rename('courier')
  })
})

describe('an address takes two people', () => {
  test('one proposes it, another approves it, and it cools off from then on', async () => {
    const { id } = await book(desk.finn).propose(asked)
    expect(await book(desk.ana).one({ id })).toMatchObject({
      state: 'proposed',
      proposedBy: { name: 'Finn' },
      approvedBy: null,
      coolingOffUntil: null,
      blocks: { approve: null, unfreeze: expect.any(String) },
    })
    await book(desk.ana).approve({ id })
    expect(await book(desk.finn).one({ id })).toMatchObject({
      state: 'active',
      approvedBy: { name: 'Ana' },
      coolingOffUntil: '2026-11-24T12:00:00.000Z',
      passport: { coolingOffUntil: '2026-11-24T12:00:00.000Z', addedBy: { name: 'Finn' } },
    })
    const over = new Date('2026-11-24T12:00:00.000Z')
    expect(await book(desk.finn, over).one({ id })).toMatchObject({ coolingOffUntil: null })
    expect(await told()).toEqual([
      'Finn destination.propose Courier',
      'Ana destination.approve Courier',
    ])
  })

  test('nobody approves their own, with a role that came later or by another account of theirs', async () => {
    const { id } = await book(desk.finn).propose(asked)
    await give(database.owner, desk.finn.userId, ['approver', 'admin'])
    const promoted = { ...desk.finn, ...rolesNow(['finance', 'approver', 'admin']) }
    await expect(book(promoted).approve({ id })).rejects.toThrow(/somebody else must/)
    expect((await book(promoted).one({ id })).blocks.approve).toMatch(/somebody else must/)
    await tie(database.owner, desk.ana, desk.finn)
    await expect(book(desk.ana).approve({ id })).rejects.toThrow(/somebody else must/)
    expect(await book(desk.ben).one({ id })).toMatchObject({ state: 'proposed' })
  })

  test('the database itself keeps one account from being both', async () => {
    const { id } = await book(desk.finn).propose(asked)
    const itself = { approved_by: desk.finn.userId, approved_at: noon }
    const forced = database.owner.updateTable('destination').set(itself).where('id', '=', id)
    await expect(forced.execute()).rejects.toThrow(/check constraint/)
  })

  test('of two who decide at once one decides, and the other is told', async () => {
    const { id } = await book(desk.finn).propose(asked)
    const reason = 'Nobody knows them'
    const ended = await raceForRow(database.owner, { table: 'destination', id }, [
      () => book(desk.ana).approve({ id }),
      () => book(desk.ben).refuse({ id, reason }),
    ])
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(ended.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { code: 'CONFLICT' } },
    ])
  })
})

describe('what never comes into the book', () => {
  test.each([
    ['a wrong checksum', courier.replace('B', 'b'), /wrong checksum/],
    ['the zero address', `0x${'0'.repeat(40)}`, /zero address/],
    ['a burn address', '0x000000000000000000000000000000000000dEaD', /destroy money/],
    ['an address of another network', 'TJRabPrwbZy45sbavfcjinPJC18kjpRTv8', /no address of this/],
  ])('%s', async (_, address, problem) => {
    await expect(book(desk.finn).propose({ ...asked, address })).rejects.toThrow(problem)
    expect((await book(desk.finn).page({})).rows).toHaveLength(1)
  })

  test('the contract of a token, on the network where it is one', async () => {
    await quoted({ contract_address: courier.toLowerCase() })
    await expect(book(desk.finn).propose(asked)).rejects.toThrow(/contract of a token/)
    await book(desk.finn).propose({ ...asked, network: 'eip155:10' })
  })

  test('an address that payers were told to pay to', async () => {
    await quoted({ deposit_address: courier.toLowerCase() })
    await expect(book(desk.finn).propose(asked)).rejects.toThrow(/your own deposit addresses/)
  })

  test('what turned out to be unsafe since it was proposed is not approved', async () => {
    const { id } = await book(desk.finn).propose(asked)
    await quoted({ deposit_address: courier.toLowerCase() })
    await expect(book(desk.ana).approve({ id })).rejects.toThrow(/your own deposit addresses/)
  })

  test('an address twice, or two that are called the same', async () => {
    const again = { network, address: supplier.toLowerCase(), label: 'Again' }
    await expect(book(desk.fay).propose(again)).rejects.toThrow(/already, as “Supplier”/)
    const sameName = { ...asked, label: 'supplier' }
    await expect(book(desk.fay).propose(sameName)).rejects.toThrow(/is called so/)
  })

  async function quoted(of: { contract_address?: string; deposit_address?: string }) {
    const quote = { payment_id: 'pay', id: 'quote', token_symbol: 'USDC', token_is_native: false }
    await database.owner
      .insertInto('quote')
      .values({ ...quote, network, status: 'used', ...of })
      .execute()
  }
})

describe('an entry can be held back by anybody and let go by others only', () => {
  const reason = 'Their mail was read by somebody'

  test('whoever froze it cannot take it out, nor can who proposed it', async () => {
    const id = 'supplier'
    await book(desk.ana).freeze({ id, reason })
    expect(await book(desk.finn).one({ id })).toMatchObject({
      state: 'frozen',
      stateReason: reason,
      stateBy: { name: 'Ana' },
    })
    await expect(book(desk.ana).unfreeze({ id, reason })).rejects.toThrow(/You froze/)
    const promoted = { ...desk.finn, ...rolesNow(['finance', 'approver']) }
    await expect(book(promoted).unfreeze({ id, reason })).rejects.toThrow(/You proposed/)
    await book(desk.ben).unfreeze({ id, reason: 'They called back' })
    expect(await book(desk.finn).one({ id })).toMatchObject({ state: 'active' })
    expect(await told()).toEqual([
      `Ana destination.freeze Supplier ${reason}`,
      'Ben destination.unfreeze Supplier They called back',
    ])
  })

  test('what was removed or refused can be proposed again, and begins anew', async () => {
    await book(desk.fay).remove({ id: 'supplier', reason })
    await expect(book(desk.ana).freeze({ id: 'supplier', reason })).rejects.toThrow(/removed/)
    const { id } = await book(desk.fay).propose({ network, address: supplier, label: 'Supplier' })
    await book(desk.ana).refuse({ id, reason })
    await expect(book(desk.ana).approve({ id })).rejects.toThrow(/was refused/)
    const again = await book(desk.fay).propose({ network, address: supplier, label: 'Supplier' })
    expect(await book(desk.ana).one({ id: again.id })).toMatchObject({
      state: 'proposed',
      passport: { firstSeenAt: '2026-11-01T12:00:00.000Z', destinationId: again.id },
    })
  })

  test('under another name it waits for a second person again, without another cooling-off', async () => {
    const id = 'supplier'
    await book(desk.fay).rename({ id, label: 'Treasury' })
    expect(await book(desk.ana).one({ id })).toMatchObject({
      label: 'Treasury',
      state: 'proposed',
      approvedBy: null,
    })
    const promoted = { ...desk.fay, ...rolesNow(['finance', 'approver']) }
    await expect(book(promoted).approve({ id })).rejects.toThrow(/somebody else must/)
    await book(desk.ana).approve({ id })
    expect(await book(desk.ana).one({ id })).toMatchObject({
      state: 'active',
      coolingOffUntil: null,
    })
  })

  test('what is asked for to a frozen destination does not leave', async () => {
    const page = await desk.submitted()
    await book(desk.ben).freeze({ id: 'supplier', reason })
    await desk.approve(desk.ana, page)
    const { heldBecause } = await desk.as(desk.finn).one({ id: page.id })
    expect(heldBecause).toBe(`Its destination is frozen: ${reason}.`)
  })
})

describe('the book is read page by page', () => {
  test('by label, whatever its case, narrowed by text, network and state', async () => {
    for (const [label, digit] of [
      ['beta', '1'],
      ['Alpha', '2'],
      ['alpha%', '3'],
    ] as const) {
      await book(desk.finn).propose({ network, address: `0x${digit.repeat(40)}`, label })
    }
    const labels = async (query: Parameters<ReturnType<typeof book>['page']>[0]) =>
      (await book(desk.ana).page(query)).rows.map(({ label }) => label)
    expect(await labels({})).toEqual(['Alpha', 'alpha%', 'beta', 'Supplier'])
    expect(await labels({ q: 'ALPHA' })).toEqual(['Alpha', 'alpha%'])
    expect(await labels({ q: '%' })).toEqual(['alpha%'])
    expect(await labels({ q: supplier.slice(2, 12) })).toEqual(['Supplier'])
    expect(await labels({ state: 'active' })).toEqual(['Supplier'])
    expect(await labels({ network: 'eip155:10' })).toEqual([])
  })

  test('no entry is missed or repeated from page to page, and a mangled cursor is bad input', async () => {
    const many = Array.from({ length: 120 }, (_, n) => ({
      id: `d${n}`,
      network,
      address: `0x${n.toString(16).padStart(40, 'a')}`,
      // Many of one name: the id tells them apart.
      label: `Supplier ${n % 3}`,
      state: 'removed' as const,
      proposed_by: desk.finn.userId,
      proposed_at: noon,
      state_at: noon,
    }))
    await database.owner.insertInto('destination').values(many).execute()
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<ReturnType<typeof book>['page']>> = await book(desk.ana).page({
        cursor,
      })
      seen.push(...page.rows.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(new Set(seen).size).toBe(121)
    expect(seen).toHaveLength(121)
    const { nextCursor } = await book(desk.ana).page({})
    await expect(book(desk.ana).page({ q: 'x', cursor: nextCursor })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
    await expect(book(desk.ana).page({ cursor: `${nextCursor}A` })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  })
})
