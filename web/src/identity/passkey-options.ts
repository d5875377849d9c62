import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import * as z from 'zod/mini'

/** The browser judges the rest itself; what it does not know it refuses. */
const challenged = z.looseObject({ challenge: z.string() })

/** What Desk asks a passkey to sign. */
export const passkeyQuestion = z.object({
  options: z.custom<PublicKeyCredentialRequestOptionsJSON>(isChallenged),
})

/** What Desk asks of a passkey to be made. */
export const passkeyWanted = z.object({
  options: z.custom<PublicKeyCredentialCreationOptionsJSON>(isChallenged),
})

function isChallenged(value: unknown): boolean {
  return z.safeParse(challenged, value).success
}
