import { randomUUID } from 'node:crypto'
import { writePaymentSearch } from '@desk/shared/payments/payment-address'
import {
  isViewSeen,
  type SavedView,
  shareBlock,
  viewBlock,
  VIEWS_MAX,
} from '@desk/shared/views/saved-view'
import { type ChangeViewInput, type SaveViewInput } from '@desk/shared/views/saved-view-input'
import { recordAudit } from '../audit/record-audit.ts'
import type { Trx } from '../database.ts'
import type { Actor } from '../kernel/actor.ts'
import { publish } from '../kernel/live-events.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { ViewCall } from './view-call.ts'
import {
  countViewsOf,
  deleteView,
  hasViewNamed,
  holdOwner,
  insertView,
  lockView,
  type StoredView,
  updateView,
} from './views.queries.ts'

/**
 * Gives a question a name. Refuses with `view_name_taken`, `too_many_views` and `role_not_held` (shared with
 * a role that the person does not hold).
 */
export async function saveView(
  { db, actor, by }: ViewCall,
  input: SaveViewInput,
): Promise<{ id: string }> {
  return db.transaction().execute(async (trx) => {
    if (!(await holdOwner(trx, actor.userId))) throw unknownView()
    refuseForeignRole(input.sharedWith, actor)
    if ((await countViewsOf(trx, actor.userId, VIEWS_MAX)) >= VIEWS_MAX) {
      const message = `You have ${VIEWS_MAX} views already. Delete one first.`
      throw new Refusal('conflict', 'too_many_views', message)
    }
    const id = randomUUID()
    const isAdded = await insertView(trx, { ...input, id, ownerId: actor.userId, at: by.at })
    if (!isAdded) throw nameTaken(input.name)
    await publish(trx, { kind: 'views.changed' })
    await recordAudit(trx, by, {
      action: 'view.save',
      subject: { kind: 'saved_view', id, label: input.name },
      after: inLog(input),
    })
    return { id }
  })
}

/**
 * Changes the parts that are given. Refuses with `view_unknown` (also where it is not theirs to see),
 * `view_not_yours`, `view_changed` (somebody else was faster), `view_name_taken`, `role_not_held` and
 * `view_ownerless` (what belongs to a role stays shared with one).
 */
export async function changeView(call: ViewCall, input: ChangeViewInput): Promise<void> {
  const { db, actor, by } = call
  await db.transaction().execute(async (trx) => {
    if (!(await holdOwner(trx, actor.userId))) throw unknownView()
    const view = await changeable(trx, actor, input.id)
    if (view.version !== input.version) {
      const message =
        'Somebody changed this view meanwhile. Look at it as it is now, then try again.'
      throw new Refusal('conflict', 'view_changed', message)
    }
    const changed = withChanges(view, input)
    if (changed.sharedWith !== view.sharedWith) refuseForeignRole(changed.sharedWith, actor)
    if (view.owner === null && changed.sharedWith === null) {
      const message = 'This view belongs to the role. Delete it, or share it with another role.'
      throw new Refusal('conflict', 'view_ownerless', message)
    }
    await refuseTakenName(trx, view, changed.name)
    await updateView(trx, view.id, { ...changed, at: by.at })
    await publish(trx, { kind: 'views.changed' })
    await recordAudit(trx, by, {
      action: 'view.change',
      subject: { kind: 'saved_view', id: view.id, label: changed.name },
      before: inLog(view),
      after: inLog(changed),
    })
  })
}

/** For everybody who saw it. Refuses with `view_unknown` and `view_not_yours`. */
export async function removeView({ db, actor, by }: ViewCall, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const view = await changeable(trx, actor, id)
    await deleteView(trx, id)
    await publish(trx, { kind: 'views.changed' })
    await recordAudit(trx, by, {
      action: 'view.delete',
      subject: { kind: 'saved_view', id, label: view.name },
      before: inLog(view),
    })
  })
}

/** What somebody may not see does not exist for them. */
async function changeable(trx: Trx, actor: Actor, id: string): Promise<SavedView> {
  const view = await lockView(trx, id)
  if (!view || !isViewSeen(view, actor)) throw unknownView()
  const block = viewBlock(view, actor)
  if (block !== null) throw new Refusal('forbidden', 'view_not_yours', block)
  return view
}

function withChanges(view: SavedView, input: ChangeViewInput): StoredView {
  return {
    name: input.name ?? view.name,
    query: input.query ?? view.query,
    columns: input.columns === undefined ? view.columns : input.columns,
    sharedWith: input.sharedWith === undefined ? view.sharedWith : input.sharedWith,
  }
}

function refuseForeignRole(role: StoredView['sharedWith'], actor: Actor): void {
  const block = role && shareBlock(role, actor)
  if (block) throw new Refusal('forbidden', 'role_not_held', block)
}

async function refuseTakenName(trx: Trx, { id, owner }: SavedView, name: string): Promise<void> {
  if (owner !== null && (await hasViewNamed(trx, name, { ownerId: owner.id, id }))) {
    throw nameTaken(name)
  }
}

function nameTaken(name: string): Refusal {
  const message = `There is a view “${name}” already. Choose another name.`
  return new Refusal('conflict', 'view_name_taken', message)
}

function unknownView(): Refusal {
  const message = 'This view was deleted, or it is not shared with you any more.'
  return new Refusal('not_found', 'view_unknown', message)
}

/** The query as it stands in an address: short, and readable by people. */
function inLog({ name, query, columns, sharedWith }: StoredView) {
  return { name, search: writePaymentSearch(query), columns, sharedWith }
}
