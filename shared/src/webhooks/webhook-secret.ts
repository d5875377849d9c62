import * as z from 'zod/mini'
import { shortName } from '../identity/invitation.ts'

/** As SpacePay shows it once: what is not printable was copied wrongly. */
const secretValue = z
  .string()
  .check(
    z.trim(),
    z.regex(/^[\x21-\x7e]{12,200}$/, 'must be 12 to 200 letters, digits and signs without spaces'),
  )

const secretId = z.string().check(z.regex(/^[0-9a-f]{12}$/))
const instant = z.iso.datetime()

export const addSecretInput = z.object({ label: shortName, secret: secretValue })

export const rotateSecretInput = z.object({
  /** The one that is replaced. */
  id: secretId,
  label: shortName,
  secret: secretValue,
  /** ISO 8601: until then the old one verifies, too. */
  oldVerifiesUntil: instant,
})

export const endSecretInput = z.object({
  id: secretId,
  /** ISO 8601, now at the earliest; null: until somebody says otherwise. */
  verifiesUntil: z.nullable(instant),
})

export const retireSecretInput = z.object({ id: secretId })

/** Longer than SpacePay tries to deliver something, so that nothing on its way is refused. */
export const rotationDays = 7
/** An old secret that verifies for longer is no rotation. */
export const rotationDaysMax = 90

export type SecretState =
  /** It verifies what arrives. */
  | 'verifies'
  /** It does, until a day that somebody chose. */
  | 'ends'
  /** It does no more, and stays for proving what it signed. */
  | 'ended'
  /** It came from an environment that no longer names it. */
  | 'absent'

/** What screens know of a secret; never the secret. Instants are ISO 8601 UTC. */
export interface WebhookSecret {
  /** A short hash of it. */
  readonly id: string
  readonly label: string
  readonly lastFour: string
  readonly source: 'environment' | 'desk'
  readonly state: SecretState
  readonly addedAt: string
  /** Null for what came from the environment. */
  readonly addedBy: string | null
  readonly verifiesUntil: string | null
  readonly endedBy: string | null
  /** Deliveries it verified; a few seconds late. */
  readonly uses: number
  readonly lastUsedAt: string | null
}

interface SecretTerms {
  readonly source: WebhookSecret['source']
  /** Whether the environment of this Desk names it. */
  readonly isInEnvironment: boolean
  readonly verifiesUntil: Date | null
}

/** The end that somebody chose counts, whatever an environment still says. */
export function secretState(terms: SecretTerms, now: Date): SecretState {
  const { source, isInEnvironment, verifiesUntil } = terms
  if (verifiesUntil !== null && verifiesUntil <= now) return 'ended'
  if (source === 'environment' && !isInEnvironment) return 'absent'
  return verifiesUntil === null ? 'verifies' : 'ends'
}

export function isVerifying(state: SecretState): boolean {
  return state === 'verifies' || state === 'ends'
}
