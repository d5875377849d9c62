import { hashPassword, verifyPassword } from 'better-auth/crypto'
import { Refusal } from '../kernel/refusal.ts'
import { newPasswordBlock } from './password-rules.ts'
import { changeOwn, endOtherEntries, type ProfileCall, recoveryCodesEntry } from './profile-call.ts'
import { findPasswordHash } from './people.queries.ts'
import { readViewZone, renamePerson, replacePassword, setViewZone } from './profile.queries.ts'
import { forgiveAttempt, takeAttempt } from './rate-limits.ts'
import { readFactors } from './factors.queries.ts'
import { makeRecoveryCodes } from './recovery-codes.ts'

const PASSWORD_ATTEMPTS_MAX = 5

export async function changeName(call: ProfileCall, name: string): Promise<void> {
  const { userId, name: before } = call.actor
  if (name === before) return
  await changeOwn(call, async (trx) => {
    await renamePerson(trx, userId, name)
    return {
      result: undefined,
      entries: [{ action: 'person.change_name', before: { name: before }, after: { name } }],
    }
  })
}

/** In which zone times are shown to them, null for the business zone; which day something is on stays. */
export async function changeViewZone(call: ProfileCall, zone: string | null): Promise<void> {
  const { userId } = call.actor
  await changeOwn(call, async (trx) => {
    const before = await readViewZone(trx, userId)
    if (zone === before) return { result: undefined, entries: [] }
    await setViewZone(trx, userId, zone)
    return {
      result: undefined,
      entries: [{ action: 'person.change_view_zone', before: { zone: before }, after: { zone } }],
    }
  })
}

/**
 * Ends the other sessions. Refuses with `password_wrong`, `password_weak`, `password_same`,
 * `no_password` for people who sign in by single sign-on alone, `held_back` after too many attempts in
 * this session, or `password_changed` where another session was faster.
 */
export async function changePassword(
  call: ProfileCall,
  { current, next }: { readonly current: string; readonly next: string },
): Promise<void> {
  const { db, actor, by } = call
  const { userId } = actor
  const hash = await findPasswordHash(db, userId)
  if (hash === null) {
    throw new Refusal(
      'conflict',
      'no_password',
      'You sign in by single sign-on, without a password.',
    )
  }
  // By session: whoever took one over cannot keep its owner from changing the password elsewhere.
  const bucket = {
    kind: 'password-change',
    of: actor.sessionId,
    max: PASSWORD_ATTEMPTS_MAX,
    onSuccess: 'clear',
  } as const
  const waitSeconds = await takeAttempt(db, [bucket], by.at)
  if (waitSeconds !== null) {
    const minutes = Math.ceil(waitSeconds / 60)
    const message = `Too many attempts. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`
    throw new Refusal('rate_limited', 'held_back', message)
  }
  if (!(await verifyPassword({ hash, password: current }))) {
    throw new Refusal('invalid', 'password_wrong', 'The current password is not right.')
  }
  await forgiveAttempt(db, [bucket], by.at)
  if (next === current) {
    throw new Refusal('invalid', 'password_same', 'This is the password you have already.')
  }
  const block = await newPasswordBlock(next, actor)
  if (block !== null) throw new Refusal('invalid', 'password_weak', block)
  const nextHash = await hashPassword(next)
  await changeOwn(call, async (trx) => {
    const endedSessions = await endOtherEntries(trx, call, 'password_changed')
    if (!(await replacePassword(trx, userId, { from: hash, to: nextHash, at: by.at }))) {
      throw new Refusal('conflict', 'password_changed', 'The password was changed just now.')
    }
    return {
      result: undefined,
      entries: [{ action: 'person.change_password', after: { endedSessions } }],
    }
  })
}

/** Ten new codes; the old ones are void. Refuses with `no_factor` where they would stand in for nothing. */
export async function renewRecoveryCodes(call: ProfileCall): Promise<{ recoveryCodes: string[] }> {
  const { actor, by, factorKeys } = call
  return changeOwn(call, async (trx) => {
    const { hasAuthenticator, passkeys } = await readFactors(trx, actor.userId)
    if (!hasAuthenticator && passkeys === 0) {
      throw new Refusal('conflict', 'no_factor', 'Add an app or a passkey first.')
    }
    const { userId } = actor
    const recoveryCodes = await makeRecoveryCodes(trx, factorKeys.codeKey, { userId, at: by.at })
    return { result: { recoveryCodes }, entries: recoveryCodesEntry(recoveryCodes) }
  })
}
