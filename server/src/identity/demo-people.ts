import { hashPassword } from 'better-auth/crypto'
import { roles, roleText } from '@desk/shared/identity/roles'
import type { Db } from '../database.ts'
import { DEMO_DOMAIN } from './demo-domain.ts'
import { giveDemoAuthenticator } from './demo-factors.ts'
import { insertPerson } from './people.queries.ts'
import { factorKeys } from './second-factors.ts'

export const DEMO_PASSWORD = 'desk-demo-2026'

export const demoPeople = roles.map((role) => ({
  email: `${role}@${DEMO_DOMAIN}`,
  name: roleText[role].label,
  role,
}))

/** Who is who among them. */
export const demoEmails = {
  finance: `finance@${DEMO_DOMAIN}`,
  approver: `approver@${DEMO_DOMAIN}`,
} as const

/**
 * Adds the demo people that are missing, and an authenticator to those without; all else stays as it
 * is. `demo` must be what the environment decided: everywhere else what they sign in with is known to
 * the whole world.
 */
export async function seedDemoPeople(
  db: Db,
  demo: boolean,
  { now, encryptionKey }: { readonly now: () => Date; readonly encryptionKey: string | Uint8Array },
): Promise<void> {
  if (!demo) throw new Error('Demo people exist only where Desk started its own sandbox.')
  const at = now()
  const missing = await missingDemoPeople(db)
  // One hash for all: hashing is slow by design, and this password is no secret.
  const passwordHash = missing.length > 0 ? await hashPassword(DEMO_PASSWORD) : null
  const keys = factorKeys(encryptionKey)
  await db.transaction().execute(async (trx) => {
    for (const { role, ...person } of missing) {
      await insertPerson(trx, { ...person, passwordHash, roles: [role] }, at)
    }
    for (const { id: userId, email, removedAt } of await presentDemoPeople(trx)) {
      if (removedAt === null) await giveDemoAuthenticator(trx, keys, { userId, email, at })
    }
  })
}

async function missingDemoPeople(db: Db) {
  const present = new Set((await presentDemoPeople(db)).map(({ email }) => email))
  return demoPeople.filter(({ email }) => !present.has(email))
}

/** Those who were removed since count too: they do not come back at the next start. */
async function presentDemoPeople(
  db: Db,
): Promise<{ id: string; email: string; removedAt: Date | null }[]> {
  return db
    .selectFrom('person')
    .select(['id', 'email', 'removed_at as removedAt'])
    .where(
      'email',
      'in',
      demoPeople.map(({ email }) => email),
    )
    .orderBy('id')
    .execute()
}
