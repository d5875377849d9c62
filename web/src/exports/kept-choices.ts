import { type ExportFormat, exportFormats } from '@desk/shared/exports/payment-export'
import { readKept } from '../ui/kept-json.ts'

/** How somebody likes their files; the next export begins with it. */
export interface ExportChoices {
  readonly format: ExportFormat
  /** The columns that the list shows, or all there are. */
  readonly columns: 'list' | 'full'
  /** Null is the business zone. */
  readonly timesZone: string | null
  readonly hasMark: boolean
}

const usual: ExportChoices = { format: 'xlsx', columns: 'full', timesZone: null, hasMark: true }
const KEY = 'desk.exports.choices'

export function keptChoices(): ExportChoices {
  const kept = readKept(KEY)
  const read = new Map<string, unknown>(
    typeof kept === 'object' && kept !== null ? Object.entries(kept) : [],
  )
  const zone = read.get('timesZone')
  return {
    format: exportFormats.find((format) => format === read.get('format')) ?? usual.format,
    columns: read.get('columns') === 'list' ? 'list' : usual.columns,
    timesZone: typeof zone === 'string' ? zone : null,
    hasMark: read.get('hasMark') !== false,
  }
}

export function keepChoices(choices: ExportChoices): void {
  localStorage.setItem(KEY, JSON.stringify(choices))
}
