import { permits } from '@desk/shared/identity/permissions'
import type { Role } from '@desk/shared/identity/roles'
import { type PendingWork, teamBlock, type TeamPerson } from '@desk/shared/identity/team'
import { type NewAuditEntry, recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import type { Actor, Attribution } from '../kernel/actor.ts'
import type { LeaverDuty } from '../kernel/leaver-duty.ts'
import { publish } from '../kernel/live-events.ts'
import { Refusal } from '../kernel/refusal.ts'
import { lockPeople, lockPerson } from './people.queries.ts'
import { dropPendingSignInsOf } from './profile.queries.ts'
import { endSessionsOf } from './sessions.queries.ts'
import {
  dropFactors,
  findTeamPerson,
  markRemoved,
  replaceRoles,
  setDisabled,
} from './team.queries.ts'

/** What changing the team works with. */
export interface TeamCall {
  readonly db: Db
  readonly actor: Actor
  readonly by: Attribution
  readonly leaverDuties: readonly LeaverDuty[]
}

/** What ended with a person's stay. */
export interface Departure {
  readonly endedSessions: number
  readonly voided: readonly PendingWork[]
}

/** Counts at the person's next call, on every Desk. */
export async function changeRoles(
  call: TeamCall,
  userId: string,
  roles: readonly Role[],
): Promise<void> {
  await changePerson(call, userId, async (trx, person) => {
    await replaceRoles(trx, userId, { roles, at: call.by.at })
    const change = { userId, before: person.roles, after: roles }
    for (const duty of call.leaverDuties) await duty.rolesChanged?.(trx, change, call.by)
    const entry = { before: { roles: person.roles }, after: { roles: [...roles].toSorted() } }
    return { result: undefined, entry: { action: 'person.change_roles', ...entry } }
  })
}

/** Ends every session at once and voids what waits in the person's name; `enablePerson` takes it back. */
export async function disablePerson(call: TeamCall, userId: string): Promise<Departure> {
  return changePerson(call, userId, async (trx, person) => {
    if (person.state !== 'active') throw notActive(person)
    const result = await endStay(trx, call, { userId, because: 'disabled' })
    await setDisabled(trx, userId, call.by.at)
    return { result, entry: { action: 'person.disable', after: { ...result } } }
  })
}

export async function enablePerson(call: TeamCall, userId: string): Promise<void> {
  await changePerson(call, userId, async (trx, person) => {
    if (person.state !== 'disabled') {
      throw new Refusal('conflict', 'not_disabled', `${person.name} is not disabled.`)
    }
    await setDisabled(trx, userId, null)
    return { result: undefined, entry: { action: 'person.enable', after: { roles: person.roles } } }
  })
}

/** For good: the name stays in the history, and the e-mail address can be invited again. */
export async function removePerson(call: TeamCall, userId: string): Promise<Departure> {
  return changePerson(call, userId, async (trx, person) => {
    const result = await endStay(trx, call, { userId, because: 'removed' })
    await markRemoved(trx, userId, call.by.at)
    const entry = { before: { roles: person.roles, state: person.state }, after: { ...result } }
    return { result, entry: { action: 'person.remove', ...entry } }
  })
}

/** For somebody who lost their phone: their roles may ask them to add a factor when they come back. */
export async function resetFactors(call: TeamCall, userId: string): Promise<void> {
  await changePerson(call, userId, async (trx, person) => {
    const endedSessions = await resetFactorsOf(trx, userId, call.by.at)
    const entry = { before: { ...person.factors }, after: { endedSessions } }
    return { result: undefined, entry: { action: 'person.reset_factors', ...entry } }
  })
}

/** Answers how many sessions ended with the factors. */
export async function resetFactorsOf(trx: Trx, userId: string, at: Date): Promise<number> {
  await dropPendingSignInsOf(trx, userId)
  const ended = await endSessionsOf(trx, userId, { because: 'factors_changed', at })
  await dropFactors(trx, userId)
  return ended
}

interface Changed<T> {
  readonly result: T
  readonly entry: NewAuditEntry
}

/** Lock, judge, write, tell, audit. Refuses with `person_unknown` or `own_account`. */
export async function changePerson<T>(
  { db, actor, by }: TeamCall,
  userId: string,
  change: (trx: Trx, person: TeamPerson) => Promise<Changed<T>>,
): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await lockPeople(trx)
    await refuseFormerAdmin(trx, actor)
    await lockPerson(trx, userId)
    const person = await findTeamPerson(trx, userId)
    if (!person || person.state === 'removed') {
      throw new Refusal('not_found', 'person_unknown', 'There is nobody like this in the team.')
    }
    const own = await findTeamPerson(trx, actor.userId)
    const block = teamBlock(person, own ?? { userId: actor.userId, sameAs: null })
    if (block) throw new Refusal('conflict', 'own_account', block)
    const { result, entry } = await change(trx, person)
    await publish(trx, { kind: 'person.changed', userId: person.userId })
    const subject = { kind: 'person', id: userId, label: person.email } as const
    await recordAudit(trx, by, { subject, ...entry })
    return result
  })
}

/** Of two admins who remove each other the one who waited is nobody by now. */
export async function refuseFormerAdmin(
  trx: Trx,
  { userId }: Pick<Actor, 'userId'>,
): Promise<void> {
  const actor = await findTeamPerson(trx, userId)
  if (actor?.state === 'active' && permits(actor.roles, 'people:write')) return
  throw new Refusal('forbidden', 'not_admin', 'You are not an admin any more.')
}

async function endStay(
  trx: Trx,
  { by, leaverDuties }: TeamCall,
  { userId, because }: { readonly userId: string; readonly because: 'disabled' | 'removed' },
): Promise<Departure> {
  await dropPendingSignInsOf(trx, userId)
  const endedSessions = await endSessionsOf(trx, userId, { because, at: by.at })
  const voided: PendingWork[] = []
  for (const duty of leaverDuties) voided.push(...(await duty.release(trx, userId, by)))
  return { endedSessions, voided }
}

function notActive(person: TeamPerson): Refusal {
  return new Refusal('conflict', 'not_active', `${person.name} is ${person.state} already.`)
}
