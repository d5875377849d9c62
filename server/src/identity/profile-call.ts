import { needsSecondFactor } from '@desk/shared/identity/permissions'
import type { SecondFactor } from '@desk/shared/identity/session'
import { type NewAuditEntry, recordAudit } from '../audit/record-audit.ts'
import type { Trx } from '../database.ts'
import type { Actor, Attribution } from '../kernel/actor.ts'
import { publish } from '../kernel/live-events.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Context } from '../kernel/trpc.ts'
import { readFactors } from './factors.queries.ts'
import { dropPendingSignInsOf, lockOwner, setSessionFactor } from './profile.queries.ts'
import { deleteRecoveryCodes, makeRecoveryCodes } from './recovery-codes.ts'
import { endSessionsOf } from './sessions.queries.ts'

/** What a change to one's own account works with: the call's context, once somebody is signed in. */
export type ProfileCall = Pick<Context, 'db' | 'factorKeys' | 'publicUrl'> & {
  readonly actor: Actor
  readonly by: Attribution
}

/** One change to one's own account and its entry in the audit log, together or not at all. */
export async function changeOwn<T>(
  { db, actor, by }: ProfileCall,
  change: (trx: Trx, owner: { readonly isFactorForced: boolean }) => Promise<OwnChange<T>>,
): Promise<T> {
  return db.transaction().execute(async (trx) => {
    const owner = await lockOwner(trx, actor)
    if (!owner) {
      throw new Refusal('conflict', 'session_over', 'This session is over. Sign in again.')
    }
    const { result, entries } = await change(trx, {
      isFactorForced: needsSecondFactor(owner.roles),
    })
    if (entries.length > 0) await publish(trx, { kind: 'person.changed', userId: actor.userId })
    const subject = { kind: 'person', id: actor.userId, label: actor.email } as const
    for (const entry of entries) await recordAudit(trx, by, { subject, ...entry })
    return result
  })
}

export interface OwnChange<T> {
  readonly result: T
  /** None where there was nothing to change. The subject is the person unless said otherwise. */
  readonly entries: readonly NewAuditEntry[]
}

/**
 * Ends whatever was let in by what is about to change: the other sessions, and sign-ins whose second
 * step is still to come. Comes before the factors are locked, in the order in which a step-up locks
 * them too. Answers how many sessions.
 */
export async function endOtherEntries(
  trx: Trx,
  { actor, by }: ProfileCall,
  because: 'factors_changed' | 'password_changed',
): Promise<number> {
  await dropPendingSignInsOf(trx, actor.userId)
  return endSessionsOf(trx, actor.userId, { because, at: by.at, except: actor.sessionId })
}

/** After a factor was added: this session has shown it, and with the first one come recovery codes. */
export async function settleNewFactor(
  trx: Trx,
  { actor, by, factorKeys }: ProfileCall,
  factor: SecondFactor,
): Promise<{ recoveryCodes: string[] | null }> {
  await setSessionFactor(trx, actor.sessionId, factor)
  const { recoveryCodesLeft } = await readFactors(trx, actor.userId)
  if (recoveryCodesLeft > 0) return { recoveryCodes: null }
  const { userId } = actor
  return { recoveryCodes: await makeRecoveryCodes(trx, factorKeys.codeKey, { userId, at: by.at }) }
}

/** After a factor was removed: recovery codes stand in for a factor, so without one they are void. */
export async function settleRemovedFactor(
  trx: Trx,
  { actor }: ProfileCall,
  { isFactorForced }: { readonly isFactorForced: boolean },
): Promise<void> {
  const { hasAuthenticator, passkeys } = await readFactors(trx, actor.userId)
  if (hasAuthenticator || passkeys > 0) return
  if (isFactorForced) {
    throw new Refusal(
      'conflict',
      'last_factor',
      'Your roles ask for a second factor. Add another one before you remove this one.',
    )
  }
  await deleteRecoveryCodes(trx, actor.userId)
}

/** The entry that goes with new recovery codes. */
export function recoveryCodesEntry(codes: readonly string[] | null): OwnChange<unknown>['entries'] {
  return codes === null
    ? []
    : [{ action: 'factor.make_recovery_codes', after: { codes: codes.length } }]
}
