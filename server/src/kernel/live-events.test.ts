import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import type { LiveEvent } from '@desk/shared/live/live-event'
import { paymentId } from '@desk/shared/payments/payment'
import { testDatabase, type TestDatabase } from '../testing/test-database.ts'
import { type LiveEvents, publish, startLiveEvents } from './live-events.ts'

vi.setConfig({ testTimeout: 30_000 })

test('an event reaches the browsers of every Desk when its transaction commits, not before', async () => {
  await using setup = await twoDesks()
  const { database, ours, theirs } = setup

  await database.db.transaction().execute(async (trx) => {
    await publish(trx, changed('pay_said_first'))
    await database.db.transaction().execute((other) => publish(other, changed('pay_kept_first')))
  })

  for (const browser of [ours, theirs]) {
    expect(await browser.next()).toEqual(changed('pay_kept_first'))
    expect(await browser.next()).toEqual(changed('pay_said_first'))
  }
})

test('what was rolled back is told to nobody', async () => {
  await using setup = await twoDesks()
  const { database, theirs } = setup
  const undone = database.db.transaction().execute(async (trx) => {
    await publish(trx, changed('pay_undone'))
    throw new Error('the rest of the transaction failed')
  })
  await expect(undone).rejects.toThrow('the rest')

  await database.db.transaction().execute((trx) => publish(trx, changed('pay_kept')))

  expect(await theirs.next()).toEqual(changed('pay_kept'))
})

test('after a lost connection every browser is told to read again, and hears on', async () => {
  await using setup = await twoDesks()
  const { database, ours } = setup

  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'desk-live' and datname = current_database()`.execute(database.owner)

  expect(await ours.next()).toEqual({ kind: 'resync' })
  await database.db.transaction().execute((trx) => publish(trx, changed('pay_after')))
  expect(await ours.next()).toEqual(changed('pay_after'))
})

test('a browser that does not keep up is told to read again instead of being remembered for ever', async () => {
  await using setup = await twoDesks()
  const { database, ours, another } = setup
  await database.db.transaction().execute(async (trx) => {
    for (let index = 0; index < 3_000; index++) await publish(trx, changed(`pay_${index}`))
    await publish(trx, changed('pay_last'))
  })
  // By the time a browser of the same Desk has heard the last, all of it was offered to both.
  await heardUntil(another, 'pay_last')

  const heard = await heardUntil(ours, 'pay_last')

  expect(heard).toContainEqual({ kind: 'resync' })
  expect(heard.length).toBeLessThan(1_500)
})

test('text that is no event is passed over, and what follows is heard', async () => {
  await using setup = await twoDesks()
  const { database, ours } = setup
  for (const text of ['', '{', '{"kind":"payment.deleted"}', '"resync"']) {
    await sql`select pg_notify('desk_live', ${text})`.execute(database.db)
  }
  await database.db.transaction().execute((trx) => publish(trx, changed('pay_1')))

  expect(await ours.next()).toEqual(changed('pay_1'))
})

test('a browser that leaves ends its stream at once, and so does Desk when it stops', async () => {
  await using database = await testDatabase()
  const desk = startDesk(database)
  const leaving = new AbortController()
  const left = desk.subscribe(leaving.signal)[Symbol.asyncIterator]()
  const stays = desk.subscribe(new AbortController().signal)[Symbol.asyncIterator]()
  const ends = [left.next(), stays.next()]

  leaving.abort()
  expect(await ends[0]).toMatchObject({ done: true })
  await desk.stop()
  expect(await ends[1]).toMatchObject({ done: true })
})

interface Browser {
  /** The next event it hears. */
  next(): Promise<LiveEvent>
}

/** Two Desks on one database with a browser each, both listening. */
async function twoDesks() {
  const database = await testDatabase()
  const desks = [startDesk(database), startDesk(database)] as const
  await vi.waitFor(async () => expect(await listeners(database)).toBe(2), 10_000)
  return {
    database,
    ours: openBrowser(desks[0]),
    another: openBrowser(desks[0]),
    theirs: openBrowser(desks[1]),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(desks.map((desk) => desk.stop()))
      await database[Symbol.asyncDispose]()
    },
  }
}

function startDesk({ url }: TestDatabase): LiveEvents {
  return startLiveEvents({ connectionString: url, log: { warn: () => undefined } })
}

function openBrowser(desk: LiveEvents): Browser {
  const events = desk.subscribe(new AbortController().signal)[Symbol.asyncIterator]()
  let coming = events.next()
  return {
    next: async () => {
      const { value, done } = await coming
      coming = events.next()
      if (done) throw new Error('The stream ended.')
      return value
    },
  }
}

async function heardUntil(browser: Browser, lastId: string): Promise<LiveEvent[]> {
  const heard: LiveEvent[] = []
  for (;;) {
    const event = await browser.next()
    heard.push(event)
    if (event.kind === 'payment.changed' && event.paymentId === lastId) return heard
  }
}

async function listeners({ owner }: TestDatabase): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pg_stat_activity
    where application_name = 'desk-live' and datname = current_database()
      and (query like '%listen desk_live%' or query like 'select pg_notify%') and state = 'idle'`.execute(
    owner,
  )
  return rows[0]?.count ?? 0
}

function changed(id: string): LiveEvent {
  return { kind: 'payment.changed', paymentId: paymentId.parse(id), isNew: true }
}
