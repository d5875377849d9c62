import * as z from 'zod'
import type { Db, Trx } from '../database.ts'

/** How far reading all payments, oldest first, has come. Instants are ISO 8601 UTC. */
const backfillPosition = z.object({
  /** Rows read so far, as the list counts them. */
  offset: z.int().nonnegative(),
  /** The ids that were read last: the next page has to show them again. */
  lastIds: z.array(z.string()),
  /** As SpacePay counted them last. */
  total: z.int().nullable(),
  /** Rows that could not be read. */
  rejected: z.int().nonnegative(),
  /** How often the list was walked from its start. */
  walks: z.int().positive(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
})
export type BackfillPosition = z.infer<typeof backfillPosition>

/** Up to where, newest first, the mirror is known to hold every payment. */
const sweepPosition = z.object({ groundAt: z.iso.datetime().nullable() })

/** A row of `sync_state` and what is kept in it. */
export interface SyncState<Position> {
  readonly name: string
  readonly schema: z.ZodType<Position>
}

export const backfillState: SyncState<BackfillPosition> = {
  name: 'payments.backfill',
  schema: backfillPosition,
}
export const sweepState: SyncState<z.infer<typeof sweepPosition>> = {
  name: 'payments.sweep',
  schema: sweepPosition,
}

/** How far reading all withdrawals, which the API lists in an order of its own, has come. */
const withdrawalPosition = z.object({
  offset: z.int().nonnegative(),
  total: z.int().nullable(),
  /** Whether the whole list was read once. */
  isComplete: z.boolean(),
})
export type WithdrawalPosition = z.infer<typeof withdrawalPosition>

export const withdrawalState: SyncState<WithdrawalPosition> = {
  name: 'withdrawals.list',
  schema: withdrawalPosition,
}

/** Null before the first one was kept. */
export async function readPosition<Position>(
  db: Db,
  { name, schema }: SyncState<Position>,
): Promise<Position | null> {
  const row = await db
    .selectFrom('sync_state')
    .select('position')
    .where('name', '=', name)
    .executeTakeFirst()
  return row ? schema.parse(row.position) : null
}

/** In the transaction that learns what was read, so that the two never disagree. */
export async function savePosition<Position>(
  trx: Trx,
  { name }: SyncState<Position>,
  { position, at }: { readonly position: Position; readonly at: Date },
): Promise<void> {
  const saved = { position: JSON.stringify(position), updated_at: at }
  await trx
    .insertInto('sync_state')
    .values({ name, ...saved })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(saved))
    .execute()
}
