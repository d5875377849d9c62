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

/**
 * Why `actor` may not change this person's access, in words for them, or null if they may. Whoever
 * changes others stays an admin, so there is always one. The server refuses by it and the team screen
 * disables by it.
 */
export function teamBlock(person: Pick<TeamPerson, 'userId'>, actor: UserId): string | null {
  if (person.userId !== actor) return null
  return 'This is your own account. Another admin has to do it.'
}

export function lacksFactor(
  roles: readonly Role[],
  { authenticator, passkeys }: TeamPerson['factors'],
): boolean {
  return needsSecondFactor(roles) && !authenticator && passkeys === 0
}
