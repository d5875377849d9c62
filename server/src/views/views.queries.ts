import { sql } from 'kysely'
import type { Role } from '@desk/shared/identity/roles'
import { userId } from '@desk/shared/identity/session'
import { type PaymentColumn, readColumns } from '@desk/shared/payments/payment-column'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { type SavedView } from '@desk/shared/views/saved-view'
import { readStoredQuery } from '@desk/shared/views/saved-view-input'
import type { Db, Trx } from '../database.ts'
import type { Actor } from '../kernel/actor.ts'

/** More than anybody looks through. */
const SEEN_MAX = 300

/** What this person may see, by name: one's own, those of one's roles, and for admins all that are shared. */
export async function findSeenViews(db: Db, viewer: Pick<Actor, 'userId' | 'roles'>) {
  const { userId: me, roles } = viewer
  const rows = await viewRows(db)
    .where((eb) =>
      eb.or([
        eb('view.owner_id', '=', me),
        ...(roles.includes('admin')
          ? [eb('view.shared_with', 'is not', null)]
          : roles.length > 0
            ? [eb('view.shared_with', 'in', [...roles])]
            : []),
      ]),
    )
    .orderBy(sql`lower(view.name)`)
    .orderBy('view.id')
    .limit(SEEN_MAX)
    .execute()
  return rows.flatMap(toView)
}

/** The view as it is, held until the transaction ends. */
export async function lockView(trx: Trx, id: string): Promise<SavedView | undefined> {
  // First the lock, then the reading: what is joined in a locking statement stays as it was before the wait.
  await trx.selectFrom('saved_view').select('id').where('id', '=', id).forUpdate().execute()
  const row = await viewRows(trx).where('view.id', '=', id).executeTakeFirst()
  return row && toView(row)[0]
}

/** False where the owner has one of that name already. */
export async function insertView(
  trx: Trx,
  view: StoredView & { readonly id: string; readonly ownerId: string; readonly at: Date },
): Promise<boolean> {
  const added = await trx
    .insertInto('saved_view')
    .values({
      id: view.id,
      owner_id: view.ownerId,
      created_at: view.at,
      changed_at: view.at,
      ...stored(view),
    })
    .onConflict((conflict) =>
      conflict
        .expression(sql`owner_id, lower(name)`)
        .where('owner_id', 'is not', null)
        .doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}

export async function updateView(
  trx: Trx,
  id: string,
  view: StoredView & { readonly at: Date },
): Promise<void> {
  await trx
    .updateTable('saved_view')
    .set({ ...stored(view), changed_at: view.at, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .execute()
}

export async function hasViewNamed(
  trx: Trx,
  name: string,
  { ownerId, id }: { readonly ownerId: string; readonly id: string },
): Promise<boolean> {
  const found = await trx
    .selectFrom('saved_view')
    .select('id')
    .where('owner_id', '=', ownerId)
    .where(sql`lower(name)`, '=', sql`lower(${name})`)
    .where('id', '<>', id)
    .executeTakeFirst()
  return found !== undefined
}

export async function deleteView(trx: Trx, id: string): Promise<void> {
  await trx.deleteFrom('saved_view').where('id', '=', id).execute()
}

/** At most `limit`; more is not worth counting. */
export async function countViewsOf(trx: Trx, ownerId: string, limit: number): Promise<number> {
  const rows = await trx
    .selectFrom('saved_view')
    .select('id')
    .where('owner_id', '=', ownerId)
    .limit(limit)
    .execute()
  return rows.length
}

/** Keeps the person from leaving until the transaction ends; false where they have left. */
export async function holdOwner(trx: Trx, id: string): Promise<boolean> {
  const held = await trx
    .selectFrom('person')
    .select('id')
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .where('removed_at', 'is', null)
    .forShare()
    .executeTakeFirst()
  return held !== undefined
}

/** What can change about a view. */
export interface StoredView {
  readonly name: string
  readonly query: PaymentQuery
  readonly columns: readonly PaymentColumn[] | null
  readonly sharedWith: Role | null
}

function stored({ name, query, columns, sharedWith }: StoredView) {
  return {
    name,
    query: JSON.stringify(query),
    columns: columns === null ? null : [...columns],
    shared_with: sharedWith,
  }
}

function viewRows(db: Db) {
  return db
    .selectFrom('saved_view as view')
    .leftJoin('person as owner', 'owner.id', 'view.owner_id')
    .select(['view.id', 'view.name', 'view.query', 'view.columns', 'view.version'])
    .select(['view.shared_with as sharedWith', 'owner.id as ownerId', 'owner.name as ownerName'])
}

interface ViewRow {
  readonly id: string
  readonly name: string
  readonly query: unknown
  readonly columns: string[] | null
  readonly version: number
  readonly sharedWith: Role | null
  readonly ownerId: string | null
  readonly ownerName: string | null
}

/** Nothing for one that a newer Desk saved in a way this one cannot read. */
function toView({ ownerId, ownerName, query, columns, ...view }: ViewRow): SavedView[] {
  const read = readStoredQuery(query)
  if (read === null) return []
  return [
    {
      ...view,
      query: read,
      columns: columns && readColumns(columns),
      owner: ownerId === null ? null : { id: userId.parse(ownerId), name: ownerName ?? '' },
    },
  ]
}
