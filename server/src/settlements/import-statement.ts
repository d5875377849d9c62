import { createHash, randomUUID } from 'node:crypto'
import type { StatementUpload } from '@desk/shared/settlements/bank-input'
import type { ImportedStatement } from '@desk/shared/settlements/bank-statements'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import { publish } from '../kernel/live-events.ts'
import { Refusal } from '../kernel/refusal.ts'
import { enqueue } from '../outbox/enqueue.ts'
import {
  type BankCall,
  type MappedAccount,
  readBankAccount,
  rememberMapping,
} from './bank-accounts.ts'
import type { BankLineValues } from './statements/bank-line-values.ts'
import { UnreadableStatement } from './statements/parsed-statement.ts'
import { readStatement } from './statements/read-statement.ts'
import type { StatementRows } from './statements/statement-rows.ts'

const batchSize = 1_000

/**
 * Keeps what a bank's file says, each line once, and has it matched soon after. Refuses with
 * `bank_account_unknown`, `statement_known` and `statement_unreadable`, and then keeps nothing.
 */
export async function importStatement(
  { db, by }: BankCall,
  upload: StatementUpload,
  bytes: Uint8Array,
): Promise<ImportedStatement> {
  const account = await readBankAccount(db, upload.account)
  const sha256 = createHash('sha256').update(bytes).digest()
  await refuseKnown(db, account, sha256)
  const parsed = await readOrRefuse(bytes, account, upload)
  return db.transaction().execute(async (trx) => {
    await lockAccount(trx, account)
    await refuseKnown(trx, account, sha256)
    const fresh = await withoutKnown(trx, account, parsed.rows)
    const imported = {
      id: randomUUID(),
      lines: fresh.length,
      duplicates: parsed.rows.length - fresh.length,
      errors: parsed.errorCount,
    }
    await insertStatement(trx, { ...imported, account, upload, sha256, parsed, bytes, by })
    for (let at = 0; at < fresh.length; at += batchSize) {
      await trx
        .insertInto('bank_line')
        .values(
          fresh.slice(at, at + batchSize).map((line) => ({
            ...line,
            duplicate_key: Buffer.from(line.duplicate_key, 'hex'),
            account_id: account.id,
            statement_id: imported.id,
          })),
        )
        .execute()
    }
    const { fingerprint } = parsed
    if (upload.mapping && fingerprint !== null) {
      await rememberMapping(trx, account, { fingerprint, mapping: upload.mapping })
    }
    await enqueue(trx, 'bank.match', [imported.id])
    await publish(trx, { kind: 'bank.changed' })
    const { id, ...counts } = imported
    await recordAudit(trx, by, {
      action: 'bank.import',
      subject: { kind: 'bank_statement', id, label: upload.fileName },
      after: { account: account.identifier, sha256: sha256.toString('hex'), ...counts },
    })
    return imported
  })
}

async function readOrRefuse(
  bytes: Uint8Array,
  account: MappedAccount,
  { mapping }: StatementUpload,
): Promise<StatementRows> {
  const { id, identifier, currency } = account
  try {
    return await readStatement({ bytes, account: { id, identifier, currency }, mapping })
  } catch (error) {
    if (!(error instanceof UnreadableStatement)) throw error
    throw new Refusal('invalid', 'statement_unreadable', error.message)
  }
}

async function refuseKnown(db: Db, account: MappedAccount, sha256: Buffer): Promise<void> {
  const known = await db
    .selectFrom('bank_statement as statement')
    .innerJoin('person', 'person.id', 'statement.imported_by')
    .select(['person.name', 'statement.imported_at', 'statement.lines'])
    .where('statement.account_id', '=', account.id)
    .where('statement.sha256', '=', sha256)
    .executeTakeFirst()
  if (!known) return
  const day = known.imported_at.toISOString().slice(0, 10)
  throw new Refusal(
    'conflict',
    'statement_known',
    `${known.name} imported this very file on ${day}; it brought ${known.lines} lines. Nothing was added.`,
  )
}

/** Two files at the same time would each think the lines they share new. */
async function lockAccount(trx: Trx, { id }: MappedAccount): Promise<void> {
  await trx.selectFrom('bank_account').select('id').where('id', '=', id).forUpdate().execute()
}

async function withoutKnown(
  trx: Trx,
  { id }: MappedAccount,
  values: readonly BankLineValues[],
): Promise<readonly BankLineValues[]> {
  const fresh: BankLineValues[] = []
  for (let at = 0; at < values.length; at += batchSize) {
    const batch = values.slice(at, at + batchSize)
    const rows = await trx
      .selectFrom('bank_line')
      .select('duplicate_key')
      .where('account_id', '=', id)
      .where(
        'duplicate_key',
        'in',
        batch.map(({ duplicate_key: key }) => Buffer.from(key, 'hex')),
      )
      .execute()
    const known = new Set(rows.map(({ duplicate_key: key }) => key.toString('hex')))
    fresh.push(...batch.filter(({ duplicate_key: key }) => !known.has(key)))
  }
  return fresh
}

interface NewStatement extends ImportedStatement {
  readonly account: MappedAccount
  readonly upload: StatementUpload
  readonly sha256: Buffer
  readonly parsed: StatementRows
  readonly bytes: Uint8Array
  readonly by: BankCall['by']
}

async function insertStatement(trx: Trx, told: NewStatement): Promise<void> {
  const { account, upload, parsed, by, id, lines, duplicates, errors } = told
  await trx
    .insertInto('bank_statement')
    .values({
      id,
      lines,
      duplicates,
      errors,
      account_id: account.id,
      file_name: upload.fileName,
      sha256: told.sha256,
      bytes: told.bytes.length,
      format: parsed.format,
      period_from: parsed.periodFrom,
      period_to: parsed.periodTo,
      opening_minor: minorOrNull(parsed.openingMinor),
      closing_minor: minorOrNull(parsed.closingMinor),
      imported_by: by.actor.userId,
      imported_at: by.at,
      row_errors: JSON.stringify(parsed.errors),
      notices: [...parsed.notices],
    })
    .execute()
}

function minorOrNull(minor: bigint | null): number | null {
  return minor === null ? null : Number(minor)
}
