import { permissionBlock } from '@desk/shared/identity/permissions'
import type { DestinationAct } from '@desk/shared/withdrawals/destination-view'
import type { DestinationState } from '@desk/shared/withdrawals/passport'
import type { Db } from '../database.ts'
import type { Actor } from '../kernel/actor.ts'
import { areOnePerson } from '../kernel/same-person.queries.ts'

/** What of an entry decides who may do what with it. */
export interface JudgedDestination {
  readonly state: DestinationState
  readonly proposed_by: string
  readonly state_by: string | null
}

/** Under which permission each act stands; the router asks for the same. */
export const destinationPermissions = {
  approve: 'destinations:approve',
  refuse: 'destinations:approve',
  /** Everybody near the money can hold it back. */
  freeze: 'withdrawals:stop',
  unfreeze: 'destinations:approve',
  remove: 'destinations:write',
  rename: 'destinations:write',
} as const satisfies Record<DestinationAct, string>

const from = {
  approve: ['proposed'],
  refuse: ['proposed'],
  freeze: ['active'],
  unfreeze: ['frozen'],
  remove: ['proposed', 'active', 'frozen'],
  rename: ['proposed', 'active'],
} as const satisfies Record<DestinationAct, readonly DestinationState[]>

/** Whether the entry is where the act can begin. */
export function stateBlock(act: DestinationAct, state: DestinationState): string | null {
  const states: readonly DestinationState[] = from[act]
  return states.includes(state) ? null : stateWords[state]
}

const stateWords = {
  proposed: 'It is proposed: a second person has not approved it yet.',
  active: 'It is approved already.',
  frozen: 'It is frozen: somebody has to take it out of the freeze first.',
  refused: 'It was refused. Propose the address again if that was wrong.',
  removed: 'It was removed from the address book. Propose the address again.',
} as const satisfies Record<DestinationState, string>

/**
 * Why this must be somebody else's act, in words; null where it need not. What lets money go takes two people:
 * the one who proposed cannot approve, and who froze, or proposed, cannot take it out of the freeze.
 */
export async function secondPersonBlock(
  db: Db,
  act: DestinationAct,
  { entry, userId }: { readonly entry: JudgedDestination; readonly userId: string },
): Promise<string | null> {
  if (act !== 'approve' && act !== 'unfreeze') return null
  if (await areOnePerson(db, entry.proposed_by, userId)) {
    return 'You proposed this destination, so somebody else must do this.'
  }
  const froze = act === 'unfreeze' && entry.state_by
  return typeof froze === 'string' && (await areOnePerson(db, froze, userId))
    ? 'You froze this destination, so somebody else must take it out of the freeze.'
    : null
}

/** Why the person may not do each act now, in words for them; null where they may. */
export async function destinationBlocks(
  db: Db,
  entry: JudgedDestination,
  actor: Actor,
): Promise<Readonly<Record<DestinationAct, string | null>>> {
  const block = async (act: DestinationAct) =>
    permissionBlock(actor, destinationPermissions[act]) ??
    stateBlock(act, entry.state) ??
    (await secondPersonBlock(db, act, { entry, userId: actor.userId }))
  return {
    approve: await block('approve'),
    refuse: await block('refuse'),
    freeze: await block('freeze'),
    unfreeze: await block('unfreeze'),
    remove: await block('remove'),
    rename: await block('rename'),
  }
}
