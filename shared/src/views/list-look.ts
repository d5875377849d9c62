import { type PaymentColumn, paymentColumns, readColumns } from '../payments/payment-column.ts'

/** Heights of a row in pixels. */
export const rowHeights = { comfortable: 40, compact: 32 } as const
export type Density = keyof typeof rowHeights

export const COLUMN_WIDTH_MIN = 64
export const COLUMN_WIDTH_MAX = 600

/** How one person likes the list of payments to look. */
export interface ListLook {
  /** Null until they chose: the usual ones, as far as the window has room. */
  readonly columns: readonly PaymentColumn[] | null
  /** Pixels; a column that is not named has its usual width. */
  readonly widths: Readonly<Partial<Record<PaymentColumn, number>>>
  readonly density: Density
}

export const usualLook: ListLook = { columns: null, widths: {}, density: 'comfortable' }

/** What somebody changed: parts that are left out stay as they are, and null takes a choice back. */
export interface ListLookChange {
  columns?: PaymentColumn[] | null | undefined
  widths?: Partial<Record<PaymentColumn, number | null>> | undefined
  density?: Density | undefined
}

/** A change from a place that people or other versions of Desk write to: what is none is left out. */
export function readLookChange(written: unknown): ListLookChange {
  const { columns, widths, density } = partsOf(written)
  const named = Array.isArray(columns) ? readColumns(columns.map(String)) : null
  const given = partsOf(widths)
  const known = paymentColumns.filter((column) => isWidth(given[column]))
  return {
    ...(columns !== undefined && { columns: named && [...named] }),
    ...(known.length > 0 && {
      widths: Object.fromEntries(known.map((column) => [column, given[column]])),
    }),
    ...((density === 'compact' || density === 'comfortable') && { density }),
  }
}

function partsOf(written: unknown): Readonly<Record<string, unknown>> {
  return typeof written === 'object' && written !== null ? { ...written } : {}
}

function isWidth(value: unknown): value is number | null {
  if (value === null) return true
  return Number.isInteger(value) && widthWithin(Number(value)) === value
}

/** The look after the change. Widths are changed column by column, so that two tabs never undo each other. */
export function changedLook(look: ListLook, change: ListLookChange): ListLook {
  const widths: Partial<Record<PaymentColumn, number>> = {}
  for (const column of paymentColumns) {
    const changed = change.widths?.[column]
    const kept = changed === undefined ? look.widths[column] : changed
    if (kept !== undefined && kept !== null) widths[column] = kept
  }
  return {
    columns: change.columns === undefined ? look.columns : change.columns,
    widths,
    density: change.density ?? look.density,
  }
}

/** Two changes as one: of the same part the later counts. */
export function joinedChange(earlier: ListLookChange, later: ListLookChange): ListLookChange {
  const widths = { ...earlier.widths, ...later.widths }
  return { ...earlier, ...later, ...(Object.keys(widths).length > 0 && { widths }) }
}

/** Takes back every choice there is. */
export function resetChange(look: ListLook): ListLookChange {
  const widths: ListLookChange['widths'] = {}
  for (const column of paymentColumns) {
    if (look.widths[column] !== undefined) widths[column] = null
  }
  return { columns: null, widths, density: usualLook.density }
}

export function isUsualLook({ columns, widths, density }: ListLook): boolean {
  const hasWidths = Object.keys(widths).length > 0
  return columns === null && !hasWidths && density === usualLook.density
}

/** The nearest width a column may have. */
export function widthWithin(pixels: number): number {
  return Math.round(Math.min(Math.max(pixels, COLUMN_WIDTH_MIN), COLUMN_WIDTH_MAX))
}
