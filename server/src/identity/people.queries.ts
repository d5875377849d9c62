import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Role } from '@desk/shared/identity/roles'
import { userId, type UserId } from '@desk/shared/identity/session'
import type { Db, Trx } from '../database.ts'
import { advisoryLocks } from '../kernel/advisory-locks.ts'

export interface NewPerson {
  readonly name: string
  readonly email: string
  /** Null for people who sign in by single sign-on alone. */
  readonly passwordHash: string | null
  readonly roles: readonly Role[]
}

/** Adds the person, their password and roles, unless somebody has that e-mail address already. */
export async function insertPerson(trx: Trx, person: NewPerson, at: Date): Promise<UserId | null> {
  const added = await trx
    .insertInto('person')
    .values({ id: randomUUID(), name: person.name, email: emailKey(person.email), created_at: at })
    .onConflict((conflict) => conflict.column('email').where('removed_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) return null
  if (person.passwordHash !== null) {
    await trx
      .insertInto('password')
      .values({ user_id: added.id, hash: person.passwordHash, changed_at: at })
      .execute()
  }
  if (person.roles.length > 0) {
    await trx
      .insertInto('person_role')
      .values(person.roles.map((role) => ({ user_id: added.id, role, granted_at: at })))
      .execute()
  }
  return userId.parse(added.id)
}

export interface SignInPerson {
  readonly userId: UserId
  readonly name: string
  readonly email: string
  readonly passwordHash: string | null
}

/** Who may sign in under this e-mail address; a disabled person is as unknown as anybody. */
export async function findSignInPerson(db: Db, email: string): Promise<SignInPerson | undefined> {
  const found = await db
    .selectFrom('person')
    .leftJoin('password', 'password.user_id', 'person.id')
    .select(['person.id', 'person.name', 'person.email', 'password.hash as passwordHash'])
    .where('person.email', '=', emailKey(email))
    .where('person.disabled_at', 'is', null)
    .where('person.removed_at', 'is', null)
    .executeTakeFirst()
  if (!found) return undefined
  const { id, ...person } = found
  return { ...person, userId: userId.parse(id) }
}

export async function findPasswordHash(db: Db, userId: string): Promise<string | null> {
  const found = await db
    .selectFrom('password')
    .select('hash')
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return found?.hash ?? null
}

/** One change to the team at a time: two admins cannot remove each other. Comes first in a transaction. */
export async function lockPeople(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${advisoryLocks.people})`.execute(trx)
}

/** Whether somebody could still run this Desk without this person. */
export async function hasOtherActiveAdmin(db: Db, userId: string): Promise<boolean> {
  return (await activeAdmins(db).where('person.id', '<>', userId).executeTakeFirst()) !== undefined
}

/**
 * Whether somebody can run this Desk: an admin with a way in. Single sign-on is one for everybody;
 * without it whoever came by it alone has none.
 */
export async function hasAdminWithWayIn(
  db: Db,
  { hasSingleSignOn }: { readonly hasSingleSignOn: boolean },
): Promise<boolean> {
  const admins = activeAdmins(db)
  const able = hasSingleSignOn
    ? admins
    : admins.innerJoin('password', 'password.user_id', 'person.id')
  return (await able.executeTakeFirst()) !== undefined
}

function activeAdmins(db: Db) {
  return db
    .selectFrom('person')
    .innerJoin('person_role', 'person_role.user_id', 'person.id')
    .select('person.id')
    .where('person_role.role', '=', 'admin')
    .where('person.disabled_at', 'is', null)
    .where('person.removed_at', 'is', null)
    .limit(1)
}

/** Keeps others from changing what this person is until the end of the transaction. */
export async function lockPerson(trx: Trx, id: string): Promise<void> {
  await trx.selectFrom('person').select('id').where('id', '=', id).forNoKeyUpdate().execute()
}

/**
 * Keeps the person as they are until the end of the transaction, so that nobody gets in while they are
 * disabled or their password or factors are changed. False for people who may not sign in by now, or
 * not with the password that was checked.
 */
export async function holdSignInPerson(
  trx: Trx,
  id: string,
  checkedHash?: string | null,
): Promise<boolean> {
  const held = await trx
    .selectFrom('person')
    .select('id')
    .where('id', '=', id)
    .where('disabled_at', 'is', null)
    .where('removed_at', 'is', null)
    .forShare()
    .executeTakeFirst()
  if (!held) return false
  return checkedHash === undefined || (await findPasswordHash(trx, id)) === checkedHash
}

/** Whoever has this e-mail address now, disabled or not. */
export async function findPersonByEmail(
  db: Db,
  email: string,
): Promise<{ userId: UserId; name: string; isDisabled: boolean } | undefined> {
  const found = await db
    .selectFrom('person')
    .select(['id', 'name', 'disabled_at as disabledAt'])
    .where('email', '=', emailKey(email))
    .where('removed_at', 'is', null)
    .executeTakeFirst()
  if (!found) return undefined
  return {
    userId: userId.parse(found.id),
    name: found.name,
    isDisabled: found.disabledAt !== null,
  }
}

/** Whether somebody who was removed had this e-mail address. */
export async function hasFormerPerson(db: Db, email: string): Promise<boolean> {
  const found = await db
    .selectFrom('person')
    .select('id')
    .where('email', '=', emailKey(email))
    .where('removed_at', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return found !== undefined
}

/** The form in which addresses are stored and compared. */
export function emailKey(email: string): string {
  return email.trim().toLowerCase()
}

/** Also of people who left: history still has to name them. */
export async function findPersonById(
  db: Db,
  id: string,
): Promise<{ userId: UserId; name: string; email: string } | undefined> {
  const found = await db
    .selectFrom('person')
    .select(['id', 'name', 'email'])
    .where('id', '=', id)
    .executeTakeFirst()
  return found && { userId: userId.parse(found.id), name: found.name, email: found.email }
}
