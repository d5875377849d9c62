import { randomUUID } from 'node:crypto'
import type { Role } from '@desk/shared/identity/roles'
import type { Trx } from '../database.ts'

export interface NewPerson {
  readonly name: string
  readonly email: string
  readonly passwordHash: string
  readonly roles: readonly Role[]
}

/** Adds the person, their password and roles, unless somebody has that e-mail address already. */
export async function insertPerson(trx: Trx, person: NewPerson, at: Date): Promise<boolean> {
  const added = await trx
    .insertInto('user')
    .values({
      id: randomUUID(),
      name: person.name,
      email: person.email.toLowerCase(),
      emailVerified: true,
      createdAt: at,
      updatedAt: at,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) return false
  await trx
    .insertInto('account')
    .values({
      id: randomUUID(),
      accountId: added.id,
      providerId: 'credential',
      userId: added.id,
      password: person.passwordHash,
      createdAt: at,
      updatedAt: at,
    })
    .execute()
  if (person.roles.length > 0) {
    await trx
      .insertInto('person_role')
      .values(person.roles.map((role) => ({ user_id: added.id, role, granted_at: at })))
      .execute()
  }
  return true
}
