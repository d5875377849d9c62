import type { PaymentSnapshot } from '@desk/shared/payments/payment-snapshot'
import { describe, expect, test } from 'vitest'
import type { Db } from '../database.ts'
import { decodePage } from '../gateway/wire/page.wire.ts'
import { decodePayment } from '../gateway/wire/payment.wire.ts'
import { wirePayment } from '../payments/observation.fixtures.ts'
import { testDatabase } from '../testing/test-database.ts'
import { backfillPage } from './backfill.ts'
import type { SyncDependencies } from './list-page.ts'
import { backfillState, readPosition } from './sync-state.queries.ts'
import { allAtApi, quietLog, syncSetup } from '../testing/sync-setup.ts'

describe('reading all payments', () => {
  test('the mirror of 300 payments says what the API says, and the progress is kept', async () => {
    await using setup = await syncSetup({ historyCount: 300, pageLimit: 70 })
    await readAll(setup.dependencies)
    expect(await told(setup.database.db)).toEqual(toldBy(await allAtApi(setup.gateway)))
    expect(await readPosition(setup.database.db, backfillState)).toMatchObject({
      offset: 300,
      total: 300,
      rejected: 0,
      walks: 1,
      finishedAt: expect.any(String),
    })
    const asked = setup.lists.length
    expect(await backfillPage(setup.dependencies)).toBe(false)
    expect(setup.lists).toHaveLength(asked)
  })

  test('goes on where it stopped, and what was read is kept with the place', async () => {
    await using setup = await syncSetup({ historyCount: 120, pageLimit: 40 })
    await backfillPage(setup.dependencies)
    expect((await told(setup.database.db)).size).toBe(40)
    const broken: SyncDependencies = {
      ...setup.dependencies,
      gateway: {
        ...setup.dependencies.gateway,
        listPayments: () => Promise.reject(new Error('killed')),
      },
    }
    await expect(backfillPage(broken)).rejects.toThrow('killed')
    await readAll(setup.dependencies)
    expect(setup.lists.map(({ offset }) => offset)).toEqual([0, 20, 40, 60, 80])
    expect((await told(setup.database.db)).size).toBe(120)
  })

  test('payments made during the walk are read too', async () => {
    await using setup = await syncSetup({ historyCount: 60, pageLimit: 20 })
    for (let n = 0; await backfillPage(setup.dependencies); n++) {
      if (n < 4) await setup.makePayment(`DURING-${n}`)
    }
    const atApi = await allAtApi(setup.gateway)
    expect(atApi.size).toBe(64)
    expect(await told(setup.database.db)).toEqual(toldBy(atApi))
  })
})

describe('a list that shifts', () => {
  test.each([
    ['one row vanishes before each page', 1, 0],
    ['a page of rows vanishes before each page', 10, 0],
    ['rows appear at the front', 0, 7],
    ['rows vanish and appear', 6, 3],
  ])('no payment that stays is missed: %s', async (_name, vanishing, appearing) => {
    await using database = await testDatabase()
    const ids = Array.from({ length: 95 }, (_, n) => `old-${String(n).padStart(3, '0')}`)
    let rows = [...ids]
    let pages = 0
    await readAll({
      ...standIn(database.db, () => {
        pages++
        const fresh = Array.from({ length: appearing }, (_, n) => `early-${pages}-${n}`)
        const shown = rows
        rows = pages < 6 ? [...fresh, ...rows.slice(vanishing)] : rows
        return shown
      }),
      pageLimit: 10,
    })
    const known = await told(database.db)
    expect(rows.filter((id) => id.startsWith('old') && !known.has(id))).toEqual([])
  })

  test('an end that comes too early because rows vanished is not taken for the end', async () => {
    await using database = await testDatabase()
    const rows = Array.from({ length: 25 }, (_, n) => `p-${n}`)
    let pages = 0
    const shifting = standIn(database.db, () => (++pages < 4 ? rows : rows.slice(12)))
    await readAll({ ...shifting, pageLimit: 10 })
    expect((await told(database.db)).size).toBe(25)
  })

  test('a walk that ends with fewer payments than SpacePay counts is made once more, not for ever', async () => {
    await using database = await testDatabase()
    const rows = Array.from({ length: 30 }, (_, n) => `p-${n}`)
    let lists = 0
    const dependencies = {
      ...standIn(database.db, () => (++lists <= 2 ? rows.filter((id) => id !== 'p-4') : rows), 31),
      pageLimit: 20,
    }
    await readAll(dependencies)
    expect((await told(database.db)).has('p-4')).toBe(true)
    expect(await readPosition(database.db, backfillState)).toMatchObject({ walks: 2 })
    expect(lists).toBeLessThan(10)
  })

  test('a row that cannot be read is counted and hides no other', async () => {
    await using database = await testDatabase()
    const rows = Array.from({ length: 25 }, (_, n) => (n === 12 ? '' : `p-${n}`))
    await readAll({ ...standIn(database.db, () => rows), pageLimit: 10 })
    expect((await told(database.db)).size).toBe(24)
    expect(await readPosition(database.db, backfillState)).toMatchObject({ walks: 1, total: 25 })
  })
})

/** A list whose rows the test decides anew for every page. */
function standIn(
  db: Db,
  rowsNow: () => readonly string[],
  total?: number,
): Omit<SyncDependencies, 'pageLimit'> {
  return {
    db,
    now: () => new Date(),
    log: quietLog,
    gateway: {
      listPayments: async ({ limit = 100, offset = 0 } = {}) => {
        const ids = rowsNow()
        const data = ids.slice(offset, offset + limit).map((id) => wirePayment({ id }))
        const hasMore = offset + limit < ids.length
        const pagination = { total: total ?? ids.length, limit, offset, hasMore }
        return decodePage({ data, pagination }, decodePayment)
      },
      getPayment: () => Promise.reject(new Error('not asked for')),
    },
  }
}

async function readAll(dependencies: SyncDependencies): Promise<void> {
  while (await backfillPage(dependencies));
}

async function told(db: Db): Promise<Map<string, object>> {
  const rows = await db
    .selectFrom('payment')
    .select(['id', 'status', 'amount_cents', 'net_cents', 'order_id', 'custom_metadata'])
    .select(['deposit_address', 'tx_hash', 'received_base_units', 'created_at'])
    .select((eb) =>
      eb
        .selectFrom('quote')
        .whereRef('quote.payment_id', '=', 'payment.id')
        .select((quote) => quote.fn.countAll<number>().as('count'))
        .as('quotes'),
    )
    .execute()
  return new Map(rows.map((row) => [row.id, { ...row, created_at: row.created_at.toISOString() }]))
}

function toldBy(snapshots: ReadonlyMap<string, PaymentSnapshot>): Map<string, object> {
  const rows = [...snapshots.values()].map((snapshot) => ({
    id: snapshot.id,
    status: snapshot.status,
    amount_cents: snapshot.amountCents,
    net_cents: snapshot.netCents,
    order_id: snapshot.orderId,
    custom_metadata: snapshot.customMetadata,
    deposit_address: snapshot.depositAddress,
    tx_hash: snapshot.receipt?.txHash ?? null,
    received_base_units: snapshot.receipt?.receivedBaseUnits ?? null,
    created_at: snapshot.createdAt,
    quotes: snapshot.quotes.length,
  }))
  return new Map(rows.map((row) => [row.id, row]))
}
