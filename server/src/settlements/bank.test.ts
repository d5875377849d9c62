import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { splitDifference } from '@desk/shared/settlements/day-difference'
import type { Db } from '../database.ts'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import { createCallerFactory } from '../kernel/trpc.ts'
import { countAll, learnSettled, settledAt } from '../testing/settled-payments.ts'
import { testDatabase, type TestDatabase } from '../testing/test-database.ts'
import { readArrivals } from './arrivals.queries.ts'
import { bankRouter } from './bank.router.ts'
import type { BankCall } from './bank-accounts.ts'
import { importStatement } from './import-statement.ts'
import { matchStatement } from './match-statement.ts'
import { settlementMonthsRouter } from './settlement-months.router.ts'
import { guessMapping, csvLayout, sampleRows } from './statements/csv-layout.ts'

const createCaller = createCallerFactory(bankRouter)
const now = () => new Date('2026-11-24T14:30:00Z')

let database: TestDatabase
let db: Db
let account: string
beforeEach(async () => {
  database = await testDatabase()
  db = database.db
  await db
    .insertInto('person')
    .values({ id: 'u_ada', name: 'Ada', email: 'ada@shop.example', created_at: now() })
    .execute()
  const added = await calls().addAccount({
    name: 'Main',
    identifier: 'GB29 NWBK 6016 1331 9268 19',
    currency: 'USD',
  })
  account = added.id
})
afterEach(() => database[Symbol.asyncDispose]())

function calls() {
  return createCaller({ ...contextOf(db, actorWith(['finance'])), now })
}

const head = 'Date,Amount,Reference,Name,Fee,Original amount,Original currency\n'

async function bring(rows: readonly string[], fileName = 'november.csv') {
  const text = `${head}${rows.join('\n')}\n`
  const layout = csvLayout(text)
  const mapping = guessMapping(layout, sampleRows(text, layout))
  const by: BankCall['by'] = {
    actor: actorWith(['finance']),
    address: null,
    requestId: 'r',
    at: now(),
  }
  const told = await importStatement({ db, by }, { account, fileName, mapping }, Buffer.from(text))
  await matchStatement({ db, now }, told.id)
  return told
}

/** Days that bring 499.90, 299.90 and 199.90. */
async function takings() {
  await learnSettled(db, [
    settledAt('a', '2026-11-20T09:00:00Z', 50_000),
    settledAt('b', '2026-11-21T09:00:00Z', 30_000),
    settledAt('c', '2026-11-22T09:00:00Z', 20_000),
  ])
  await countAll(db, now)
}

async function openOnes() {
  const { lines } = await calls().lines({ state: 'open' })
  return lines
}

const days = { from: '2026-11-01', to: '2026-11-30' }
async function arrived() {
  const arrivals = await readArrivals(db, days)
  return [...arrivals].map(([day, own]) => [
    day,
    own.reduce((sum, each) => sum + each.arrivedCents, 0),
  ])
}

describe('an imported statement', () => {
  test('is matched by its references, and by amounts where there are none', async () => {
    await takings()
    await bring([
      '2026-11-23,499.90,SPACEPAY PAYOUT 20261120,SpacePay Ltd,,,',
      '2026-11-23,499.80,,SpacePay Ltd,,,',
      '2026-11-23,-900.00,Rent,Landlord,,,',
      '2026-11-24,12.34,SPACEPAY,SpacePay Ltd,,,',
    ])
    expect(await arrived()).toEqual([
      ['2026-11-20', 49_990],
      ['2026-11-21', 29_990],
      ['2026-11-22', 19_990],
    ])
    const open = await openOnes()
    expect(open.map(({ amountMinor }) => amountMinor)).toEqual([1_234])
    const { lines } = await calls().lines({ state: 'set_aside' })
    expect(lines).toMatchObject([
      { reference: 'Rent', setAside: { by: null, reason: 'It does not name SpacePay.' } },
    ])
    expect(await calls().open()).toEqual({
      count: 1,
      oldest: { id: open[0]?.id, bookedOn: '2026-11-24' },
      money: [{ currency: 'USD', minor: 1_234 }],
    })
  })

  test('explains what a day is short of: what the bank kept, and what an exchange cost', async () => {
    await takings()
    await bring([
      '2026-11-23,489.90,SPACEPAY PAYOUT 20261120,SpacePay,10.00,,',
      '2026-11-23,-3.00,SPACEPAY 20261120 fee,SpacePay,,,',
      '2026-11-23,298.00,SPACEPAY PAYOUT 20261121,SpacePay,,275.10,EUR',
      '2026-11-23,189.90,SPACEPAY PAYOUT 20261122,SpacePay,,199.90,USD',
    ])
    const arrivals = await readArrivals(db, days)
    const split = (day: string, expectedCents: number) =>
      splitDifference({ expectedCents, arrivals: arrivals.get(day) ?? [], isDue: true })
    expect(split('2026-11-20', 49_990)).toMatchObject({ difference: 1_300, fee: 1_300, missing: 0 })
    expect(split('2026-11-21', 29_990)).toMatchObject({ difference: 190, fx: 190, missing: 0 })
    expect(split('2026-11-22', 19_990)).toMatchObject({ difference: 1_000, fee: 1_000 })
  })

  test('brings each booking once: the same file is refused, overlapping ones add what is new', async () => {
    const twice = '2026-11-20,10.00,SPACEPAY card,SpacePay,,,'
    expect(await bring([twice, twice])).toMatchObject({ lines: 2, duplicates: 0 })
    await expect(bring([twice, twice])).rejects.toThrow(
      'Ada imported this very file on 2026-11-24; it brought 2 lines. Nothing was added.',
    )
    const later = '2026-11-21,11.00,SPACEPAY other,SpacePay,,,'
    expect(await bring([twice, twice, twice, later])).toMatchObject({ lines: 2, duplicates: 2 })
    const { lines } = await calls().lines({ state: null, account })
    expect(lines).toHaveLength(4)
  })

  test('tells of what could not be read and keeps the rest, and keeps nothing where nothing could', async () => {
    const told = await bring(['2026-11-20,10.00,one,,,,', 'yesterday,11.00,two,,,,'])
    expect(told).toMatchObject({ lines: 1, errors: 1 })
    expect(await calls().statement({ id: told.id })).toMatchObject({
      rowErrors: [
        { row: 3, reason: 'The date “yesterday” is no day.', text: 'yesterday,11.00,two,,,,' },
      ],
      importedBy: 'Ada',
      periodFrom: '2026-11-20',
    })
    await expect(bring(['yesterday,11.00,two,,,,'])).rejects.toThrow(
      'None of its 1 rows could be read.',
    )
    expect((await calls().statements({})).statements).toHaveLength(1)
  })

  test('is read the next time as somebody said for the same headings', async () => {
    await bring(['2026-11-20,10.00,one,,,,'])
    const { csv_mappings: mappings } = await db
      .selectFrom('bank_account')
      .select('csv_mappings')
      .executeTakeFirstOrThrow()
    const { fingerprint } = csvLayout(`${head}2026-11-21,1.00,,,,,\n`)
    expect(mappings).toMatchObject({ [fingerprint]: { bookedOn: 0, reference: 2, charge: 4 } })
  })
})

describe('a match by hand', () => {
  test('covers several days with one line, is signed, and can be taken back', async () => {
    await takings()
    await bring(['2026-11-23,700.00,SPACEPAY,SpacePay,,,'])
    const [line] = await openOnes()
    const id = line?.id ?? 0
    const parts = [
      { day: '2026-11-20', arrivedCents: 50_000 },
      { day: '2026-11-22', arrivedCents: 20_000 },
    ]
    const { id: match } = await calls().match({
      lines: [id],
      days: parts,
      reason: 'As told by phone',
    })
    expect(await arrived()).toEqual([
      ['2026-11-20', 50_000],
      ['2026-11-22', 20_000],
    ])
    await calls().undoMatch({ id: match, reason: 'Wrong weekend' })
    expect(await arrived()).toEqual([])
    const detail = await calls().line({ id })
    expect(detail).toMatchObject({
      line: { state: 'open', matchedMinor: 0 },
      matches: [
        {
          rule: 'manual',
          madeBy: 'Ada',
          reason: 'As told by phone',
          undone: { by: 'Ada', reason: 'Wrong weekend' },
        },
      ],
    })
    await expect(calls().undoMatch({ id: match, reason: 'Again' })).rejects.toThrow(
      'undone already',
    )
    const told = await db
      .selectFrom('audit_entry')
      .select(['action', 'reason'])
      .orderBy('seq')
      .execute()
    expect(told.slice(-2)).toEqual([
      { action: 'bank.match', reason: 'As told by phone' },
      { action: 'bank.undo_match', reason: 'Wrong weekend' },
    ])
  })

  test('gathers several lines for one day', async () => {
    await takings()
    await bring([
      '2026-11-23,310.00,SPACEPAY 1,SpacePay,,,',
      '2026-11-23,189.90,SPACEPAY 2,SpacePay,,,',
    ])
    const lines = (await openOnes()).map(({ id }) => id)
    await calls().match({
      lines,
      days: [{ day: '2026-11-20', arrivedCents: 49_990 }],
      reason: 'Two halves',
    })
    expect(await arrived()).toEqual([['2026-11-20', 49_990]])
    expect(await openOnes()).toEqual([])
  })

  test('never takes more than the line has, not even when two say so at the same time', async () => {
    await takings()
    await bring(['2026-11-23,700.00,SPACEPAY,SpacePay,,,'])
    const [line] = await openOnes()
    const lines = [line?.id ?? 0]
    const asked = (arrivedCents: number) =>
      calls().match({ lines, days: [{ day: '2026-11-20', arrivedCents }], reason: 'Mine' })
    await expect(asked(70_001)).rejects.toThrow(
      'The lines are worth $700.00; the days would get $700.01.',
    )
    const outcomes = await Promise.allSettled([asked(70_000), asked(70_000), asked(70_000)])
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    // The database holds it by itself.
    const match = await db
      .insertInto('settlement_match')
      .values({ rule: 'manual', score: 1, reason: 'More', made_by: 'u_ada', made_at: now() })
      .returning('id')
      .executeTakeFirstOrThrow()
    const more = db
      .insertInto('settlement_match_line')
      .values({ match_id: match.id, line_id: lines[0] ?? 0, amount_minor: 1 })
    await expect(more.execute()).rejects.toThrow('violates check constraint')
  })
})

test('what is matched with a closed month, or taken back, is listed beside what it was closed with', async () => {
  await learnSettled(db, [settledAt('a', '2026-10-20T09:00:00Z', 50_000)])
  await countAll(db, now)
  const months = createCallerFactory(settlementMonthsRouter)({
    ...contextOf(db, { ...actorWith(['finance']), provedAt: now() }),
    now: () => new Date('2026-11-20T10:00:00Z'),
  })
  const month = '2026-10'
  const seen = await months.read({ month })
  await months.close({ month, sha256: seen?.sha256 ?? '', note: 'The statement comes later.' })
  expect((await months.read({ month }))?.bankChanges).toEqual([])

  await bring(['2026-10-23,499.90,SPACEPAY PAYOUT 20261020,SpacePay Ltd,,,'])
  const matched = { kind: 'matched', by: null, arrivedCents: 49_990, at: now().toISOString() }
  const closed = await months.read({ month })
  expect(closed?.bankChanges).toMatchObject([matched])
  expect(closed?.sha256).toBe(seen?.sha256)

  const id = closed?.bankChanges[0]?.matchId ?? 0
  await calls().undoMatch({ id, reason: 'Another shop’s' })
  expect((await months.read({ month }))?.bankChanges).toMatchObject([
    { kind: 'undone', by: 'Ada', reason: 'Another shop’s', arrivedCents: -49_990 },
    matched,
  ])
})

test('a line that is not SpacePay’s is put aside with a reason, and can be taken back', async () => {
  await bring(['2026-11-23,7.00,SPACEPAY refund desk,SpacePay,,,'])
  const [line] = await openOnes()
  const id = line?.id ?? 0
  await calls().setAside({ id, reason: 'A gift card' })
  expect(await openOnes()).toEqual([])
  expect((await calls().line({ id })).line.setAside).toEqual({ by: 'Ada', reason: 'A gift card' })
  await expect(calls().setAside({ id, reason: 'Again' })).rejects.toThrow('meanwhile')
  await calls().takeBack({ id, reason: 'It is theirs after all' })
  expect(await openOnes()).toHaveLength(1)
})

test('lines are paged in order, whatever is asked for', async () => {
  const rows = Array.from(
    { length: 120 },
    (_, n) => `2026-11-${String((n % 28) + 1).padStart(2, '0')},${n + 1}.00,SPACEPAY ${n},x,,,`,
  )
  await bring(rows)
  for (const state of ['open', null] as const) {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<ReturnType<typeof calls>['lines']>> = await calls().lines({
        state,
        cursor,
      })
      seen.push(
        ...page.lines.map(({ bookedOn, id }) => `${bookedOn} ${String(id).padStart(9, '0')}`),
      )
      cursor = page.cursor
    } while (cursor !== null)
    expect(new Set(seen).size).toBe(120)
    const sorted = seen.toSorted()
    expect(seen).toEqual(state === 'open' ? sorted : sorted.toReversed())
  }
})
