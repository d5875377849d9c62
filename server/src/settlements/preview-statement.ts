import type { StatementPreview } from '@desk/shared/settlements/bank-statements'
import { type CsvMapping } from '@desk/shared/settlements/csv-mapping'
import type { MappedAccount } from './bank-accounts.ts'
import { csvLayout, guessMapping, sampleRows } from './statements/csv-layout.ts'
import { parseCsvStatement } from './statements/csv-statement.ts'
import { decodeText } from './statements/decode-text.ts'
import { isXml } from './statements/parse-statement.ts'

const previewedRows = 8
const cellCharactersMax = 200

/**
 * How the beginning of a file would be read: by the mapping asked for, else by the one remembered for its
 * headings, else by what they suggest. Throws `UnreadableStatement`.
 */
export function previewStatement(
  head: Uint8Array,
  account: MappedAccount,
  asked: CsvMapping | null,
): StatementPreview {
  const { text: whole, encoding } = decodeText(head, { isPart: true })
  if (isXml(whole)) return { format: 'camt.053' }
  // The last line may be cut.
  const text = whole.includes('\n') ? whole.slice(0, whole.lastIndexOf('\n')) : whole
  const layout = csvLayout(text)
  const rows = sampleRows(text, layout)
  const remembered = account.mappings[layout.fingerprint] ?? null
  const mapping = asked ?? remembered ?? guessMapping(layout, rows)
  const sample = [layout.head, ...rows].map((row) => row.text).join('\n')
  const read = mapping && parseCsvStatement(sample, mapping, account)
  return {
    format: 'csv',
    encoding,
    delimiter: layout.delimiter,
    fingerprint: layout.fingerprint,
    headings: layout.head.cells.map(shown),
    rows: rows.slice(0, previewedRows).map(({ cells }) => cells.map(shown)),
    mapping,
    isRemembered: asked === null && remembered !== null,
    read: (read?.lines ?? []).slice(0, previewedRows).map((line) => ({
      bookedOn: line.bookedOn,
      amountMinor: Number(line.amountMinor),
      reference: line.reference || line.description,
      counterparty: line.counterparty,
    })),
    unreadable: (read?.errors ?? []).slice(0, previewedRows).map(({ reason }) => reason),
  }
}

function shown(cell: string): string {
  return cell.trim().slice(0, cellCharactersMax)
}
