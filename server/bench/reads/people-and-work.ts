import { hashPassword } from 'better-auth/crypto'
import { type Kysely, sql } from 'kysely'
import { everyPayment } from '@desk/shared/payments/payment-query'
import type { Db } from '../../src/database.ts'
import type { Database } from '../../src/database-schema.ts'
import { insertPerson } from '../../src/identity/people.queries.ts'
import { benchPerson } from './bench-person.ts'

const VIEWS = 20

/** Somebody who signs in, what they wrote on payments, what waits for them, and views. Once for each database. */
export async function addPeopleAndWork(owner: Db): Promise<void> {
  const passwordHash = await hashPassword(benchPerson.password)
  const { name, email, roles } = benchPerson
  const added = await owner
    .transaction()
    .execute((trx) =>
      insertPerson(trx, { name, email, roles: [...roles], passwordHash }, new Date()),
    )
  if (added === null) return
  await sql`
    insert into payment_note (payment_id, author_id, text, written_at)
    select id, ${added}, 'The customer asked where it is.', updated_at
    from payment where observation_id % 400 = 0
  `.execute(owner)
  await sql`
    insert into payment_tag (payment_id, tag, tagged_by, tagged_at)
    select id, 'vip', ${added}, updated_at from payment where observation_id % 500 = 0
  `.execute(owner)
  await sql`
    insert into attention_item (payment_id, kind, state, fact, stake_cents, opened_at)
    select id, 'stuck', 'open', 'processing', amount_cents, updated_at
    from payment where observation_id % 1000 = 0
  `.execute(owner)
  await sql`
    insert into attention_item (payment_id, kind, state, opened_at, assignee_id, assigned_at, assigned_by)
    select id, 'handed_over', 'open', updated_at, ${added}, updated_at, ${added}
    from payment where observation_id % 2000 = 1
  `.execute(owner)
  await sql`
    insert into saved_view (id, owner_id, name, query, created_at, changed_at)
    select gen_random_uuid()::text, ${added}, 'View ' || n, ${JSON.stringify(everyPayment)}::jsonb, now(), now()
    from generate_series(1, ${VIEWS}::int) as n
  `.execute(owner)
  await analyze(owner)
}

async function analyze(owner: Kysely<Database>): Promise<void> {
  for (const table of ['person', 'payment_note', 'payment_tag', 'attention_item', 'saved_view']) {
    await sql`vacuum analyze ${sql.table(table)}`.execute(owner)
  }
}
