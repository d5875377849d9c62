import { userId, type UserId } from '@desk/shared/identity/session'
import type { PersonState } from '@desk/shared/identity/team'
import type { Trx } from '../database.ts'
import { stateOf } from './team.queries.ts'

export interface LinkedPerson {
  readonly userId: UserId
  readonly name: string
  readonly email: string
  readonly state: PersonState
}

/** Whoever signed in as this identity before, even if they were removed since. */
export async function findLinkedPerson(
  trx: Trx,
  identity: { readonly issuer: string; readonly subject: string },
): Promise<LinkedPerson | undefined> {
  const found = await trx
    .selectFrom('single_sign_on')
    .innerJoin('person', 'person.id', 'single_sign_on.user_id')
    .select([
      'person.id',
      'person.name',
      'person.email',
      'person.disabled_at as disabledAt',
      'person.removed_at as removedAt',
    ])
    .where('single_sign_on.issuer', '=', identity.issuer)
    .where('single_sign_on.subject', '=', identity.subject)
    .executeTakeFirst()
  if (!found) return undefined
  return {
    userId: userId.parse(found.id),
    name: found.name,
    email: found.email,
    state: stateOf(found),
  }
}

/** Whether this person signs in as another identity of the issuer already. */
export async function hasLinkAt(trx: Trx, person: UserId, issuer: string): Promise<boolean> {
  const found = await trx
    .selectFrom('single_sign_on')
    .select('subject')
    .where('user_id', '=', person)
    .where('issuer', '=', issuer)
    .executeTakeFirst()
  return found !== undefined
}

/** An identity that was somebody's who was removed is this person's from now on. */
export async function linkPerson(
  trx: Trx,
  person: UserId,
  link: { readonly issuer: string; readonly subject: string; readonly at: Date },
): Promise<void> {
  const { issuer, subject, at } = link
  await trx
    .insertInto('single_sign_on')
    .values({ issuer, subject, user_id: person, linked_at: at })
    .onConflict((conflict) =>
      conflict.columns(['issuer', 'subject']).doUpdateSet({ user_id: person, linked_at: at }),
    )
    .execute()
}
