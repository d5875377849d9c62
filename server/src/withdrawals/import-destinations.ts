import type { DestinationImport, ImportedRow } from '@desk/shared/withdrawals/destination-view'
import { type NewAuditEntry, recordAudit } from '../audit/record-audit.ts'
import type { Trx } from '../database.ts'
import { Refusal } from '../kernel/refusal.ts'
import { shortened } from '../kernel/storable-text.ts'
import { type ByPerson, proposeDestination } from './address-book.ts'
import type { BookCall } from './change-destination.ts'
import { type FileRow, readDestinationFile, readFileRow } from './destination-file.ts'

const SHOWN_CHARACTERS_MAX = 200

type Outcome = Pick<ImportedRow, 'outcome' | 'problem' | 'destinationId'>

/** Thrown to undo everything: a row is wrong. */
class Undone extends Error {
  override readonly name = 'Undone'
}

/**
 * Proposes every address in a CSV file, all in one transaction: where a row is wrong nothing is added, and each
 * row says what became of it. Refuses as `readDestinationFile`.
 */
export async function importDestinations(
  { db, by }: BookCall,
  text: string,
): Promise<DestinationImport> {
  const rows = readDestinationFile(text)
  const outcomes: Outcome[] = []
  try {
    await db.transaction().execute(async (trx) => {
      const entries = await proposeRows(trx, by, { rows, outcomes })
      if (outcomes.some(({ outcome }) => outcome === 'wrong')) throw new Undone()
      for (const entry of entries) await recordAudit(trx, by, entry)
    })
  } catch (error) {
    if (!(error instanceof Undone)) throw error
    return { added: 0, rows: shown(rows, outcomes.map(asWaiting)) }
  }
  const added = outcomes.filter(({ outcome }) => outcome === 'added').length
  return { added, rows: shown(rows, outcomes) }
}

/** Fills `outcomes` row by row; resolves to what the audit log is to be told in the end. */
async function proposeRows(
  trx: Trx,
  by: ByPerson,
  { rows, outcomes }: { readonly rows: readonly FileRow[]; readonly outcomes: Outcome[] },
): Promise<readonly NewAuditEntry[]> {
  const told: NewAuditEntry[] = []
  const lines = new Map<string, number>()
  for (const row of rows) {
    const { outcome, entries } = await proposeRow(trx, by, { row, lines })
    told.push(...entries)
    outcomes.push(outcome)
  }
  return told
}

interface Proposed {
  readonly outcome: Outcome
  readonly entries: readonly NewAuditEntry[]
}

async function proposeRow(
  trx: Trx,
  by: ByPerson,
  { row, lines }: { readonly row: FileRow; readonly lines: Map<string, number> },
): Promise<Proposed> {
  const { asked, problem } = readFileRow(row)
  if (asked === null) return wrong(problem)
  const key = `${asked.network} ${asked.address.toLowerCase()}`
  const earlier = lines.get(key)
  if (earlier !== undefined) return wrong(`Line ${earlier} has the same address.`)
  try {
    const { id, entries } = await proposeDestination(trx, by, asked)
    lines.set(key, row.line)
    const outcome = entries.length === 0 ? 'known' : 'added'
    return { outcome: { outcome, problem: null, destinationId: id }, entries }
  } catch (error) {
    // Said before anything was written, so the transaction can go on to the next row.
    if (error instanceof Refusal) return wrong(error.message)
    throw error
  }
}

function wrong(problem: string): Proposed {
  return { outcome: { outcome: 'wrong', problem, destinationId: null }, entries: [] }
}

function asWaiting(outcome: Outcome): Outcome {
  return outcome.outcome === 'added'
    ? { outcome: 'waits', problem: null, destinationId: null }
    : outcome
}

function shown(rows: readonly FileRow[], outcomes: readonly Outcome[]): readonly ImportedRow[] {
  return rows.flatMap(({ line, cells }, index) => {
    const outcome = outcomes[index]
    if (!outcome) return []
    return {
      line,
      network: shortened(cells.network, SHOWN_CHARACTERS_MAX),
      address: shortened(cells.address, SHOWN_CHARACTERS_MAX),
      label: shortened(cells.label, SHOWN_CHARACTERS_MAX),
      ...outcome,
    }
  })
}
