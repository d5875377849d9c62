import { createHmac, randomInt } from 'node:crypto'
import type { Trx } from '../database.ts'

const CODES = 10
const LENGTH = 16
/** Crockford's base 32: no letter that reads like a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * Ten new codes of 80 random bits, grouped for reading; whatever codes the person had are void from
 * now on. Desk keeps their keyed hashes only, so this is the one time they can be shown.
 */
export async function makeRecoveryCodes(
  trx: Trx,
  codeKey: Uint8Array,
  { userId, at }: { readonly userId: string; readonly at: Date },
): Promise<string[]> {
  const codes = Array.from({ length: CODES }, newRecoveryCode)
  await deleteRecoveryCodes(trx, userId)
  await trx
    .insertInto('recovery_code')
    .values(
      codes.map((code) => ({
        user_id: userId,
        code_hash: recoveryCodeHash(codeKey, userId, code),
        created_at: at,
      })),
    )
    .execute()
  return codes
}

/**
 * Uses the code up. The row is found by its keyed hash, so nothing about other codes shows in the time
 * this takes, and of two uses at once the second waits for the first and then finds the code used.
 */
export async function takeRecoveryCode(
  trx: Trx,
  codeKey: Uint8Array,
  given: { readonly userId: string; readonly code: string; readonly at: Date },
): Promise<'taken' | 'wrong' | 'already_used'> {
  const { userId, code, at } = given
  const hash = recoveryCodeHash(codeKey, userId, code)
  const found = await trx
    .selectFrom('recovery_code')
    .select('used_at as usedAt')
    .where('user_id', '=', userId)
    .where('code_hash', '=', hash)
    .forUpdate()
    .executeTakeFirst()
  if (!found) return 'wrong'
  if (found.usedAt !== null) return 'already_used'
  await trx
    .updateTable('recovery_code')
    .set({ used_at: at })
    .where('user_id', '=', userId)
    .where('code_hash', '=', hash)
    .execute()
  return 'taken'
}

export async function deleteRecoveryCodes(trx: Trx, userId: string): Promise<void> {
  await trx.deleteFrom('recovery_code').where('user_id', '=', userId).execute()
}

/** Four groups of four, such as `7K3M-Q9TD-X0WB-4HRA`. */
function newRecoveryCode(): string {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)])
  return letters.join('').replace(/.{4}(?=.)/g, '$&-')
}

/** Read as people copy: any case, with or without dashes and spaces, O for 0, I or L for 1. */
function recoveryCodeHash(codeKey: Uint8Array, userId: string, code: string): string {
  const read = code.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  return createHmac('sha256', codeKey).update(`${userId}:${read}`).digest('base64url')
}
