import type { PaymentQuery } from '../payments/payment-query.ts'
import type { ControlTotals } from './control-totals.ts'
import type { ExportColumn } from './export-columns.ts'

export const exportFormats = ['csv', 'xlsx'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** `queued` waits for a worker, or to be tried again; the last three are ends. */
export const exportStates = ['queued', 'running', 'done', 'failed', 'cancelled'] as const
export type ExportState = (typeof exportStates)[number]

/** Days for which the file itself is kept; what was in it stays written down. */
export const FILE_DAYS = 30
/** Days for which a later run can be compared with it. */
export const COMPARABLE_DAYS = 400

/** One export as screens get it. Instants are ISO 8601 UTC. */
export interface PaymentExport {
  readonly id: string
  readonly query: PaymentQuery
  /** When the query's days begin, and the business day on which days that move along were counted. */
  readonly zone: string
  readonly cutOff: string
  readonly askedOn: string
  /** In which the file writes its times. */
  readonly timesZone: string
  readonly columnSet: number
  readonly columns: readonly ExportColumn[]
  readonly format: ExportFormat
  readonly hasMark: boolean
  readonly state: ExportState
  readonly rowsDone: number
  /** Exact; null until it is known. */
  readonly rowsExpected: number | null
  readonly file: ExportFile | null
  readonly totals: ControlTotals | null
  /** The moment whose payments it holds. */
  readonly snapshotAt: string | null
  /** The export that this one ran again. */
  readonly previousId: string | null
  /** Null where there is nothing to compare with. */
  readonly difference: ExportDifference | null
  /** Why it failed, in words. */
  readonly error: string | null
  readonly requestedBy: { readonly id: string; readonly name: string }
  readonly requestedAt: string
  readonly startedAt: string | null
  readonly finishedAt: string | null
}

export interface ExportFile {
  readonly name: string
  readonly bytes: number
  /** Hex. */
  readonly sha256: string
  /** When the file was deleted; null while it can be had. */
  readonly expiredAt: string | null
}

/** How many payments differ from the run before, exactly. */
export interface ExportDifference {
  readonly added: number
  /** No longer found by the same question. */
  readonly removed: number
  readonly changed: number
  /** How many of them are named one by one. */
  readonly listed: number
}

/** Changes that are named one by one. */
export const CHANGES_LISTED_MAX = 1_000

/** One payment that differs. */
export interface ExportChange {
  readonly number: number
  readonly paymentId: string
  readonly change: 'added' | 'removed' | 'changed'
  /** By column, as the files write it: before and after. Null is nothing; a payment that is gone has nothing after. */
  readonly fields: Readonly<Record<string, readonly [string | null, string | null]>>
}

export interface ExportChangePage {
  readonly changes: readonly ExportChange[]
  readonly isLast: boolean
}

export interface ExportPage {
  readonly exports: readonly PaymentExport[]
  readonly isLast: boolean
}

/** Whether it still goes on. */
export function isExportOpen({ state }: Pick<PaymentExport, 'state'>): boolean {
  return state === 'queued' || state === 'running'
}
