import { sql } from 'kysely'
import type { Db, Trx } from '../database.ts'

const SUGGESTED_MAX = 12

/** In alphabetical order. */
export async function findTagsOf(db: Db, paymentId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('payment_tag')
    .select('tag')
    .where('payment_id', '=', paymentId)
    .orderBy('tag')
    .execute()
  return rows.map(({ tag }) => tag)
}

/** Tags in use that begin like this, in alphabetical order: one look into the index for each. */
export async function findTagsInUse(reads: Db, beginning: string): Promise<string[]> {
  const { rows } = await sql<{ tag: string }>`
    with recursive used as (
      (select tag from payment_tag where tag >= ${beginning} order by tag limit 1)
      union all
      select (select tag from payment_tag where tag > used.tag order by tag limit 1)
      from used where used.tag is not null and starts_with(used.tag, ${beginning})
    )
    select tag from used where starts_with(tag, ${beginning}) limit ${SUGGESTED_MAX}`.execute(reads)
  return rows.map(({ tag }) => tag)
}

export async function insertTag(
  trx: Trx,
  row: {
    readonly paymentId: string
    readonly tag: string
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  await trx
    .insertInto('payment_tag')
    .values({ payment_id: row.paymentId, tag: row.tag, tagged_by: row.by, tagged_at: row.at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function deleteTag(trx: Trx, paymentId: string, tag: string): Promise<void> {
  await trx
    .deleteFrom('payment_tag')
    .where('payment_id', '=', paymentId)
    .where('tag', '=', tag)
    .execute()
}
