import { Refusal } from '../kernel/refusal.ts'
import { authenticatorUri, newAuthenticatorSecret, stepsOfCode } from './authenticator.ts'
import {
  confirmNewAuthenticator,
  deleteAuthenticator,
  keepNewAuthenticator,
  lockAuthenticator,
} from './authenticator.queries.ts'
import {
  changeOwn,
  endOtherEntries,
  type ProfileCall,
  recoveryCodesEntry,
  settleNewFactor,
  settleRemovedFactor,
} from './profile-call.ts'
import { typedCode } from './second-factors.ts'

/**
 * A new secret, told this once (base32, and as the `otpauth:` link of a QR code). It counts from its
 * first code on; an app in use stays in use till then.
 */
export async function startAuthenticator(
  call: ProfileCall,
): Promise<{ secret: string; uri: string }> {
  const { actor, by, factorKeys } = call
  const secret = newAuthenticatorSecret()
  const sealedSecret = factorKeys.sealer.seal(secret, actor.userId)
  await changeOwn(call, async (trx) => {
    await keepNewAuthenticator(trx, { userId: actor.userId, sealedSecret, at: by.at })
    return { result: undefined, entries: [] }
  })
  return { secret, uri: authenticatorUri(secret, actor.email) }
}

/**
 * Puts the app into use whose code this is and ends the other sessions. Refuses with
 * `authenticator_not_started` or `code_wrong`.
 */
export async function confirmAuthenticator(
  call: ProfileCall,
  code: string,
): Promise<{ recoveryCodes: string[] | null }> {
  const { actor, by, factorKeys } = call
  const { userId } = actor
  return changeOwn(call, async (trx) => {
    const endedSessions = await endOtherEntries(trx, call, 'factors_changed')
    const held = await lockAuthenticator(trx, userId)
    const isReplacing = held !== undefined && held.confirmedAt !== null
    const sealedSecret = isReplacing ? held.nextSealedSecret : held?.sealedSecret
    if (!sealedSecret) {
      throw new Refusal(
        'conflict',
        'authenticator_not_started',
        'No app is being added. Begin with the QR code again.',
      )
    }
    const secret = factorKeys.sealer.open(sealedSecret, userId)
    const step = stepsOfCode(secret, typedCode(code), by.at).at(-1)
    if (step === undefined) {
      throw new Refusal(
        'invalid',
        'code_wrong',
        'This code is not right. Take the one the app shows now, and check the clock of your phone.',
      )
    }
    await confirmNewAuthenticator(trx, { userId, sealedSecret, step, at: by.at })
    const settled = await settleNewFactor(trx, call, 'authenticator')
    return {
      result: settled,
      entries: [
        { action: 'factor.add_authenticator', after: { isReplacing, endedSessions } },
        ...recoveryCodesEntry(settled.recoveryCodes),
      ],
    }
  })
}

/** Ends the other sessions too. Refuses with `authenticator_unknown` or `last_factor`. */
export async function removeAuthenticator(call: ProfileCall): Promise<void> {
  await changeOwn(call, async (trx, owner) => {
    const endedSessions = await endOtherEntries(trx, call, 'factors_changed')
    if (!(await deleteAuthenticator(trx, call.actor.userId))) {
      throw new Refusal('not_found', 'authenticator_unknown', 'There is no app to remove.')
    }
    await settleRemovedFactor(trx, call, owner)
    return {
      result: undefined,
      entries: [{ action: 'factor.remove_authenticator', after: { endedSessions } }],
    }
  })
}
