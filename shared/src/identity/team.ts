import * as z from 'zod/mini'
import { needsSecondFactor } from './permissions.ts'
import type { Role } from './roles.ts'
import { role } from './role-schema.ts'
import { userId, type UserId } from './session.ts'

export const personInput = z.object({ userId })
export const setRolesInput = z.object({
  userId,
  roles: z.array(role).check(z.minLength(1, 'must be one at least')),
})

/** Another account of the same human, or of nobody else (null). */
export const samePersonInput = z.object({ userId, sameAs: z.nullable(userId) })

export type PersonState = 'active' | 'disabled' | 'removed'

/** A member of the team; instants are ISO 8601, UTC. */
export interface TeamPerson {
  readonly userId: UserId
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
  readonly state: PersonState
  readonly factors: { readonly authenticator: boolean; readonly passkeys: number }
  /** The roles ask for a second factor and there is none: the person can do nothing but add one. */
  readonly lacksFactor: boolean
  readonly lastSeenAt: string | null
  readonly joinedAt: string
  /** The first account of the same human, where this is another one of theirs. */
  readonly sameAs: { readonly userId: UserId; readonly name: string } | null
}

export interface TeamInvitation {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  readonly invitedBy: string
  readonly createdAt: string
  readonly expiresAt: string
  readonly isMailed: boolean
  readonly state: 'open' | 'expired'
}

/** Something that waits in a leaver's name and ends with them. */
export interface PendingWork {
  /** Such as `invitation`. */
  readonly kind: string
  readonly label: string
}

/** Who is behind an account: the first account of the same human, or itself. */
export function holderOf({ userId: id, sameAs }: Account): UserId {
  return sameAs?.userId ?? id
}

/**
 * Why `actor` may not change this person's access, in words for them, or null if they may. Whoever
 * changes others stays an admin, so there is always one. The server refuses by it and the team screen
 * disables by it.
 */
export function teamBlock(person: Account, actor: Account): string | null {
  if (person.userId === actor.userId) {
    return 'This is your own account. Another admin has to do it.'
  }
  if (holderOf(person) !== holderOf(actor)) return null
  return 'This is another account of yours. Another admin has to do it.'
}

type Account = Pick<TeamPerson, 'userId' | 'sameAs'>

export function lacksFactor(
  roles: readonly Role[],
  { authenticator, passkeys }: TeamPerson['factors'],
): boolean {
  return needsSecondFactor(roles) && !authenticator && passkeys === 0
}
