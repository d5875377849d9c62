import type { PendingWork } from '@desk/shared/identity/team'
import type { Db } from '../database.ts'
import type { LeaverDuty } from '../kernel/leaver-duty.ts'
import { publish } from '../kernel/live-events.ts'

/** What somebody shared stays with the role it is shared with and belongs to it; what was theirs alone nobody sees. */
export const viewsShared: LeaverDuty = {
  pending: async (db, userId) => (await findSharedBy(db, userId)).map(inWords),

  async release(trx, userId) {
    const shared = await findSharedBy(trx, userId)
    if (shared.length === 0) return []
    await trx
      .updateTable('saved_view')
      .set({ owner_id: null })
      .where('owner_id', '=', userId)
      .where('shared_with', 'is not', null)
      .execute()
    await publish(trx, { kind: 'views.changed' })
    return shared.map(inWords)
  },
}

async function findSharedBy(db: Db, userId: string) {
  return db
    .selectFrom('saved_view')
    .select('name')
    .where('owner_id', '=', userId)
    .where('shared_with', 'is not', null)
    .orderBy('name')
    .execute()
}

function inWords({ name }: { readonly name: string }): PendingWork {
  return { kind: 'saved_view', label: name }
}
