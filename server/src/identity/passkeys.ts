import { isIP } from 'node:net'
import {
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import type { Trx } from '../database.ts'
import { ownOrigins } from '../kernel/own-origins.ts'
import { assertion, judgeAssertion } from './passkey-answers.ts'
import {
  findPasskeyTransports,
  keepChallenge,
  lockPasskey,
  markPasskeyUsed,
  takeChallenge,
} from './passkeys.queries.ts'

/** A question to a passkey is answered within this time or asked again. */
export const CHALLENGE_MS = 5 * 60_000

/** What passkeys are bound to: one made for another site does not answer here. */
export interface PasskeySite {
  /** The host of the public address; `localhost` on loopback, since browsers take no IP address. */
  readonly rpId: string
  readonly origins: readonly string[]
  /** False where people reach Desk by an IP address: browsers make no passkeys for those. */
  readonly isPossible: boolean
}

export function passkeySite(publicUrl: URL): PasskeySite {
  const origins = [...ownOrigins(publicUrl)]
  const isLoopback = origins.length > 1
  const host = publicUrl.hostname
  return {
    rpId: isLoopback ? 'localhost' : host,
    origins,
    isPossible: isLoopback || isIP(host.replace(/^\[|\]$/g, '')) === 0,
  }
}

/** Who is asked for a passkey: the holder is a session or a pending sign-in. */
interface Asked {
  readonly holderId: string
  readonly userId: string
  readonly purpose: 'sign_in' | 'step_up'
  readonly at: Date
}

/** The question for the browser (`navigator.credentials.get`), which only one answer will fit. */
export async function passkeyRequest(
  trx: Trx,
  site: PasskeySite,
  asked: Asked,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { holderId, userId, purpose, at } = asked
  const options = await generateAuthenticationOptions({
    rpID: site.rpId,
    allowCredentials: await findPasskeyTransports(trx, userId),
    userVerification: 'required',
    timeout: CHALLENGE_MS,
  })
  const expiresAt = new Date(at.getTime() + CHALLENGE_MS)
  await keepChallenge(trx, { holderId, purpose, challenge: options.challenge, at, expiresAt })
  return options
}

/**
 * Judges the browser's answer to the last question this holder was asked. Right or wrong, the question
 * is used up, once the caller's transaction commits. `because` is for the audit log.
 */
export async function judgePasskey(
  trx: Trx,
  site: PasskeySite,
  answered: Asked & { readonly response: unknown },
): Promise<{ readonly ok: true } | { readonly ok: false; readonly because: string }> {
  const { userId, at } = answered
  const challenge = await takeChallenge(trx, answered)
  if (challenge === null) return no('no passkey was asked for, or too long ago')
  const read = assertion.safeParse(answered.response)
  if (!read.success) return no('the answer is none of a passkey')
  const { id } = read.data
  const passkey = await lockPasskey(trx, { id, userId })
  if (!passkey) return no('not a passkey of this person')
  const judged = await judgeAssertion(
    read.data,
    { id, publicKey: new Uint8Array(passkey.publicKey), counter: passkey.signCount },
    { challenge, ...site },
  )
  if (!judged.ok) return judged
  await markPasskeyUsed(trx, id, { ...judged, at })
  return { ok: true }
}

function no(because: string): { readonly ok: false; readonly because: string } {
  return { ok: false, because }
}
