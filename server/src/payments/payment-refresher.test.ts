import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { userId } from '@desk/shared/identity/session'
import type { Db } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { syncSetup } from '../testing/sync-setup.ts'
import { createPaymentRefresher } from './payment-refresher.ts'
import { eventually } from '../testing/eventually.ts'

describe('asking SpacePay on behalf of people', () => {
  test('those who ask for one payment at the same moment share one call', async () => {
    await using setup = await syncSetup({ historyCount: 0, pageLimit: 5 })
    const { id } = await setup.makePayment('A')
    const refresher = createPaymentRefresher({ ...setup.dependencies, freshMs: 0 })
    const answers = await Promise.all([refresher.refresh(id), refresher.refresh(id)])
    expect(answers).toEqual([
      { outcome: 'read', changed: true },
      { outcome: 'read', changed: true },
    ])
    expect(setup.reads).toEqual([id])
    expect(await refresher.refresh(id)).toEqual({ outcome: 'read', changed: false })
    expect(setup.reads).toEqual([id, id])
  })

  test('what any Desk asked a moment ago is not read through again until it is stale', async () => {
    let now = new Date()
    await using setup = await syncSetup({ historyCount: 0, pageLimit: 5, now: () => now })
    const { id } = await setup.makePayment('A')
    const desks = [1, 2].map(() =>
      createPaymentRefresher({ ...setup.dependencies, freshMs: 15_000 }),
    )
    await desks[0]?.refresh(id)
    now = new Date(now.getTime() + 14_000)
    desks[1]?.readThrough(id)
    const other = await setup.makePayment('B')
    desks[1]?.readThrough(other.id)
    await eventually(() => expect(setup.reads).toContain(other.id))
    expect(setup.reads).toEqual([id, other.id])

    now = new Date(now.getTime() + 2_000)
    desks[1]?.readThrough(id)
    await eventually(() => expect(setup.reads).toEqual([id, other.id, id]))
    await desks[1]?.refresh(id)
  })

  test('everybody who shared a call stands in the audit log, in the transaction that learned the answer', async () => {
    await using setup = await syncSetup({ historyCount: 0, pageLimit: 5 })
    const { db, owner } = setup.database
    const { id } = await setup.makePayment('A')
    const refresher = createPaymentRefresher({ ...setup.dependencies, freshMs: 0 })
    await Promise.all([
      refresher.refresh(id, askedBy('Ada')),
      refresher.refresh(id, askedBy('Bob')),
      refresher.refresh(id),
    ])
    expect(setup.reads).toEqual([id])
    await setup.act(id, 'exact')
    await refresher.refresh(id, askedBy('Cy'))
    // Paid, or already settled: the sandbox's chain goes on by itself.
    const now = await db.selectFrom('payment').select('status').executeTakeFirstOrThrow()
    expect(now.status).not.toBe('pending')
    const { entries, transactions } = await refreshesIn(db)
    expect(entries).toEqual([
      { name: 'Ada', payment: id, before: null, after: '{"status":"pending"}' },
      { name: 'Bob', payment: id, before: null, after: '{"status":"pending"}' },
      { name: 'Cy', payment: id, before: '{"status":"pending"}', after: JSON.stringify(now) },
    ])
    const learned = await sql<{ xmin: string }>`
      select xmin::text from observation order by id`.execute(owner)
    const [first = '', second = ''] = learned.rows.map(({ xmin }) => xmin)
    expect(transactions).toEqual([first, first, second])
  })

  test('who asks while the answer is being written down is not lost: SpacePay is asked again', async () => {
    await using setup = await syncSetup({ historyCount: 0, pageLimit: 5 })
    const { id } = await setup.makePayment('A')
    const refresher = createPaymentRefresher({ ...setup.dependencies, freshMs: 0 })
    const hold = await setup.database.owner.startTransaction().execute()
    // Whoever writes into the log has to wait, with the askers already taken.
    await sql`lock table audit_entry in access exclusive mode`.execute(hold)
    const first = refresher.refresh(id, askedBy('Ada'))
    await eventually(async () => {
      const { rows } = await sql`select from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(
        setup.database.owner,
      )
      expect(rows).toHaveLength(1)
    })
    const second = refresher.refresh(id, askedBy('Bob'))
    await hold.commit().execute()
    await Promise.all([first, second])
    expect(setup.reads).toEqual([id, id])
    const { entries } = await refreshesIn(setup.database.db)
    expect(entries.map(({ name }) => name)).toEqual(['Ada', 'Bob'])
  })

  test('what cannot be written into the log is not learned either', async () => {
    await using setup = await syncSetup({ historyCount: 0, pageLimit: 5 })
    const { id } = await setup.makePayment('A')
    const refresher = createPaymentRefresher({ ...setup.dependencies, freshMs: 0 })
    await setup.database.owner.schema.dropTable('audit_entry').execute()
    await expect(refresher.refresh(id, askedBy('Ada'))).rejects.toThrow('audit_entry')
    const known = await setup.database.db.selectFrom('payment').select('id').execute()
    expect(known).toEqual([])
  })
})

function askedBy(name: string): Attribution {
  const actor = { userId: userId.parse(`u_${name}`), name, email: `${name}@shop.example` }
  return { actor, address: '203.0.113.7', requestId: 'req-1', at: new Date() }
}

async function refreshesIn(db: Db) {
  const rows = await db
    .selectFrom('audit_entry')
    .select([
      'actor_name as name',
      'subject_id as payment',
      'before',
      'after',
      sql<string>`xmin::text`.as('transaction'),
    ])
    .where('action', '=', 'payment.refresh')
    .orderBy('seq')
    .execute()
  return {
    entries: rows.map(({ transaction: _transaction, ...entry }) => entry),
    transactions: rows.map(({ transaction }) => transaction),
  }
}
