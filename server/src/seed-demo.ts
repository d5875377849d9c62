import type { Db } from './database.ts'
import type { Gateway } from './gateway/gateway.ts'
import { demoEmails, seedDemoPeople } from './identity/demo-people.ts'
import { seedDemoWithdrawals } from './withdrawals/demo-withdrawals.ts'

/** Gives a demo its people, and once an address book and requests of theirs; anything else stays as it is. */
export async function seedDemo(demo: {
  readonly db: Db
  readonly gateway: Pick<Gateway, 'listWithdrawals'>
  readonly now: () => Date
  /** The business zone. */
  readonly zone: string
  readonly encryptionKey: Buffer
}): Promise<void> {
  await seedDemoPeople(demo.db, true, demo)
  await seedDemoWithdrawals({ ...demo, emails: demoEmails })
}
