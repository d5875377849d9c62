import {
  journalAccounts,
  type JournalAccounts,
  usualAccounts,
} from '@desk/shared/settlements/journal-accounts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db } from '../database.ts'
import type { MonthCall } from './close-month.ts'

/** The accounts in force with the number of that answer; null where nobody has given one. */
export async function readAccounts(
  db: Db,
): Promise<{ readonly id: number | null; readonly accounts: JournalAccounts }> {
  const row = await db
    .selectFrom('journal_accounts')
    .select(['id', 'accounts'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row
    ? { id: row.id, accounts: journalAccounts.parse(row.accounts) }
    : { id: null, accounts: usualAccounts }
}

/** From now on files are booked to these; files that there are stay as they are. */
export async function setAccounts({ db, by }: MonthCall, accounts: JournalAccounts): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const before = await readAccounts(trx)
    await trx
      .insertInto('journal_accounts')
      .values({
        accounts: JSON.stringify(accounts),
        set_by: by.actor.userId,
        set_at: by.at,
      })
      .execute()
    await recordAudit(trx, by, {
      action: 'month.set_accounts',
      before: before.accounts,
      after: accounts,
    })
  })
}
