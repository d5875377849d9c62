import { describe, expect, test } from 'vitest'
import type { Db } from '../database.ts'
import { backfillPage } from './backfill.ts'
import { sweepOpenPayments } from './open-payments.ts'
import { sweepNewest } from './sweep.ts'
import { readPosition, sweepState } from './sync-state.queries.ts'
import { syncSetup, type SyncSetup } from '../testing/sync-setup.ts'
import { eventually } from '../testing/eventually.ts'

const always = new AbortController().signal

describe('sweeping the newest payments', () => {
  test('finds what no webhook told of and stops at known ground', async () => {
    await using setup = await sweptSetup(60)
    const { db } = setup.database
    const asked = setup.lists.length
    await sweepNewest(setup.dependencies, always)
    expect(setup.lists.slice(asked)).toMatchObject([{ sortOrder: 'DESC', offset: 0 }])

    for (let n = 0; n < 7; n++) await setup.makePayment(`NEW-${n}`)
    await sweepNewest(setup.dependencies, always)
    expect(await ordersOf(db, 'NEW-')).toHaveLength(7)
    expect(setup.lists.length - asked).toBeLessThan(6)
  })

  test('one that is cut short leaves no gap behind', async () => {
    await using setup = await sweptSetup(20)
    const ground = await readPosition(setup.database.db, sweepState)
    for (let n = 0; n < 12; n++) await setup.makePayment(`NEW-${n}`)
    const cut = new AbortController()
    const { listPayments } = setup.dependencies.gateway
    const cutAfterOnePage = {
      ...setup.dependencies,
      gateway: {
        ...setup.dependencies.gateway,
        listPayments: (query: Parameters<typeof listPayments>[0]) => {
          cut.abort()
          return listPayments(query)
        },
      },
    }
    await sweepNewest(cutAfterOnePage, cut.signal)
    expect(await ordersOf(setup.database.db, 'NEW-')).toHaveLength(5)
    expect(await readPosition(setup.database.db, sweepState)).toEqual(ground)

    await sweepNewest(setup.dependencies, always)
    expect(await ordersOf(setup.database.db, 'NEW-')).toHaveLength(12)
  })
})

describe('asking again about open payments', () => {
  test('a payment that ended unannounced is found once it is due, and not asked for before', async () => {
    let now = new Date()
    await using setup = await syncSetup({ historyCount: 0, pageLimit: 5, now: () => now })
    const { db } = setup.database
    const { id } = await setup.makePayment('OPEN-1')
    now = new Date()
    await sweepNewest(setup.dependencies, always)
    expect(await statusOf(db, id)).toBe('pending')

    now = new Date(now.getTime() + 20_000)
    await sweepOpenPayments(setup.dependencies, always)
    expect(setup.reads).toEqual([])
    await setup.act(id, 'exact')
    await eventually(async () => {
      expect((await setup.gateway.getPayment(id)).value.status).toBe('completed')
    })
    now = new Date(now.getTime() + 11_000)
    await sweepOpenPayments(setup.dependencies, always)
    expect(setup.reads).toEqual([id])
    expect(await statusOf(db, id)).toBe('completed')

    now = new Date(now.getTime() + 86_400_000)
    await sweepOpenPayments(setup.dependencies, always)
    expect(setup.reads).toEqual([id])
  })

  test('the older a payment, the longer until it is asked for again', async () => {
    let now = new Date()
    await using setup = await syncSetup({ historyCount: 0, pageLimit: 5, now: () => now })
    await setup.makePayment('OPEN-1')
    const { createdAt } = await setup.makePayment('OPEN-2')
    const born = Date.parse(createdAt ?? '')
    const after = async (milliseconds: number) => {
      now = new Date(born + milliseconds)
      const before = setup.reads.length
      await sweepOpenPayments(setup.dependencies, always)
      return setup.reads.length - before
    }
    await sweepNewest(setup.dependencies, always)
    const hour = 3_600_000
    expect(await after(hour)).toBe(2)
    expect(await after(hour + 5 * 60_000)).toBe(0)
    expect(await after(hour + 7 * 60_000)).toBe(2)
    expect(await after(10 * hour)).toBe(2)
    expect(await after(10.9 * hour)).toBe(0)
    expect(await after(11.3 * hour)).toBe(2)
  })

  test('stops at the first payment that SpacePay does not answer for', async () => {
    await using setup = await syncSetup({ historyCount: 0, pageLimit: 5 })
    for (let n = 0; n < 4; n++) await setup.makePayment(`OPEN-${n}`)
    await sweepNewest(setup.dependencies, always)
    await setup.gateway.close()
    const inAnHour = { ...setup.dependencies, now: () => new Date(Date.now() + 3_600_000) }
    await sweepOpenPayments(inAnHour, always)
    expect(setup.reads).toHaveLength(1)
  })
})

/** Everything read once, five rows a page. */
async function sweptSetup(historyCount: number): Promise<SyncSetup> {
  const setup = await syncSetup({ historyCount, pageLimit: 5 })
  while (await backfillPage({ ...setup.dependencies, pageLimit: 100 }));
  return setup
}

async function ordersOf(db: Db, prefix: string): Promise<(string | null)[]> {
  const rows = await db
    .selectFrom('payment')
    .select('order_id')
    .where('order_id', 'like', `${prefix}%`)
    .execute()
  return rows.map((row) => row.order_id)
}

async function statusOf(db: Db, id: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('payment')
    .select('status')
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.status
}
