import { randomUUID } from 'node:crypto'
import { type BankAccount } from '@desk/shared/settlements/bank-statements'
import type { AddBankAccountInput } from '@desk/shared/settlements/bank-input'
import { type CsvMapping, csvMappings } from '@desk/shared/settlements/csv-mapping'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import type { Actor, Attribution } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusal.ts'
import { plainIdentifier } from './statements/parsed-statement.ts'

/** What somebody changes in banks, and who. */
export interface BankCall {
  readonly db: Db
  readonly by: Attribution & { readonly actor: Pick<Actor, 'userId' | 'name' | 'email'> }
}

export async function readBankAccounts(db: Db): Promise<readonly BankAccount[]> {
  return db
    .selectFrom('bank_account')
    .select(['id', 'name', 'identifier', 'currency'])
    .orderBy('name')
    .orderBy('id')
    .limit(200)
    .execute()
}

export interface MappedAccount extends BankAccount {
  readonly mappings: Readonly<Record<string, CsvMapping>>
}

/** Refuses with `bank_account_unknown`. */
export async function readBankAccount(db: Db, id: string): Promise<MappedAccount> {
  const row = await db
    .selectFrom('bank_account')
    .select(['id', 'name', 'identifier', 'currency', 'csv_mappings'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) throw new Refusal('not_found', 'bank_account_unknown', 'There is no such account.')
  const { csv_mappings: mappings, ...account } = row
  // What an older Desk remembered in another shape is asked again.
  const read = csvMappings.safeParse(mappings)
  return { ...account, mappings: read.success ? read.data : {} }
}

/** Adds an account that SpacePay pays to. Refuses with `bank_account_known`. */
export async function addBankAccount(
  { db, by }: BankCall,
  input: AddBankAccountInput,
): Promise<BankAccount> {
  const identifier = plainIdentifier(input.identifier)
  const account = { id: randomUUID(), name: input.name, identifier, currency: input.currency }
  return db.transaction().execute(async (trx) => {
    const added = await trx
      .insertInto('bank_account')
      .values({ ...account, created_by: by.actor.userId, created_at: by.at })
      .onConflict((conflict) => conflict.column('identifier').doNothing())
      .executeTakeFirst()
    if (added.numInsertedOrUpdatedRows !== 1n) {
      const message = `Desk has an account with the number ${identifier} already.`
      throw new Refusal('conflict', 'bank_account_known', message)
    }
    await recordAudit(trx, by, {
      action: 'bank.add_account',
      subject: { kind: 'bank_account', id: account.id, label: account.name },
      after: { name: account.name, identifier, currency: account.currency },
    })
    return account
  })
}

/** So many kinds of files are remembered for an account; the newest push the oldest out. */
const mappingsMax = 20

/** Remembers for the next file with the same headings. */
export async function rememberMapping(
  trx: Trx,
  account: MappedAccount,
  { fingerprint, mapping }: { readonly fingerprint: string; readonly mapping: CsvMapping },
): Promise<void> {
  const others = Object.entries(account.mappings).filter(([known]) => known !== fingerprint)
  const mappings = Object.fromEntries([...others.slice(1 - mappingsMax), [fingerprint, mapping]])
  await trx
    .updateTable('bank_account')
    .set({ csv_mappings: JSON.stringify(mappings) })
    .where('id', '=', account.id)
    .execute()
}
