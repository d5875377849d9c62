import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import {
  type AttentionQuery,
  attentionSorts,
  everythingOpen,
} from '@desk/shared/attention/attention-query'
import type { AttentionItem } from '@desk/shared/attention/attention-item'
import type { Db } from '../database.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { insertPayments } from '../payments/payment-rows.fixtures.ts'
import { callsOf, colleague, noon } from './attention.fixtures.ts'

const COUNT = 130

/** Items with every tie and gap there can be: same age, same stake, no stake, no due time. */
async function manyItems(database: TestDatabase) {
  const ids = Array.from({ length: COUNT }, (_, n) => `p${n}`)
  await insertPayments(
    database.owner,
    ids.map((id) => ({ id })),
  )
  const fay = await colleague(database.owner, 'Fay', ['finance'])
  const kinds = ['underpaid', 'overpaid', 'late', 'stuck', 'handed_over', 'of_a_newer_desk']
  await database.owner
    .insertInto('attention_item')
    .values(
      ids.map((payment_id, n) => ({
        payment_id,
        kind: kinds[n % kinds.length] ?? '',
        state: n % 13 === 0 ? ('resolved' as const) : ('open' as const),
        opened_at: new Date(noon.getTime() + (n % 7) * 1_000),
        stake_cents: n % 5 < 3 ? null : (n % 4) * 100,
        due_at: n % 3 === 0 ? new Date(noon.getTime() + (n % 4) * 60_000) : null,
        resolved_at: n % 13 === 0 ? noon : null,
        assignee_role: ([null, 'finance', 'support'] as const)[n % 3] ?? null,
        assignee_id: n % 11 === 0 ? fay.userId : null,
      })),
    )
    .execute()
  return fay
}

async function walk(calls: ReturnType<typeof callsOf>, query: AttentionQuery) {
  const items: AttentionItem[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof calls.attention.list>> = await calls.attention.list({
      query,
      cursor,
    })
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return items
}

describe('the queue', () => {
  test.each(attentionSorts)('in the order "%s" shows every item once', async (sort) => {
    await using database = await testDatabase()
    const fay = await manyItems(database)
    const items = await walk(callsOf(database.db, fay), { ...everythingOpen, sort })
    expect(new Set(items.map(({ id }) => id)).size).toBe(items.length)
    const { count } = await callsOf(database.db, fay).attention.summary({ query: everythingOpen })
    expect(items).toHaveLength(count)
    const keys = items.map((item) =>
      sort === 'oldest'
        ? item.openedAt
        : sort === 'stake'
          ? 0 - Number(item.stakeCents ?? -1)
          : (item.dueAt ?? 'never'),
    )
    expect(keys).toEqual(keys.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
  })

  test('of what was resolved is the newest first', async () => {
    await using database = await testDatabase()
    const fay = await manyItems(database)
    const query = { ...everythingOpen, state: 'resolved' } as const
    const items = await walk(callsOf(database.db, fay), query)
    expect(items.length).toBeGreaterThan(5)
    expect(items.every(({ state }) => state === 'resolved')).toBe(true)
  })

  test('counts and sums what each filter leaves, by kind', async () => {
    await using database = await testDatabase()
    const fay = await manyItems(database)
    const calls = callsOf(database.db, fay)
    for (const whose of ['anyone', 'mine', 'me', 'nobody', 'finance', 'support'] as const) {
      for (const kinds of [[], ['late'], ['late', 'stuck']] as const) {
        const query = { ...everythingOpen, whose, kinds: [...kinds] }
        const items = await walk(calls, query)
        const summary = await calls.attention.summary({ query })
        expect(summary).toMatchObject({ count: items.length, exact: true })
        const cents = items.reduce((sum, { stakeCents }) => sum + (stakeCents ?? 0), 0)
        expect(summary.stakeCents).toBe(String(cents))
        expect(summary.byKind.reduce((sum, kind) => sum + kind.count, 0)).toBe(items.length)
      }
    }
    const mine = await walk(calls, { ...everythingOpen, whose: 'mine' })
    expect(await calls.attention.badge()).toEqual({ count: mine.length, isMore: false })
    expect(mine.some(({ assigned }) => assigned.role === 'support' && !assigned.person)).toBe(false)
  })

  test('refuses a page of another list', async () => {
    await using database = await testDatabase()
    const fay = await manyItems(database)
    const calls = callsOf(database.db, fay)
    const { nextCursor } = await calls.attention.list({ query: everythingOpen })
    await expect(
      calls.attention.list({ query: { ...everythingOpen, sort: 'due' }, cursor: nextCursor }),
    ).rejects.toMatchObject({ code: 'BAD_REQUEST' })
  })
})

test('what a search asks of notes and items is answered by their indexes', async () => {
  await using database = await testDatabase()
  const { owner } = database
  await sql`
    insert into payment (id, type, status, currency, search_text, created_at, updated_at, observation_id)
    select 'p' || n, 'payment', 'completed', 'USD', '', now(), now(), n from generate_series(1, 20000) n`.execute(
    owner,
  )
  await sql`insert into person (id, name, email, created_at) values ('u', 'U', 'u', now())`.execute(
    owner,
  )
  await sql`insert into payment_note (payment_id, author_id, text, written_at)
    select 'p' || n * 1000, 'u', 'x', now() from generate_series(1, 20) n`.execute(owner)
  await sql`insert into attention_item (payment_id, kind, state, opened_at, assignee_id)
    select 'p' || n, 'late', 'open', now(), case when n % 1000 = 0 then 'u' end
    from generate_series(1, 20000) n`.execute(owner)
  await sql`analyze payment, payment_note, attention_item`.execute(owner)
  const plans = [
    await planOf(
      owner,
      sql`select from payment where exists (select from payment_note n where n.payment_id = payment.id)
        order by created_at desc, id desc limit 100`,
    ),
    await planOf(
      owner,
      sql`select from payment where id in (select a.payment_id from attention_item a
        where a.state = 'open' and a.assignee_id = 'u') order by created_at desc, id desc limit 100`,
    ),
  ]
  for (const plan of plans)
    expect(plan).not.toMatch(/Seq Scan on (attention_item|payment(?!_note))/)
})

async function planOf(owner: Db, query: ReturnType<typeof sql>): Promise<string> {
  const { rows } = await sql<{ 'QUERY PLAN': string }>`explain ${query}`.execute(owner)
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}
