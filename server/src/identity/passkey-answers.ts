import {
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type WebAuthnCredential,
} from '@simplewebauthn/server'
import * as z from 'zod'
import type { NewPasskey } from './passkeys.queries.ts'

/** What an answer has to fit: the question, and where it was asked. */
export interface ExpectedAnswer {
  readonly challenge: string
  readonly rpId: string
  readonly origins: readonly string[]
}

/** EdDSA, ES256 and RS256 as COSE numbers them: what every runtime Desk starts on can verify. */
export const passkeyAlgorithms = [-8, -7, -257]

interface Refused {
  readonly ok: false
  /** For the audit log, not for the person. */
  readonly because: string
}

const text = z.base64url().min(1).max(20_000)
const credential = { id: text, rawId: text, type: z.literal('public-key') }

/** What `navigator.credentials.get` gives, as JSON. Extensions say nothing that is used here. */
export const assertion = z
  .object({
    ...credential,
    response: z.object({ clientDataJSON: text, authenticatorData: text, signature: text }),
  })
  .transform((answer) => ({ ...answer, clientExtensionResults: {} }))

/** What `navigator.credentials.create` gives, as JSON. */
const attestation = z
  .object({
    ...credential,
    response: z.object({
      clientDataJSON: text,
      attestationObject: text,
      transports: z.array(z.string().max(20)).max(10).default([]),
    }),
  })
  .transform((answer) => ({ ...answer, clientExtensionResults: {} }))

/** Whether this passkey signed this question just now, for this site, after checking its owner. */
export async function judgeAssertion(
  answer: z.infer<typeof assertion>,
  passkey: WebAuthnCredential,
  { challenge, rpId, origins }: ExpectedAnswer,
): Promise<
  Refused | { readonly ok: true; readonly signCount: number; readonly isBackedUp: boolean }
> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: [...origins],
      expectedRPID: rpId,
      credential: passkey,
      requireUserVerification: true,
    })
    if (!verified) return { ok: false, because: 'the signature is wrong' }
    const { newCounter, credentialBackedUp } = authenticationInfo
    return { ok: true, signCount: newCounter, isBackedUp: credentialBackedUp }
  } catch (error) {
    return refusedFor(error)
  }
}

/** The passkey that was made in answer to this question, for this site, after checking its owner. */
export async function judgeAttestation(
  response: unknown,
  { challenge, rpId, origins }: ExpectedAnswer,
): Promise<Refused | { readonly ok: true; readonly passkey: NewPasskey }> {
  const read = attestation.safeParse(response)
  if (!read.success) return { ok: false, because: 'the answer is none of a passkey' }
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: read.data,
      expectedChallenge: challenge,
      expectedOrigin: [...origins],
      expectedRPID: rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: passkeyAlgorithms,
    })
    if (!verified) return { ok: false, because: 'the attestation is wrong' }
    const { credential: made, credentialBackedUp } = registrationInfo
    return {
      ok: true,
      passkey: {
        id: made.id,
        publicKey: made.publicKey,
        signCount: made.counter,
        transports: read.data.response.transports,
        isBackedUp: credentialBackedUp,
      },
    }
  } catch (error) {
    return refusedFor(error)
  }
}

/**
 * The library answers hostile bytes by throwing, in no class of its own; nothing but its verification
 * runs where this is caught.
 */
function refusedFor(error: unknown): Refused {
  if (!(error instanceof Error)) throw error
  return { ok: false, because: error.message.slice(0, 300) }
}
