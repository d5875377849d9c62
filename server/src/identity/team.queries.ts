import { sql } from 'kysely'
import * as z from 'zod'
import type { Role } from '@desk/shared/identity/roles'
import { role } from '@desk/shared/identity/role-schema'
import { userId } from '@desk/shared/identity/session'
import { lacksFactor, type PersonState, type TeamPerson } from '@desk/shared/identity/team'
import type { Db, Trx } from '../database.ts'

/** Everybody who is or was here: who works here first, by name. */
export async function readTeam(db: Db): Promise<TeamPerson[]> {
  const rows = await peopleWithState(db).orderBy('person.name').execute()
  const order: Record<PersonState, number> = { active: 0, disabled: 1, removed: 2 }
  return rows.map(teamPerson).toSorted((a, b) => order[a.state] - order[b.state])
}

export async function findTeamPerson(db: Db, id: string): Promise<TeamPerson | undefined> {
  const row = await peopleWithState(db).where('person.id', '=', id).executeTakeFirst()
  return row && teamPerson(row)
}

export async function replaceRoles(
  trx: Trx,
  id: string,
  { roles, at }: { readonly roles: readonly Role[]; readonly at: Date },
): Promise<void> {
  await trx
    .deleteFrom('person_role')
    .where('user_id', '=', id)
    .$if(roles.length > 0, (query) => query.where('role', 'not in', roles))
    .execute()
  if (roles.length === 0) return
  await trx
    .insertInto('person_role')
    .values(roles.map((held) => ({ user_id: id, role: held, granted_at: at })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function setDisabled(trx: Trx, id: string, at: Date | null): Promise<void> {
  await trx.updateTable('person').set({ disabled_at: at }).where('id', '=', id).execute()
}

/**
 * The name stays for history; every way in goes, and the e-mail address is free again. The link to an
 * identity at the provider stays: by it single sign-on knows whom not to take for somebody new.
 */
export async function markRemoved(trx: Trx, id: string, at: Date): Promise<void> {
  await dropFactors(trx, id)
  for (const table of ['password', 'person_role'] as const) {
    await trx.deleteFrom(table).where('user_id', '=', id).execute()
  }
  await trx.updateTable('person').set({ removed_at: at }).where('id', '=', id).execute()
}

/** Authenticator, passkeys and recovery codes. */
export async function dropFactors(trx: Trx, id: string): Promise<void> {
  for (const table of ['authenticator', 'passkey', 'recovery_code'] as const) {
    await trx.deleteFrom(table).where('user_id', '=', id).execute()
  }
}

export async function countOpenSessions(db: Db, id: string, now: Date): Promise<number> {
  const { count } = await db
    .selectFrom('session')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('user_id', '=', id)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow()
  return count
}

/** Accounts that named this one as their first one follow it to its own, so that there is one first account for all. */
export async function markSamePerson(trx: Trx, id: string, first: string | null): Promise<void> {
  await trx.updateTable('person').set({ same_as: first }).where('id', '=', id).execute()
  if (first === null) return
  await trx
    .updateTable('person')
    .set({ same_as: first })
    .where('same_as', '=', id)
    .where('id', '<>', first)
    .execute()
}

const rolesIn = z.array(role)

function peopleWithState(db: Db) {
  return db
    .selectFrom('person')
    .leftJoin('person as first', 'first.id', 'person.same_as')
    .select((eb) => [
      'person.id',
      'person.name',
      'person.email',
      'person.created_at as joinedAt',
      'person.disabled_at as disabledAt',
      'person.removed_at as removedAt',
      'first.id as firstId',
      'first.name as firstName',
      sql<string[]>`array(${eb
        .selectFrom('person_role')
        .select('role')
        .whereRef('person_role.user_id', '=', 'person.id')
        .orderBy('role')})`.as('roles'),
      sql<boolean>`exists(select from authenticator a where a.user_id = person.id and a.confirmed_at is not null)`.as(
        'authenticator',
      ),
      sql<number>`(select count(*)::int from passkey k where k.user_id = person.id)`.as('passkeys'),
      sql<Date | null>`(select max(s.last_used_at) from session s where s.user_id = person.id)`.as(
        'lastSeenAt',
      ),
    ])
}

type Row = Awaited<ReturnType<ReturnType<typeof peopleWithState>['executeTakeFirstOrThrow']>>

function teamPerson(row: Row): TeamPerson {
  const roles = rolesIn.parse(row.roles)
  const factors = { authenticator: row.authenticator, passkeys: row.passkeys }
  return {
    userId: userId.parse(row.id),
    name: row.name,
    email: row.email,
    roles,
    state: stateOf(row),
    factors,
    lacksFactor: lacksFactor(roles, factors),
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    joinedAt: row.joinedAt.toISOString(),
    sameAs:
      row.firstId === null
        ? null
        : { userId: userId.parse(row.firstId), name: row.firstName ?? '' },
  }
}

export function stateOf(row: {
  readonly disabledAt: Date | null
  readonly removedAt: Date | null
}): PersonState {
  if (row.removedAt !== null) return 'removed'
  return row.disabledAt === null ? 'active' : 'disabled'
}
