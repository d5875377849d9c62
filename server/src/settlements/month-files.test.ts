import { afterEach, beforeEach, expect, test } from 'vitest'
import readXlsx from 'read-excel-file/node'
import { usualAccounts } from '@desk/shared/settlements/journal-accounts'
import { userId } from '@desk/shared/identity/session'
import type { Db } from '../database.ts'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import { createCallerFactory } from '../kernel/trpc.ts'
import { tellArrivals } from '../testing/bank-arrivals.ts'
import { countAll, learnSettled, settledAt } from '../testing/settled-payments.ts'
import { testDatabase, type TestDatabase } from '../testing/test-database.ts'
import { downloadMonthFile, readMonthManifest } from './month-files.queries.ts'
import { settlementMonthsRouter } from './settlement-months.router.ts'
import { writeMonthFile } from './write-month-file.ts'

const createCaller = createCallerFactory(settlementMonthsRouter)
const now = () => new Date('2026-11-22T14:30:00Z')
const actor = { ...actorWith(['finance']), userId: userId.parse('u_bank'), provedAt: now() }
const by = { actor, address: null, requestId: null, at: now() }
const failures: object[] = []
const log = { error: (fields: object) => void failures.push(fields) }

let database: TestDatabase
let db: Db
let closeId: number
beforeEach(async () => {
  database = await testDatabase()
  db = database.db
  await learnSettled(db, [
    settledAt('a', '2026-10-10T09:00:00Z', 5_010),
    settledAt('b', '2026-10-11T09:00:00Z', 3_010),
  ])
  await countAll(db, now)
  await tellArrivals(db, [
    { day: '2026-10-10', arrivedCents: 4_900, chargeCents: 100, bookedOn: '2026-10-12' },
  ])
  const seen = await calls().read({ month: '2026-10' })
  const closed = await calls().close({
    month: '2026-10',
    sha256: seen?.sha256 ?? '',
    note: 'The second payout is asked about.',
  })
  closeId = closed.closeId
})
afterEach(() => database[Symbol.asyncDispose]())

function calls() {
  return createCaller({ ...contextOf(db, actor), now })
}

async function made(kind: 'report' | 'journal'): Promise<string> {
  const { id } = await calls().makeFile({ closeId, kind })
  await writeMonthFile({ db, now, log }, id)
  expect(failures).toEqual([])
  return id
}

async function fileOf(id: string) {
  const files = await calls().files({ month: '2026-10' })
  const file = files.find((each) => each.id === id)
  if (!file) throw new Error('The file is not listed.')
  return file
}

test('the journal books each day and each arrival, and is this to the byte', async () => {
  const id = await made('journal')
  const { name, bytes } = await downloadMonthFile(db, by, id)
  expect(name).toBe('desk-journal-2026-10.csv')
  expect(bytes.toString()).toBe(
    [
      '\uFEFFEntry,Date,Account,Account name,Text,Debit,Credit',
      '1,2026-10-10,1200,Receivable from SpacePay,SpacePay settlement of 2026-10-10,50.00,',
      '1,2026-10-10,6100,Merchant fees,SpacePay settlement of 2026-10-10,0.10,',
      '1,2026-10-10,4000,Sales,SpacePay settlement of 2026-10-10,,50.10',
      '2,2026-10-12,1000,Bank,SpacePay payout for 2026-10-10,49.00,',
      '2,2026-10-12,6120,Bank charges,SpacePay payout for 2026-10-10,1.00,',
      '2,2026-10-12,1200,Receivable from SpacePay,SpacePay payout for 2026-10-10,,50.00',
      '3,2026-10-11,1200,Receivable from SpacePay,SpacePay settlement of 2026-10-11,30.00,',
      '3,2026-10-11,6100,Merchant fees,SpacePay settlement of 2026-10-11,0.10,',
      '3,2026-10-11,4000,Sales,SpacePay settlement of 2026-10-11,,30.10',
      '',
    ].join('\r\n'),
  )
  const manifest = await readMonthManifest(db, id)
  expect(manifest).toMatchObject({
    month: '2026-10',
    zone: 'Europe/London',
    rows: 9,
    totals: { gross: '80.20', net: '80.00', debit: '130.20', credit: '130.20' },
    requestedBy: { name: 'Bank' },
    previousFile: null,
  })
})

test('the report has every day, token, network and adjustment, with money as numbers', async () => {
  const id = await made('report')
  const { name, bytes } = await downloadMonthFile(db, by, id)
  expect(name).toBe('desk-month-2026-10.xlsx')
  const sheets = await readXlsx(bytes)
  expect(sheets.map(({ sheet }) => sheet)).toEqual([
    'Business days',
    'Tokens',
    'Networks',
    'Adjustments',
  ])
  const [days, tokens, networks] = sheets.map(({ data }) => data)
  expect(days).toHaveLength(33)
  expect(days?.[0]?.slice(0, 8)).toEqual([
    'Business day (from 00:00 Europe/London)',
    'Payments',
    'Gross',
    'Merchant fees',
    'Swap fees',
    'Convenience fees',
    'Net, expected',
    'Arrived',
  ])
  expect(days?.[10]).toEqual(['2026-10-10', 1, 50.1, 0.1, 0, 0, 50, 49, 1, 0, 1, 0, 0, 0])
  expect(days?.[11]).toEqual(['2026-10-11', 1, 30.1, 0.1, 0, 0, 30, 0, 30, 0, 0, 0, 0, 30])
  expect(days?.at(-1)).toEqual(['Total', 2, 80.2, 0.2, 0, 0, 80, 49, 31, 0, 1, 0, 0, 30])
  expect(tokens?.[1]).toEqual(['USDC', 2, 80.2])
  expect(networks?.[1]).toEqual(['Base Sepolia', 2, 80.2])
})

test.each(['report', 'journal'] as const)(
  'a %s run again is the same to the byte, or says what moved',
  async (kind) => {
    const first = await made(kind)
    const second = await made(kind)
    expect((await fileOf(first)).difference).toBeNull()
    expect((await fileOf(second)).difference).toEqual({ isIdentical: true, moved: [] })
    const bytesOf = async (id: string) => (await downloadMonthFile(db, by, id)).bytes
    expect(await bytesOf(second)).toEqual(await bytesOf(first))

    await learnSettled(db, [settledAt('late', '2026-10-12T09:00:00Z', 510)])
    await countAll(db, now)
    const third = await made(kind)
    expect((await fileOf(third)).difference).toEqual({
      isIdentical: false,
      moved: ['1 adjustment came since.'],
    })
    expect((await fileOf(third)).totals).toMatchObject({ netCents: 8_000, adjustments: 1 })
  },
)

test('accounts are asked for once, written down, and what a spreadsheet would run is not run', async () => {
  expect(await calls().accounts()).toEqual(usualAccounts)
  await made('journal')
  await calls().setAccounts({ accounts: { ...usualAccounts, sales: '=1+1' } })
  const id = await made('journal')
  const { bytes } = await downloadMonthFile(db, by, id)
  expect(bytes.toString()).toContain("2026-10-10,'=1+1,Sales")
  expect((await fileOf(id)).difference?.moved).toEqual([
    'The accounts of the journal were changed.',
  ])
  const entry = await db
    .selectFrom('audit_entry')
    .select(['before', 'after'])
    .where('action', '=', 'month.set_accounts')
    .executeTakeFirstOrThrow()
  expect(entry.before).toContain('"sales":"4000"')
  expect(entry.after).toContain('"sales":"=1+1"')
})

test('no file is made of a month that is open again, and none is given that is not there', async () => {
  await db.updateTable('settlement_close').set({ reopened_at: now() }).execute()
  await expect(calls().makeFile({ closeId, kind: 'report' })).rejects.toThrow(/open again/)
  await expect(calls().makeFile({ closeId: 99, kind: 'report' })).rejects.toThrow(/no such/)
  await expect(downloadMonthFile(db, by, '0123456789')).rejects.toThrow(/no such file/)
})
