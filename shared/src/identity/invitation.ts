import * as z from 'zod/mini'
import { storable } from '../text/storable.ts'
import { typedPassword } from './password.ts'
import type { Role } from './roles.ts'
import { role } from './role-schema.ts'

const emailAddress = z
  .email('is no e-mail address')
  .check(z.maxLength(254, 'must be at most 254 characters'), storable)

/** Of a person, or of something of theirs. */
export const shortName = z
  .string()
  .check(
    z.trim(),
    z.minLength(1, 'must not be empty'),
    z.maxLength(60, 'must be at most 60 characters'),
    storable,
  )

/** Whom an admin invites, and as what. */
export const inviteInput = z.object({
  email: emailAddress,
  name: shortName,
  roles: z.array(role).check(z.minLength(1, 'must be one at least')),
})

/** The part of an invitation's link after the `#`. */
export const invitationToken = z.string().check(z.minLength(1), z.maxLength(200))

export const lookInput = z.object({ token: invitationToken })

/** What the invited person says; `email` counts in the set-up of the first admin only. */
export const acceptInput = z.object({
  token: invitationToken,
  name: shortName,
  password: typedPassword,
  email: z.optional(emailAddress),
})

/** An open invitation as whoever holds its link sees it. */
export interface InvitationView {
  readonly kind: 'invitation' | 'setup'
  readonly email: string | null
  readonly name: string | null
  readonly roles: readonly Role[]
  /** ISO 8601, UTC. */
  readonly expiresAt: string
}
