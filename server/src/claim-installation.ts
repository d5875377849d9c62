import type { Db } from './database.ts'
import { DatabasePreparationError } from './migrate/database-preparation-error.ts'

/**
 * The first start says whose database this is, the demo's or a shop's, and every later one has to agree:
 * simulated payments must not stand among real ones, nor people whose passwords everybody knows.
 */
export async function claimInstallation(
  db: Db,
  { isDemo, at }: { readonly isDemo: boolean; readonly at: Date },
): Promise<void> {
  await db
    .insertInto('installation')
    .values({ is_demo: isDemo, started_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const claimed = await db
    .selectFrom('installation')
    .select('is_demo as isDemo')
    .executeTakeFirstOrThrow()
  if (claimed.isDemo === isDemo) return
  throw new DatabasePreparationError(
    isDemo
      ? 'This database belongs to a Desk with a real SpacePay, and the demo would add people to it whose ' +
          'passwords everybody knows. Set SPACEPAY_BASE_URL and the other variables of the real one, or ' +
          'set DATABASE_URL or DESK_DATA_DIR to another place for the demo.'
      : 'This database holds the demo: simulated payments, and people whose passwords everybody knows. Set ' +
          'DATABASE_URL or DESK_DATA_DIR to another place for the real SpacePay.',
  )
}
