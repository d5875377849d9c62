import { createHash } from 'node:crypto'
import { Secret } from 'otpauth'
import type { Trx } from '../database.ts'
import { isDemoEmail } from './demo-domain.ts'
import type { FactorKeys } from './second-factors.ts'

/**
 * The secret of a demo person's authenticator, in base32: always the same one, so that a demo can be
 * stepped through without a phone. No secret at all, hence for addresses of the demo domain only.
 */
export function demoAuthenticatorSecret(email: string): string {
  if (!isDemoEmail(email)) throw new Error('Only demo people have a secret that everybody knows.')
  const digest = createHash('sha256').update(`desk demo authenticator ${email}`).digest('hex')
  return Secret.fromHex(digest.slice(0, 40)).base32
}

/** Gives the demo person their authenticator, unless they use one. */
export async function giveDemoAuthenticator(
  trx: Trx,
  keys: FactorKeys,
  person: { readonly userId: string; readonly email: string; readonly at: Date },
): Promise<void> {
  const { userId, email, at } = person
  const sealed = keys.sealer.seal(demoAuthenticatorSecret(email), userId)
  await trx
    .insertInto('authenticator')
    .values({ user_id: userId, sealed_secret: sealed, created_at: at, confirmed_at: at })
    .onConflict((conflict) =>
      conflict
        .column('user_id')
        .doUpdateSet({ sealed_secret: sealed, created_at: at, confirmed_at: at })
        .where('authenticator.confirmed_at', 'is', null),
    )
    .execute()
}
