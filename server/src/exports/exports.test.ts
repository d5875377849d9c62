import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { everyPayment } from '@desk/shared/payments/payment-query'
import { callsOf, colleague, noon } from '../attention/attention.fixtures.ts'
import type { Db } from '../database.ts'
import type { Actor } from '../kernel/actor.ts'
import { insertPayments } from '../payments/payment-rows.fixtures.ts'
import { eventually } from '../testing/eventually.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { expireExports } from './expire-exports.ts'
import { storeParts } from './export-parts.queries.ts'
import { claimExport } from './export-runs.queries.ts'
import { csvRows, exportInput, fileOf } from './exports.fixtures.ts'
import { runExport } from './run-export.ts'

let database: TestDatabase
let finn: Actor
beforeEach(async () => {
  database = await testDatabase()
  finn = await colleague(database.owner, 'Finn', ['finance'])
})
afterEach(() => database[Symbol.asyncDispose]())

const never = new AbortController().signal

describe('a file of payments', () => {
  test('holds exactly what the list finds, in its order, in every order', async () => {
    await insertPayments(
      database.owner,
      Array.from({ length: 30 }, (_, index) => ({
        id: `pay_${index}`,
        status: index % 3 === 0 ? 'failed' : 'completed',
        amount_cents: index % 7 === 0 ? null : 100 * (index % 4),
        created_at: new Date(noon.getTime() - (index % 10) * 3_600_000),
      })),
    )
    for (const sort of ['created_desc', 'created_asc', 'amount_desc', 'amount_asc'] as const) {
      const query = { ...everyPayment, statuses: ['completed'], sort }
      const { id, totals } = await exported(database.db, finn, exportInput(query))
      const listed = await callsOf(database.db, finn).payments.list({
        query: { ...query, judgements: [] },
      })
      const rows = csvRows(await fileOf(database.db, id))
      expect(rows.map((row) => row['Payment id'])).toEqual(listed.items.map((item) => item.id))
      expect(totals?.count).toBe(20)
    }
  })

  test('has exact amounts however large, and adds them up by currency and token', async () => {
    const big = '123456789012345678901234567890'
    await insertPayments(database.owner, [
      {
        id: 'pay_1',
        amount_cents: Number.MAX_SAFE_INTEGER,
        merchant_fee_cents: -1_205,
        net_cents: 7,
        token_symbol: 'ETH',
        token_decimals: 18,
        received_base_units: big,
      },
      {
        id: 'pay_2',
        amount_cents: 3,
        token_symbol: 'ETH',
        token_decimals: 18,
        received_base_units: '1',
      },
      { id: 'pay_3', amount_cents: null, currency: 'EUR' },
    ])
    const { id, totals } = await exported(database.db, finn)
    const [eth] = csvRows(await fileOf(database.db, id)).filter(
      (row) => row['Payment id'] === 'pay_1',
    )
    expect(eth).toMatchObject({
      Amount: '90071992547409.91',
      'Merchant fee': '-12.05',
      Net: '0.07',
      Received: '123456789012.345678901234567890',
      'Received in base units': big,
    })
    expect(totals).toEqual({
      count: 3,
      currencies: [
        expect.objectContaining({ currency: 'EUR', count: 1, withoutAmount: 1, grossCents: '0' }),
        expect.objectContaining({
          currency: 'USD',
          count: 2,
          grossCents: '9007199254740994',
          merchantFeeCents: '-1205',
          netCents: '7',
        }),
      ],
      tokens: [{ token: 'ETH', decimals: 18, count: 2, baseUnits: String(BigInt(big) + 1n) }],
    })
  })

  test('is of the days of its zone, and writes times in the zone that was asked for', async () => {
    await insertPayments(database.owner, [
      // Half an hour into the London day, and half an hour before it.
      { id: 'pay_in', created_at: '2026-07-01T23:30:00.123Z' },
      { id: 'pay_out', created_at: '2026-07-01T22:30:00Z' },
    ])
    const day = { createdFrom: '2026-07-02', createdTo: '2026-07-02' }
    const made = await exported(
      database.db,
      finn,
      exportInput(day, { columns: ['id', 'created'], timesZone: 'America/New_York' }),
    )
    expect(csvRows(await fileOf(database.db, made.id))).toEqual([
      { 'Payment id': 'pay_in', 'Created (America/New_York)': '2026-07-01T19:30:00.123-04:00' },
    ])
    expect(made.file?.name).toBe(`desk-payments-2026-07-02-${made.id}.csv`)
  })

  test('carries its hash and its length, and the log has them too', async () => {
    await insertPayments(database.owner, [{ id: 'pay_1' }])
    const { id, file } = await exported(database.db, finn)
    const bytes = await fileOf(database.db, id)
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    expect(file).toMatchObject({ bytes: bytes.length, sha256, expiredAt: null })
    const log = await database.db.selectFrom('audit_entry').select(['action', 'after']).execute()
    expect(log.map(({ action }) => action)).toEqual(['export.create', 'export.finish'])
    expect(log[1]?.after).toContain(sha256)
  })

  test('of nothing has its header alone', async () => {
    const { id, totals } = await exported(database.db, finn, exportInput({}, { columns: ['id'] }))
    expect((await fileOf(database.db, id)).toString()).toBe('Payment id\r\n')
    expect(totals).toEqual({ count: 0, currencies: [], tokens: [] })
  })
})

test('a file shows one moment, whatever changes while it is written', async () => {
  const { db, owner } = database
  const ids = Array.from({ length: 2_500 }, (_, index) => `pay_${String(index).padStart(4, '0')}`)
  await insertPayments(
    owner,
    ids.map((id) => ({ id, amount_cents: 100 })),
  )
  const { id } = await callsOf(db, finn).exports.create({
    ...exportInput({ sort: 'created_asc' }),
    query: { ...everyPayment, sort: 'created_asc', judgements: [] },
  })
  // After the first rows were read: every row changes, some go and others come.
  let isDone = false
  const watched = db.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => {
      if (!isDone && result.rows.length === 1_000) {
        isDone = true
        await owner.updateTable('payment').set({ amount_cents: 999 }).execute()
        await owner.deleteFrom('payment').where('id', '>', 'pay_2400').execute()
        await insertPayments(owner, [{ id: 'pay_late', amount_cents: 5 }])
      }
      return result
    },
  })
  await runExport(deskOf(watched), id, never)
  const made = await callsOf(db, finn).exports.one({ id })
  expect(isDone).toBe(true)
  expect(csvRows(await fileOf(db, id)).map((row) => row['Payment id'])).toEqual(ids)
  expect(made.totals?.currencies[0]?.grossCents).toBe('250000')
})

describe('running again', () => {
  test('names what came, what went and what changed since, with both values', async () => {
    const { db, owner } = database
    const query = { statuses: ['completed'] }
    await insertPayments(owner, [
      { id: 'pay_same' },
      { id: 'pay_went', amount_cents: 700 },
      { id: 'pay_changed', amount_cents: 1_000 },
      { id: 'pay_gone' },
    ])
    const first = await exported(db, finn, exportInput(query))
    await owner
      .updateTable('payment')
      .set({ status: 'failed' })
      .where('id', '=', 'pay_went')
      .execute()
    await owner
      .updateTable('payment')
      .set({ amount_cents: 1_001, merchant_fee_cents: 5 })
      .where('id', '=', 'pay_changed')
      .execute()
    await owner.deleteFrom('payment').where('id', '=', 'pay_gone').execute()
    await insertPayments(owner, [{ id: 'pay_came' }])

    const again = await runAgain(first.id)

    expect(again).toMatchObject({
      previousId: first.id,
      difference: { added: 1, removed: 2, changed: 1, listed: 4 },
    })
    const { changes, isLast } = await callsOf(db, finn).exports.changes({ id: again.id })
    expect(isLast).toBe(true)
    expect(changes).toMatchObject([
      { paymentId: 'pay_came', change: 'added' },
      {
        paymentId: 'pay_changed',
        change: 'changed',
        fields: { amount: ['10.00', '10.01'], merchant_fee: [null, '0.05'] },
      },
      { paymentId: 'pay_gone', change: 'removed', fields: { status: ['completed', null] } },
      { paymentId: 'pay_went', change: 'removed', fields: { status: ['completed', 'failed'] } },
    ])
    expect(Object.keys(changes[3]?.fields ?? {})).toEqual(['status'])
  })

  test('asks for the same days, also where they would have moved along', async () => {
    await insertPayments(database.owner, [
      { id: 'pay_then', created_at: noon },
      { id: 'pay_later', created_at: new Date(noon.getTime() + 86_400_000) },
    ])
    const first = await exported(database.db, finn, exportInput({ createdPreset: 'today' }))
    const tomorrow = new Date(noon.getTime() + 86_400_000)
    const { id } = await callsOf(database.db, finn, tomorrow).exports.runAgain({ id: first.id })
    await runExport(deskOf(database.db), id, never)
    expect(csvRows(await fileOf(database.db, id)).map((row) => row['Payment id'])).toEqual([
      'pay_then',
    ])
  })

  test('means the one who asked first by "me", whoever runs it', async () => {
    const fay = await colleague(database.owner, 'Fay', ['finance'])
    const mine = {
      terms: [{ name: 'assignee' as const, key: null, value: 'me', isNot: false }],
    }
    const first = await exported(database.db, finn, exportInput(mine))
    const { id } = await callsOf(database.db, fay).exports.runAgain({ id: first.id })
    const stored = await database.db
      .selectFrom('export')
      .select(['viewer_id', 'requested_by'])
      .where('id', '=', id)
      .executeTakeFirst()
    expect(stored).toEqual({ viewer_id: finn.userId, requested_by: fay.userId })
  })

  test('is refused for what is not done', async () => {
    const { id } = await callsOf(database.db, finn).exports.create(exportInputSent())
    await expect(callsOf(database.db, finn).exports.runAgain({ id })).rejects.toMatchObject({
      cause: { code: 'export_not_done' },
    })
  })
})

describe('an export that does not end well', () => {
  test('stops within a second when somebody cancels it, and leaves nothing', async () => {
    const { db } = database
    await insertPayments(
      database.owner,
      Array.from({ length: 3_000 }, (_, index) => ({ id: `pay_${index}` })),
    )
    const { exports } = callsOf(db, finn)
    const { id } = await exports.create(exportInputSent())
    // Each batch takes a while, as if there were a million.
    let batches = 0
    const slow = db.withPlugin({
      transformQuery: ({ node }) => node,
      transformResult: async ({ result }) => {
        if (result.rows.length === 1_000) {
          batches += 1
          if (batches === 1) await exports.cancel({ id })
          await new Promise((resolve) => setTimeout(resolve, 600))
        }
        return result
      },
    })
    const start = performance.now()
    await runExport(deskOf(slow), id, never)
    expect(performance.now() - start).toBeLessThan(1_900)
    expect(await exports.one({ id })).toMatchObject({ state: 'cancelled', file: null })
    expect(await partsLeft()).toBe(0)
    const log = await db.selectFrom('audit_entry').select('action').execute()
    expect(log.map(({ action }) => action)).toEqual(['export.create', 'export.cancel'])
  })

  test('stops as soon while Postgres is still looking for the first payment', async () => {
    const { db, owner } = database
    const { exports } = callsOf(db, finn)
    const { id } = await exports.create(exportInputSent())
    await owner.transaction().execute(async (trx) => {
      // As if it were a long search: nothing comes until this ends.
      await sql`lock table payment`.execute(trx)
      const running = runExport(deskOf(db), id, never)
      await eventually(async () =>
        expect(await exports.one({ id })).toMatchObject({ state: 'running' }),
      )
      await exports.cancel({ id })
      await running
    })
    expect(await exports.one({ id })).toMatchObject({ state: 'cancelled' })
  })

  test('is begun anew after a Desk that died, and what the dead one still writes is refused', async () => {
    const { db } = database
    await insertPayments(database.owner, [{ id: 'pay_1' }])
    const { exports } = callsOf(db, finn)
    const { id } = await exports.create(exportInputSent())
    const dead = await claimExport(db, id, noon)
    const ofDead = { run: { id, attempt: dead?.attempt ?? 0 }, kind: 'file' as const }
    await storeParts(db, ofDead, chunksOf('half a file'))

    await runExport(deskOf(db), id, never)

    expect(csvRows(await fileOf(db, id))).toHaveLength(1)
    await expect(storeParts(db, ofDead, chunksOf('the rest'))).rejects.toThrow(
      expect.objectContaining({ name: 'ExportStopped' }),
    )
    expect(await exports.one({ id })).toMatchObject({ state: 'done' })
  })

  test('is tried again a few times, and then says so', async () => {
    const { db, owner } = database
    await insertPayments(owner, [{ id: 'pay_1' }])
    const { exports } = callsOf(db, finn)
    const { id } = await exports.create(exportInputSent())
    await sql`alter table payment rename column custom_metadata to elsewhere`.execute(owner)
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await expect(runExport(deskOf(db), id, never)).rejects.toThrow('custom_metadata')
      expect(await exports.one({ id })).toMatchObject({ state: 'queued' })
    }
    await runExport(deskOf(db), id, never)
    expect(await exports.one({ id })).toMatchObject({
      state: 'failed',
      error: expect.stringMatching(/^It could not be written\./),
    })
    expect(await partsLeft()).toBe(0)
  })

  test('that Desk after Desk dies over is given up', async () => {
    const { db } = database
    const { exports } = callsOf(db, finn)
    const { id } = await exports.create(exportInputSent())
    for (let attempt = 1; attempt <= 4; attempt += 1) await claimExport(db, id, noon)
    await runExport(deskOf(db), id, never)
    expect(await exports.one({ id })).toMatchObject({ state: 'failed' })
  })
})

test('nobody has more than five waiting', async () => {
  const { exports } = callsOf(database.db, finn)
  for (let count = 1; count <= 5; count += 1) await exports.create(exportInputSent())
  await expect(exports.create(exportInputSent())).rejects.toMatchObject({
    cause: { code: 'too_many_exports' },
  })
})

test('files go after thirty days; what was in them, and what a later run needs, stays', async () => {
  const { db, owner } = database
  await insertPayments(owner, [{ id: 'pay_1' }])
  const first = await exported(db, finn)
  const later = (days: number) => () => new Date(noon.getTime() + days * 86_400_000)
  await expireExports({ db, now: later(29) })
  expect(await fileOf(db, first.id)).not.toHaveLength(0)
  await expireExports({ db, now: later(31) })
  expect(await fileOf(db, first.id)).toHaveLength(0)
  const kept = await callsOf(db, finn).exports.one({ id: first.id })
  expect(kept).toMatchObject({ totals: first.totals, file: { sha256: first.file?.sha256 } })
  expect(kept.file?.expiredAt).not.toBeNull()
  expect(await runAgain(first.id)).toMatchObject({ difference: { added: 0, changed: 0 } })
  await expireExports({ db, now: later(401) })
  expect(await runAgain(first.id)).toMatchObject({ difference: null })
})

test('the list is told page by page, newest first', async () => {
  const { db } = database
  await sql`
    insert into export (id, kind, query, zone, asked_on, viewer_id, times_zone, column_set, columns, format,
      has_mark, state, requested_by, requested_at)
    select 'export' || lpad(n::text, 4, '0'), 'payments', '{}', 'UTC', '2026-11-23', ${finn.userId}, 'UTC', 1,
      '{id}', 'csv', false, 'cancelled', ${finn.userId}, timestamptz '2026-11-23' + n / 2 * interval '1 second'
    from generate_series(1, 120) as n`.execute(db)
  const seen: string[] = []
  for (let after: string | null = null; ;) {
    const page: Awaited<ReturnType<ReturnType<typeof callsOf>['exports']['list']>> = await callsOf(
      db,
      finn,
    ).exports.list({ cursor: after })
    seen.push(...page.exports.map(({ id }) => id))
    after = page.exports.at(-1)?.id ?? null
    if (page.isLast) break
  }
  expect(seen).toEqual(
    Array.from({ length: 120 }, (_, index) => `export${String(120 - index).padStart(4, '0')}`),
  )
})

const quiet = { warn: () => undefined, error: () => undefined }

function deskOf(db: Db) {
  return { db, now: () => noon, log: quiet }
}

/** Asks for an export and has it written; answers with what screens are told of it. */
async function exported(db: Db, actor: Actor, input = exportInput()) {
  const { exports } = callsOf(db, actor)
  const { id } = await exports.create({
    ...input,
    query: { ...input.query, judgements: [...input.query.judgements] },
  })
  await runExport(deskOf(db), id, never)
  return exports.one({ id })
}

function exportInputSent() {
  const input = exportInput()
  return { ...input, query: { ...everyPayment, judgements: [] } }
}

async function runAgain(id: string) {
  const { exports } = callsOf(database.db, finn)
  const again = await exports.runAgain({ id })
  await runExport(deskOf(database.db), again.id, never)
  return exports.one({ id: again.id })
}

async function partsLeft(): Promise<number> {
  const parts = await database.db.selectFrom('export_part').select('number').execute()
  return parts.length
}

async function* chunksOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text)
}
