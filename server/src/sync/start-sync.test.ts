import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import type { Db } from '../database.ts'
import { startSync, type Sync } from './start-sync.ts'
import { syncSetup, type SyncSetup } from '../testing/sync-setup.ts'
import { eventually } from '../testing/eventually.ts'

const intervals = { sweepMs: 20, openMs: 20, leaderMs: 20 }

describe('the sync of several Desks', () => {
  test('one leads and reads everything; when it stops another goes on', async () => {
    await using setup = await syncSetup({ historyCount: 50, pageLimit: 20 })
    const desks = [deskOf(setup), deskOf(setup)]
    const leader = await Promise.race(
      desks.map(async (desk) => {
        await desk.sync.settled()
        return desk
      }),
    )
    const follower = desks.find((desk) => desk !== leader)
    expect(await paymentCount(setup.database.db)).toBe(50)
    expect(follower?.lists).toEqual([])

    await leader.sync.stop()
    await follower?.sync.settled()
    expect(follower?.lists.length).toBeGreaterThan(0)
    await setup.makePayment('LATER')
    await eventually(async () => expect(await paymentCount(setup.database.db)).toBe(51))
    await follower?.sync.stop()
  })

  test('a leader that loses its connection stops leading, and someone leads again', async () => {
    await using setup = await syncSetup({ historyCount: 5, pageLimit: 20 })
    const desk = deskOf(setup)
    await desk.sync.settled()
    await sql`
      select pg_terminate_backend(pid) from pg_locks
      where locktype = 'advisory' and granted
        and database = (select oid from pg_database where datname = current_database())`.execute(
      setup.database.owner,
    )
    await setup.makePayment('LATER')
    await eventually(async () => expect(await paymentCount(setup.database.db)).toBe(6))
    await eventually(async () => expect(await leaderCount(setup.database.owner)).toBe(1))
    await desk.sync.stop()
    expect(await leaderCount(setup.database.owner)).toBe(0)
  })

  test('survives a SpacePay that does not answer and catches up when it does', async () => {
    await using setup = await syncSetup({ historyCount: 30, pageLimit: 20 })
    let isDown = true
    let refusals = 0
    const { listPayments, getPayment } = setup.dependencies.gateway
    const sync = startSync({
      ...setup.dependencies,
      intervals,
      gateway: {
        ...setup.dependencies.gateway,
        getPayment,
        listPayments: (query) => {
          if (!isDown) return listPayments(query)
          refusals++
          return Promise.reject(new Error('down'))
        },
      },
    })
    await eventually(() => expect(refusals).toBeGreaterThan(1))
    isDown = false
    await sync.settled()
    expect(await paymentCount(setup.database.db)).toBe(30)
    await sync.stop()
  })
})

function deskOf({ dependencies }: SyncSetup): { sync: Sync; lists: object[] } {
  const lists: object[] = []
  const { listPayments, getPayment } = dependencies.gateway
  const sync = startSync({
    ...dependencies,
    intervals,
    gateway: {
      ...dependencies.gateway,
      getPayment,
      listPayments: (query) => {
        lists.push(query ?? {})
        return listPayments(query)
      },
    },
  })
  return { sync, lists }
}

async function paymentCount(db: Db): Promise<number> {
  return (await db.selectFrom('payment').select('id').execute()).length
}

async function leaderCount(owner: Db): Promise<number> {
  const held = await sql`
    select from pg_locks where locktype = 'advisory' and granted and classid = 0 and objid = 4738202
      and database = (select oid from pg_database where datname = current_database())`.execute(
    owner,
  )
  return held.rows.length
}
