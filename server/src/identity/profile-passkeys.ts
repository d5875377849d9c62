import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
} from '@simplewebauthn/server'
import { Refusal } from '../kernel/refusal.ts'
import { judgeAttestation, passkeyAlgorithms } from './passkey-answers.ts'
import { CHALLENGE_MS, passkeySite } from './passkeys.ts'
import {
  deletePasskey,
  findPasskeyTransports,
  insertPasskey,
  keepChallenge,
  takeChallenge,
} from './passkeys.queries.ts'
import {
  changeOwn,
  endOtherEntries,
  type ProfileCall,
  recoveryCodesEntry,
  settleNewFactor,
  settleRemovedFactor,
} from './profile-call.ts'

/**
 * The question for the browser (`navigator.credentials.create`). Refuses with `passkeys_need_a_host`
 * where people reach Desk by an IP address.
 */
export async function passkeyOptions(
  call: ProfileCall,
): Promise<{ options: PublicKeyCredentialCreationOptionsJSON }> {
  const { db, actor, by } = call
  const site = passkeySite(call.publicUrl)
  if (!site.isPossible) {
    throw new Refusal(
      'conflict',
      'passkeys_need_a_host',
      'Browsers make no passkeys for an IP address. Use an app, or ask for a host name for Desk.',
    )
  }
  const options = await generateRegistrationOptions({
    rpName: 'SpacePay Desk',
    rpID: site.rpId,
    userID: new TextEncoder().encode(actor.userId),
    userName: actor.email,
    userDisplayName: actor.name,
    attestationType: 'none',
    supportedAlgorithmIDs: passkeyAlgorithms,
    excludeCredentials: await findPasskeyTransports(db, actor.userId),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
    timeout: CHALLENGE_MS,
  })
  await db.transaction().execute((trx) =>
    keepChallenge(trx, {
      holderId: actor.sessionId,
      purpose: 'enrol',
      challenge: options.challenge,
      at: by.at,
      expiresAt: new Date(by.at.getTime() + CHALLENGE_MS),
    }),
  )
  return { options }
}

/** Ends the other sessions too. Refuses with `passkey_wrong` or `passkey_known`. */
export async function addPasskey(
  call: ProfileCall,
  added: { readonly name: string; readonly response?: unknown },
): Promise<{ recoveryCodes: string[] | null }> {
  const { actor, by } = call
  const { userId } = actor
  const { name } = added
  const judged = await judgeAnswer(call, added.response)
  if (!judged.ok) {
    throw new Refusal(
      'invalid',
      'passkey_wrong',
      `This passkey was not accepted: ${judged.because}. Try again.`,
    )
  }
  return changeOwn(call, async (trx) => {
    const endedSessions = await endOtherEntries(trx, call, 'factors_changed')
    if (!(await insertPasskey(trx, judged.passkey, { userId, name, at: by.at }))) {
      throw new Refusal('conflict', 'passkey_known', 'This passkey is in use already.')
    }
    const settled = await settleNewFactor(trx, call, 'passkey')
    return {
      result: settled,
      entries: [
        {
          action: 'factor.add_passkey',
          after: { name, isBackedUp: judged.passkey.isBackedUp, endedSessions },
        },
        ...recoveryCodesEntry(settled.recoveryCodes),
      ],
    }
  })
}

/** Ends the other sessions too. Refuses with `passkey_unknown` or `last_factor`. */
export async function removePasskey(call: ProfileCall, id: string): Promise<void> {
  await changeOwn(call, async (trx, owner) => {
    const endedSessions = await endOtherEntries(trx, call, 'factors_changed')
    const removed = await deletePasskey(trx, { id, userId: call.actor.userId })
    if (!removed) throw new Refusal('not_found', 'passkey_unknown', 'This passkey is gone already.')
    await settleRemovedFactor(trx, call, owner)
    return {
      result: undefined,
      entries: [
        {
          action: 'factor.remove_passkey',
          before: { name: removed.name },
          after: { endedSessions },
        },
      ],
    }
  })
}

/** The question is used up before the answer is judged, and stays so whatever comes of it. */
async function judgeAnswer({ db, actor, by, publicUrl }: ProfileCall, response: unknown) {
  const asked = { holderId: actor.sessionId, purpose: 'enrol', at: by.at } as const
  const challenge = await db.transaction().execute((trx) => takeChallenge(trx, asked))
  if (challenge === null) {
    return { ok: false, because: 'it was not asked for, or too long ago' } as const
  }
  return judgeAttestation(response, { challenge, ...passkeySite(publicUrl) })
}
