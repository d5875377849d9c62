import { hashPassword } from 'better-auth/crypto'
import { roles, roleText } from '@desk/shared/identity/roles'
import type { Db } from '../database.ts'
import { DEMO_DOMAIN } from './demo-domain.ts'
import { insertPerson } from './people.queries.ts'

export const DEMO_PASSWORD = 'desk-demo-2026'

export const demoPeople = roles.map((role) => ({
  email: `${role}@${DEMO_DOMAIN}`,
  name: roleText[role].label,
  role,
}))

/**
 * Adds the demo people that are missing; those that exist stay as they are. `demo` must be what the
 * environment decided: everywhere else their password is known to the whole world.
 */
export async function seedDemoPeople(
  db: Db,
  demo: boolean,
  { now }: { readonly now: () => Date },
): Promise<void> {
  if (!demo) throw new Error('Demo people exist only where Desk started its own sandbox.')
  const emails = demoPeople.map(({ email }) => email)
  const present = await db
    .selectFrom('person')
    .select('email')
    .where('email', 'in', emails)
    .execute()
  if (present.length === emails.length) return
  // One hash for all: hashing is slow by design, and this password is no secret.
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  await db.transaction().execute(async (trx) => {
    for (const { role, ...person } of demoPeople) {
      await insertPerson(trx, { ...person, passwordHash, roles: [role] }, now())
    }
  })
}
