import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** Which second factors a person holds. */
export interface Factors {
  readonly hasAuthenticator: boolean
  readonly passkeys: number
  readonly recoveryCodesLeft: number
}

export async function readFactors(db: Db, userId: string): Promise<Factors> {
  const { rows } = await sql<Factors>`
    select
      exists(select from authenticator where user_id = ${userId} and confirmed_at is not null) as "hasAuthenticator",
      (select count(*)::int from passkey where user_id = ${userId}) as passkeys,
      (select count(*)::int from recovery_code where user_id = ${userId} and used_at is null) as "recoveryCodesLeft"
  `.execute(db)
  return rows[0] ?? { hasAuthenticator: false, passkeys: 0, recoveryCodesLeft: 0 }
}

/** What the sign-in page offers, the safest first; empty for people without a second factor. */
export function secondFactorsOf({
  hasAuthenticator,
  passkeys,
  recoveryCodesLeft,
}: Factors): readonly ('authenticator' | 'passkey' | 'recovery_code')[] {
  if (!hasAuthenticator && passkeys === 0) return []
  return [
    ...(passkeys > 0 ? (['passkey'] as const) : []),
    ...(hasAuthenticator ? (['authenticator'] as const) : []),
    ...(recoveryCodesLeft > 0 ? (['recovery_code'] as const) : []),
  ]
}
