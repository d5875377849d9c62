import type { AuditAction } from '@desk/shared/audit/audit-action'
import { failedChecks } from '@desk/shared/withdrawals/destination-checks'
import type { DestinationAct } from '@desk/shared/withdrawals/destination-view'
import { usableFrom } from '@desk/shared/withdrawals/request-times'
import { type NewAuditEntry, recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import type { Updateable } from 'kysely'
import type { Database } from '../database-schema.ts'
import { publish } from '../kernel/live-events.ts'
import { faultCodeOf } from '../kernel/database-fault.ts'
import { Refusal } from '../kernel/refusal.ts'
import { readActivePolicy } from './active-policy.queries.ts'
import {
  type ByPerson,
  type NewDestination,
  proposeDestination,
  refuseTakenLabel,
} from './address-book.ts'
import { secondPersonBlock, stateBlock } from './destination-blocks.ts'
import { checkAddress } from './destination-passport.queries.ts'

/** What changing the address book works with. */
export interface BookCall {
  readonly db: Db
  readonly by: ByPerson
}

/** Refuses as `proposeDestination`, and with `destination_known`. */
export async function addDestination(
  { db, by }: BookCall,
  asked: NewDestination,
): Promise<{ readonly id: string }> {
  return db.transaction().execute(async (trx) => {
    const { id, label, entries } = await proposeDestination(trx, by, asked)
    if (entries.length === 0) {
      const message = `The address book has this address already, as “${label}”.`
      throw new Refusal('conflict', 'destination_known', message)
    }
    for (const entry of entries) await recordAudit(trx, by, entry)
    return { id }
  })
}

/**
 * By a second person. Its cooling-off begins, unless it had one before it was renamed. Refuses with
 * `destination_unsafe` what fails a check by now, else as `changeDestination`.
 */
export async function approveDestination(call: BookCall, id: string): Promise<void> {
  await changeDestination(call, { id, act: 'approve' }, async (trx, entry) => {
    const failed = failedChecks(await checkAddress(trx, entry))
    if (failed.length > 0) throw new Refusal('invalid', 'destination_unsafe', failed.join(' '))
    const { at, actor } = call.by
    const usable = entry.usable_from ?? usableFrom(at, await readActivePolicy(trx))
    return {
      set: { state: 'active', approved_by: actor.userId, approved_at: at, usable_from: usable },
      entry: { action: 'destination.approve', after: { usableFrom: usable.toISOString() } },
    }
  })
}

interface Reasoned {
  readonly id: string
  readonly reason: string
}

const reasonedActs = {
  refuse: { state: 'refused', action: 'destination.refuse' },
  freeze: { state: 'frozen', action: 'destination.freeze' },
  unfreeze: { state: 'active', action: 'destination.unfreeze' },
  remove: { state: 'removed', action: 'destination.remove' },
} as const satisfies Partial<
  Record<DestinationAct, { readonly state: string; readonly action: AuditAction }>
>

/** Refuses as `changeDestination`. */
export async function decideOnDestination(
  call: BookCall,
  act: keyof typeof reasonedActs,
  { id, reason }: Reasoned,
): Promise<void> {
  const { state, action } = reasonedActs[act]
  await changeDestination(call, { id, act }, async (_, entry) => ({
    set: { state, state_reason: act === 'unfreeze' ? null : reason },
    entry: { action, reason, before: { state: entry.state } },
  }))
}

/**
 * By another name the same address reads as somebody else's: what was approved waits for a second person again.
 * Refuses with `label_taken`, else as `changeDestination`.
 */
export async function renameDestination(
  call: BookCall,
  { id, label }: { readonly id: string; readonly label: string },
): Promise<void> {
  try {
    await changeDestination(call, { id, act: 'rename' }, async (trx, entry) => {
      await refuseTakenLabel(trx, { ...entry, label, except: id })
      return {
        set: {
          label,
          state: 'proposed',
          proposed_by: call.by.actor.userId,
          proposed_at: call.by.at,
          approved_by: null,
          approved_at: null,
        },
        entry: { action: 'destination.rename', before: { label: entry.label }, after: { label } },
      }
    })
  } catch (error) {
    if (faultCodeOf(error) !== uniqueViolation) throw error
    const message = 'Another destination on this network was just called so. Choose another label.'
    throw new Refusal('conflict', 'label_taken', message)
  }
}

/** Postgres’ code for a second row where an index allows one. */
const uniqueViolation = '23505'

interface Change {
  readonly set: Updateable<Database['destination']>
  readonly entry: NewAuditEntry
}

/**
 * Lock, judge, write, tell, audit. Refuses with `destination_unknown`, `destination_changed` and
 * `second_person_needed`.
 */
async function changeDestination(
  { db, by }: BookCall,
  { id, act }: { readonly id: string; readonly act: DestinationAct },
  change: (trx: Trx, entry: LockedDestination) => Promise<Change>,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const entry = await lockDestination(trx, id)
    const stale = stateBlock(act, entry.state)
    if (stale !== null) throw new Refusal('conflict', 'destination_changed', stale)
    const { userId } = by.actor
    const own = await secondPersonBlock(trx, act, { entry, userId })
    if (own !== null) throw new Refusal('forbidden', 'second_person_needed', own)
    const { set, entry: told } = await change(trx, entry)
    await trx
      .updateTable('destination')
      .set({ state_by: userId, state_at: by.at, state_reason: null, ...set })
      .where('id', '=', id)
      .execute()
    await publish(trx, { kind: 'withdrawals.changed', requestId: null })
    await recordAudit(trx, by, {
      subject: { kind: 'destination', id, label: set.label ?? entry.label },
      ...told,
    })
  })
}

type LockedDestination = Awaited<ReturnType<typeof lockDestination>>

async function lockDestination(trx: Trx, id: string) {
  const entry = await trx
    .selectFrom('destination')
    .select(['network', 'address', 'label', 'state', 'proposed_by', 'state_by', 'usable_from'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (entry) return entry
  throw new Refusal('not_found', 'destination_unknown', 'The address book has no such entry.')
}
