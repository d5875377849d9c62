import { sql, type Insertable } from 'kysely'
import type { Database } from '../database-schema.ts'
import type { Trx } from '../database.ts'

/** Tables of the mirror, with what makes a row the same row. */
const keys = {
  payment: ['id'],
  quote: ['payment_id', 'id'],
  receipt: ['payment_id'],
} as const satisfies Partial<Record<keyof Database, readonly string[]>>
type MirrorTable = keyof typeof keys

/** Columns that follow their own rule once the row exists. */
const setOnInsertOnly: ReadonlySet<string> = new Set(['api_read_at'])

/**
 * Inserts or overwrites any number of rows in one statement with one parameter, and says of each
 * whether it is new. All rows name the same columns; instants are ISO 8601 text.
 */
export async function upsertRows<Table extends MirrorTable>(
  trx: Trx,
  table: Table,
  rows: readonly Insertable<Database[Table]>[],
): Promise<readonly { readonly id: string; readonly isNew: boolean }[]> {
  const [example] = rows
  if (!example) return []
  const key: readonly string[] = keys[table]
  const columns = Object.keys(example)
  const names = sql.join(columns.map((column) => sql.ref(column)))
  const overwritten = columns
    .filter((column) => !key.includes(column) && !setOnInsertOnly.has(column))
    .map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`)
  const written = await sql<{ id: string; isNew: boolean }>`
    insert into ${sql.table(table)} (${names})
    select ${names} from json_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::json)
    on conflict (${sql.join(key.map((column) => sql.ref(column)))})
    do update set ${sql.join(overwritten)}
    returning ${sql.ref(key[0] ?? 'id')} as id, xmax = 0 as "isNew"`.execute(trx)
  return written.rows
}
