import * as z from 'zod/mini'
import { zoneName } from '../time/zone-schema.ts'
import { shortName } from './invitation.ts'
import { typedPassword } from './password.ts'

/** Six digits of an app, or a recovery code; read as people copy it. */
export const typedCode = z.string().check(z.minLength(1), z.maxLength(64))

export const confirmAuthenticatorInput = z.object({ code: typedCode })
/** `response` is the browser's own; it is read where it is judged. */
export const addPasskeyInput = z.object({ name: shortName, response: z.unknown() })
export const removePasskeyInput = z.object({
  id: z.string().check(z.minLength(1), z.maxLength(2_000)),
})
/** Null for the business zone. */
export const changeViewZoneInput = z.object({ zone: z.nullable(zoneName) })
export const changeNameInput = z.object({ name: shortName })
export const changePasswordInput = z.object({ current: typedPassword, next: typedPassword })
export const endSessionInput = z.object({ id: z.string().check(z.minLength(1), z.maxLength(64)) })

/** One's own account as the profile page shows it; instants are ISO 8601, UTC. */
export interface Profile {
  readonly name: string
  readonly email: string
  readonly hasPassword: boolean
  /** The roles ask for a second factor, so the last one cannot be removed. */
  readonly isFactorForced: boolean
  readonly authenticator: { readonly addedAt: string } | null
  readonly passkeys: readonly {
    readonly id: string
    readonly name: string
    readonly addedAt: string
    readonly lastUsedAt: string | null
    /** Copied to other devices of the person by their passkey provider. */
    readonly isBackedUp: boolean
  }[]
  readonly recoveryCodes: { readonly left: number; readonly madeAt: string } | null
}
