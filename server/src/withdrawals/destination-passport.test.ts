import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { arrange, createCaller, network, noon, supplier } from './asked-withdrawals.fixtures.ts'
import { contextOf } from '../kernel/context.fixtures.ts'

const other = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359'
/** Begins and ends as the supplier's. */
const poison = '0x5aaeb6051111111111111111111111111ef1beaed'.slice(0, 36) + '1beaed'

let database: TestDatabase
let desk: Awaited<ReturnType<typeof arrange>>
beforeEach(async () => {
  database = await testDatabase()
  desk = await arrange(database)
})
afterEach(() => database[Symbol.asyncDispose]())

async function passport(address: string, on = network) {
  const caller = createCaller({ ...contextOf(database.db, desk.ana), now: () => noon })
  return caller.destinations.passport({ network: on, address })
}

let made = 0
async function paid(address: string, change: { at?: string; status?: string; on?: string } = {}) {
  made += 1
  const at = change.at ?? '2026-11-10T08:00:00.000Z'
  await database.owner
    .insertInto('withdrawal')
    .values({
      id: `w_${made}`,
      status: change.status ?? 'completed',
      amount_cents: 10_050,
      currency: 'USD',
      network: change.on ?? network,
      recipient_address: address.toLowerCase(),
      created_at: at,
      updated_at: at,
      observation_id: made,
    })
    .execute()
}

async function paidBy(address: string) {
  made += 1
  await database.owner
    .insertInto('payment')
    .values({
      id: `p_${made}`,
      type: 'payment',
      status: 'completed',
      currency: 'USD',
      network,
      sender_address: address.toLowerCase(),
      search_text: '',
      created_at: '2026-10-01T08:00:00.000Z',
      updated_at: '2026-10-01T08:00:00.000Z',
      observation_id: made,
    })
    .execute()
}

describe('what was paid to an address', () => {
  test('is counted from SpacePay’s own account, whatever the spelling, and only what was completed', async () => {
    await paid(supplier)
    await paid(supplier, { at: '2026-11-12T08:00:00.000Z' })
    await paid(supplier, { at: '2026-10-12T08:00:00.000Z', status: 'failed' })
    await paid(supplier, { on: 'eip155:1' })
    expect(await passport(supplier.toLowerCase())).toMatchObject({
      address: supplier,
      label: 'Supplier',
      timesPaid: 2,
      paidCents: 20_100,
      lastPaidAt: '2026-11-12T08:00:00.000Z',
      firstSeenAt: '2026-10-12T08:00:00.000Z',
      addedBy: { name: 'Finn' },
      approvedBy: { name: 'Cleo' },
      knownOn: [],
    })
  })

  test('a stranger was never seen, and a payer was when they first paid', async () => {
    expect(await passport(other)).toMatchObject({
      destinationId: null,
      state: null,
      firstSeenAt: null,
      timesPaid: 0,
      lookAlike: null,
      coolingOffUntil: null,
    })
    await paidBy(other)
    expect(await passport(other)).toMatchObject({ firstSeenAt: '2026-10-01T08:00:00.000Z' })
  })

  test('the right address on the wrong network is told', async () => {
    await paid(supplier, { on: 'eip155:1' })
    expect(await passport(supplier, 'eip155:10')).toMatchObject({
      timesPaid: 0,
      knownOn: ['eip155:1', network],
    })
    expect((await passport(supplier)).knownOn).toEqual([])
  })

  test('an address that cannot be read is judged as it was typed', async () => {
    const { checks } = await passport(supplier.replace('A', 'a'))
    expect(checks[0]).toMatchObject({ check: 'checksum', verdict: 'fail' })
  })
})

describe('the nearest look-alike', () => {
  test('is found in the book, with the characters in which they differ', async () => {
    const { lookAlike } = await passport(poison)
    expect(lookAlike).toMatchObject({ address: supplier, label: 'Supplier', seenIn: 'book' })
    expect(lookAlike?.differsAt.every((at) => at >= 9 && at < 36)).toBe(true)
  })

  test('is found among those that were paid, and among those that paid', async () => {
    await paid('0xfb69160900000000000000000000000000c5d359')
    expect(await passport(other)).toMatchObject({ lookAlike: { seenIn: 'withdrawals' } })
    await paidBy('0xfb6916095ca1df60bb79ce92ce3ea74c3715d359')
    expect(await passport(other)).toMatchObject({
      lookAlike: { seenIn: 'payments', differsAt: [36] },
    })
  })

  test('on whichever network of the same kind, and never the address itself', async () => {
    await paid(other, { on: 'eip155:1' })
    await paidBy(other)
    expect((await passport(other)).lookAlike).toBeNull()
    await paid('0xfb69160900000000000000000000000000c5d359', { on: 'eip155:1' })
    expect(await passport(other)).toMatchObject({ lookAlike: { seenIn: 'withdrawals' } })
  })

  test('is looked for by index, however many payers there are', async () => {
    await database.owner.transaction().execute(async (trx) => {
      await sql`
        insert into payment (id, type, status, currency, network, sender_address, search_text, created_at, updated_at, observation_id)
        select 'many_' || n, 'payment', 'completed', 'USD', ${network}, '0x' || substr(md5(n::text) || md5('x' || n), 1, 40),
          '', now(), now(), n
        from generate_series(1, 20000) as n`.execute(trx)
    })
    await sql`analyze payment`.execute(database.owner)
    const { rows } = await sql<{ 'QUERY PLAN': string }>`
      explain select sender_address from payment
      where right(sender_address, 4) = 'd359' and sender_address is not null and sender_address <> ${other}
      group by sender_address`.execute(database.owner)
    expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('payment_sender_tail_idx')
  })
})
