import { sql } from 'kysely'
import * as z from 'zod'
import { paymentColumns, readColumns } from '@desk/shared/payments/payment-column'
import {
  changedLook,
  COLUMN_WIDTH_MAX,
  COLUMN_WIDTH_MIN,
  type ListLook,
  type ListLookChange,
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
function toLook({ columns, widths, density }: PreferenceRow): ListLook {
  return {
    columns: columns && readColumns(columns),
    widths: knownWidths.parse(widths),
    density: density === 'compact' ? 'compact' : usualLook.density,
  }
}

const width = z.int().min(COLUMN_WIDTH_MIN).max(COLUMN_WIDTH_MAX)

const knownWidths = z
  .record(z.string(), z.unknown())
  .catch({})
  .transform((kept) =>
    Object.fromEntries(
      paymentColumns.flatMap((column) => {
        const read = width.safeParse(kept[column])
        return read.success ? [[column, read.data]] : []
      }),
    ),
  )
