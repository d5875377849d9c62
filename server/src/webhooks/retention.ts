import { recordAudit } from '../audit/record-audit.ts'
import type { Db } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { publish } from '../kernel/live-events.ts'

/** For how many months exact bytes are kept. */
export async function readRetention(db: Db): Promise<number> {
  const { months } = await db
    .selectFrom('webhook_retention')
    .select('months')
    .executeTakeFirstOrThrow()
  return months
}

/** What is older goes with the next daily round, not at once. */
export async function setRetention(db: Db, months: number, by: Attribution): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await trx
      .selectFrom('webhook_retention')
      .select('months')
      .forUpdate()
      .executeTakeFirstOrThrow()
    await trx.updateTable('webhook_retention').set({ months }).execute()
    await publish(trx, { kind: 'webhook_secrets.changed' })
    await recordAudit(trx, by, {
      action: 'webhook.set_retention',
      before: { months: before.months },
      after: { months },
    })
  })
}
