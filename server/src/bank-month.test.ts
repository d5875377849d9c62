import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { differenceKinds } from '@desk/shared/settlements/day-difference'
import { actorWith, contextOf } from './kernel/context.fixtures.ts'
import { createCallerFactory } from './kernel/trpc.ts'
import type { BankCall } from './settlements/bank-accounts.ts'
import { bankRouter } from './settlements/bank.router.ts'
import { importStatement } from './settlements/import-statement.ts'
import { matchStatement } from './settlements/match-statement.ts'
import { settlementsRouter } from './settlements/settlements.router.ts'
import { csvLayout, guessMapping, sampleRows } from './settlements/statements/csv-layout.ts'
import { backfillPage } from './sync/backfill.ts'
import { countAll } from './testing/settled-payments.ts'
import { syncSetup, type SyncSetup } from './testing/sync-setup.ts'

/** October 2026 has its clock change on the 25th, and its last days are paid out in November. */
const month = { from: '2026-10-01', to: '2026-10-31' }
/** The days whose money the bank books in it, or is to book next. */
const paidOut = { from: '2026-09-30', to: '2026-11-01' }
const now = () => new Date('2026-11-02T12:00:00Z')

let spacepay: SyncSetup
beforeAll(async () => {
  spacepay = await syncSetup({ historyCount: 3_000, pageLimit: 1_000 })
  while (await backfillPage(spacepay.dependencies));
  await countAll(spacepay.database.db, now)
  await spacepay.database.db
    .insertInto('person')
    .values({ id: 'u_ada', name: 'Ada', email: 'ada@shop.example', created_at: now() })
    .execute()
}, 60_000)
afterAll(() => spacepay[Symbol.asyncDispose]())

const oracle = z.object({
  discrepancies: z.array(
    z.object({ kind: z.enum(differenceKinds), days: z.array(z.string()), cents: z.int() }),
  ),
  strays: z.array(z.string()),
})

describe.each(['csv', 'xml'] as const)(
  'a month of payouts with 40 discrepancies, as %s',
  (format) => {
    test('has every one of them found and classed right, and nothing else', async () => {
      const known = oracle.parse(await (await bank('/discrepancies')).json())
      expect(known.discrepancies).toHaveLength(40)
      expect(new Set(known.discrepancies.map(({ kind }) => kind)).size).toBe(differenceKinds.length)
      const bytes = new Uint8Array(await (await bank(`.${format}`)).arrayBuffer())
      const { open, errors, days } = await reconciled(bytes, format)
      expect(open).toEqual(known.strays)
      expect(errors).toBe(format === 'csv' ? 1 : 0)

      // A weekend's days are paid out at once, and its discrepancies are known of them together.
      const together = new Map(
        known.discrepancies.flatMap(({ days: own }) => own.map((day) => [day, own.join(' ')])),
      )
      const found = days.flatMap(({ day, difference }) =>
        differenceKinds.map((kind) => ({
          key: `${kind} ${together.get(day) ?? day}`,
          cents: difference?.[kind] ?? 0,
        })),
      )
      const wanted = known.discrepancies.map(({ kind, days: own, cents }) => ({
        key: `${kind} ${own.join(' ')}`,
        cents,
      }))
      expect(sums(wanted).size).toBe(40)
      expect(sums(found)).toEqual(sums(wanted))
    })
  },
)

test('a month without faults is right to the cent', async () => {
  const bytes = new Uint8Array(await (await bank('.csv', 0)).arrayBuffer())
  const { open, days } = await reconciled(bytes, 'csv')
  expect(open).toEqual([])
  const odd = days.filter(
    ({ difference }) => difference && difference.difference !== difference.timing,
  )
  expect(odd).toEqual([])
})

function sums(parts: readonly { readonly key: string; readonly cents: number }[]) {
  const added = new Map<string, number>()
  for (const { key, cents } of parts) added.set(key, (added.get(key) ?? 0) + cents)
  return new Map([...added].filter(([, cents]) => cents !== 0))
}

function bank(path: string, faults = 40): Promise<Response> {
  const { from, to } = month
  return fetch(
    `${spacepay.spacepay.url}/__sandbox/bank-statement${path}?from=${from}&to=${to}&faults=${faults}`,
  )
}

/** Imports a statement as the only one, and reads how the month stands then. */
async function reconciled(bytes: Uint8Array, format: 'csv' | 'xml') {
  const { db } = spacepay.database
  const context = { ...contextOf(db, actorWith(['finance'])), now }
  const banks = createCallerFactory(bankRouter)(context)
  await sql`truncate bank_account, settlement_match cascade`.execute(spacepay.database.owner)
  const identifier = 'GB29NWBK60161331926819'
  const { id: account } = await banks.addAccount({ name: 'Main', identifier, currency: 'USD' })
  const by: BankCall['by'] = {
    actor: actorWith(['finance']),
    address: null,
    requestId: 'r',
    at: now(),
  }
  const text = new TextDecoder().decode(bytes)
  const layout = format === 'csv' ? csvLayout(text) : null
  const mapping = layout && guessMapping(layout, sampleRows(text, layout))
  const upload = { account, fileName: `october.${format}`, mapping }
  const { id, errors } = await importStatement({ db, by }, upload, bytes)
  await matchStatement({ db, now }, id)
  const { lines } = await banks.lines({ state: 'open' })
  const settlements = createCallerFactory(settlementsRouter)(context)
  const found = await settlements.days(paidOut)
  return { open: lines.map(({ reference }) => reference), errors, days: found?.days ?? [] }
}
