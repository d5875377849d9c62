/** `report` is a workbook of the month, `journal` its bookings as CSV. */
export const monthFileKinds = ['report', 'journal'] as const
export type MonthFileKind = (typeof monthFileKinds)[number]

/** What a file adds up to. Cents are exact integers. */
export interface MonthFileTotals {
  readonly rows: number
  readonly grossCents: number
  readonly netCents: number
  readonly adjustments: number
  /** Of a journal; zero in a report. */
  readonly debitCents: number
  readonly creditCents: number
}

/** How a file differs from the one before of the same month and kind. */
export interface MonthFileDifference {
  readonly isIdentical: boolean
  /** What moved, in words; empty where nothing did. */
  readonly moved: readonly string[]
}

/** One file of a closed month. Instants are ISO 8601 UTC. */
export interface MonthFile {
  readonly id: string
  readonly kind: MonthFileKind
  readonly state: 'queued' | 'done' | 'failed'
  readonly name: string | null
  readonly bytes: number | null
  /** Hex. */
  readonly sha256: string | null
  readonly totals: MonthFileTotals | null
  /** Null where there was none before, and while it is being made. */
  readonly difference: MonthFileDifference | null
  readonly error: string | null
  readonly requestedBy: { readonly id: string; readonly name: string }
  readonly requestedAt: string
}
