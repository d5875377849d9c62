import { COMPARABLE_DAYS, FILE_DAYS } from '@desk/shared/exports/payment-export'
import type { Db } from '../database.ts'
import { deleteParts, type PartKind } from './export-parts.queries.ts'

const dayMs = 86_400_000

/** Deletes files, and what later runs would be compared with, once each is old enough. What was in them stays written down. */
export async function expireExports({
  db,
  now,
}: {
  readonly db: Db
  readonly now: () => Date
}): Promise<void> {
  await expire(db, now(), { kind: 'file', column: 'expired_at', days: FILE_DAYS })
  await expire(db, now(), { kind: 'state', column: 'forgotten_at', days: COMPARABLE_DAYS })
}

interface Expiry {
  readonly kind: PartKind
  readonly column: 'expired_at' | 'forgotten_at'
  readonly days: number
}

async function expire(db: Db, at: Date, { kind, column, days }: Expiry): Promise<void> {
  const old = await db
    .selectFrom('export')
    .select('id')
    .where('state', '=', 'done')
    .where(column, 'is', null)
    .where('finished_at', '<', new Date(at.getTime() - days * dayMs))
    .execute()
  for (const { id } of old) {
    await db.transaction().execute(async (trx) => {
      await trx
        .updateTable('export')
        .set({ [column]: at })
        .where('id', '=', id)
        .execute()
      await deleteParts(trx, id, kind)
    })
  }
}
