import type { Trx } from '../database.ts'
import { derivedKey, type Sealer, sealerFor } from '../kernel/sealed.ts'
import { stepsOfCode } from './authenticator.ts'
import { lockAuthenticator, setLastStep } from './authenticator.queries.ts'
import { takeRecoveryCode } from './recovery-codes.ts'

/** What second factors are kept with, each under a key of its own. */
export interface FactorKeys {
  /** For authenticator secrets; the holder is the person's id. */
  readonly sealer: Sealer
  /** For the hashes of recovery codes. */
  readonly codeKey: Uint8Array
}

export function factorKeys(encryptionKey: string | Uint8Array): FactorKeys {
  return {
    sealer: sealerFor(encryptionKey, 'authenticator'),
    codeKey: derivedKey(encryptionKey, 'desk recovery code v1'),
  }
}

export type CodeJudgement =
  | { readonly ok: true; readonly factor: 'authenticator' | 'recovery_code' }
  | { readonly ok: false; readonly because: 'wrong' | 'already_used' }

/**
 * Judges what a person typed, six digits of an app or a recovery code, and uses it up where it is
 * right; spaces, dashes and case do not matter. Counts only once the caller's transaction commits.
 */
export async function judgeCode(
  trx: Trx,
  keys: FactorKeys,
  given: { readonly userId: string; readonly code: string; readonly at: Date },
): Promise<CodeJudgement> {
  const { userId, at } = given
  const code = typedCode(given.code)
  if (isAuthenticatorCode(code)) {
    const because = await takeAuthenticatorCode(trx, keys, { userId, code, at })
    return because === 'taken' ? { ok: true, factor: 'authenticator' } : { ok: false, because }
  }
  const because = await takeRecoveryCode(trx, keys.codeKey, { userId, code, at })
  return because === 'taken' ? { ok: true, factor: 'recovery_code' } : { ok: false, because }
}

/** Without what people put in to read it better. */
export function typedCode(text: string): string {
  return text.replace(/[\s-]/g, '')
}

function isAuthenticatorCode(code: string): boolean {
  return /^[0-9]{6}$/.test(code)
}

/** A code is taken once, and no code is taken after one of a later step. */
async function takeAuthenticatorCode(
  trx: Trx,
  keys: FactorKeys,
  given: { readonly userId: string; readonly code: string; readonly at: Date },
): Promise<'taken' | 'wrong' | 'already_used'> {
  const held = await lockAuthenticator(trx, given.userId)
  if (!held || held.confirmedAt === null) return 'wrong'
  const { lastStep } = held
  const secret = keys.sealer.open(held.sealedSecret, given.userId)
  const steps = stepsOfCode(secret, given.code, given.at)
  // Now and then two steps share a code: with the later one the earlier is used up too.
  const step = steps.at(-1)
  if (step === undefined) return 'wrong'
  if (lastStep !== null && step <= lastStep) return 'already_used'
  await setLastStep(trx, given.userId, step)
  return 'taken'
}
