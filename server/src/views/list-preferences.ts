import { sql } from 'kysely'
import {
  changedLook,
  type ListLook,
  type ListLookChange,
  readLookChange,
  usualLook,
} from '@desk/shared/views/list-look'
import type { Db } from '../database.ts'

const LIST = 'payments'

/** How this person likes the list of payments to look. */
export async function readListLook(db: Db, personId: string): Promise<ListLook> {
  const row = await db
    .selectFrom('list_preference')
    .select(['columns', 'widths', 'density'])
    .where('person_id', '=', personId)
    .where('list', '=', LIST)
    .executeTakeFirst()
  return row ? toLook(row) : usualLook
}

/**
 * Changes the parts that are given and answers the whole. The row is locked between reading and writing, so
 * that changes from several tabs all stay.
 */
export async function changeListLook(
  db: Db,
  change: ListLookChange,
  { personId, at }: { readonly personId: string; readonly at: Date },
): Promise<ListLook> {
  return db.transaction().execute(async (trx) => {
    await trx
      .insertInto('list_preference')
      .values({ person_id: personId, list: LIST, widths: '{}', changed_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const row = await trx
      .selectFrom('list_preference')
      .select(['columns', 'widths', 'density'])
      .where('person_id', '=', personId)
      .where('list', '=', LIST)
      .forUpdate()
      .executeTakeFirstOrThrow()
    const look = changedLook(toLook(row), change)
    await trx
      .updateTable('list_preference')
      .set({
        columns: look.columns && [...look.columns],
        widths: sql<string>`${JSON.stringify(look.widths)}::jsonb`,
        density: look.density,
        changed_at: at,
      })
      .where('person_id', '=', personId)
      .where('list', '=', LIST)
      .execute()
    return look
  })
}

interface PreferenceRow {
  readonly columns: string[] | null
  readonly widths: unknown
  readonly density: string | null
}

/** What another version of Desk kept and this one does not know is as if it was never chosen. */
function toLook(row: PreferenceRow): ListLook {
  return changedLook(usualLook, readLookChange(row))
}
