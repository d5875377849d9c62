import { needsSecondFactor } from '@desk/shared/identity/permissions'
import type { Profile } from '@desk/shared/identity/profile'
import { findAuthenticatorDate } from './authenticator.queries.ts'
import { findPasskeys } from './passkeys.queries.ts'
import type { ProfileCall } from './profile-call.ts'
import { findPasswordHash } from './people.queries.ts'
import { findRecoveryCodes } from './profile.queries.ts'

export async function readProfile({ db, actor }: ProfileCall): Promise<Profile> {
  const { userId, name, email, roles } = actor
  const [passwordHash, authenticatorAt, passkeys, recoveryCodes] = await Promise.all([
    findPasswordHash(db, userId),
    findAuthenticatorDate(db, userId),
    findPasskeys(db, userId),
    findRecoveryCodes(db, userId),
  ])
  return {
    name,
    email,
    hasPassword: passwordHash !== null,
    isFactorForced: needsSecondFactor(roles),
    authenticator: authenticatorAt && { addedAt: authenticatorAt.toISOString() },
    passkeys: passkeys.map((passkey) => ({
      ...passkey,
      addedAt: passkey.addedAt.toISOString(),
      lastUsedAt: passkey.lastUsedAt?.toISOString() ?? null,
    })),
    recoveryCodes: recoveryCodes && {
      left: recoveryCodes.left,
      madeAt: recoveryCodes.madeAt.toISOString(),
    },
  }
}
