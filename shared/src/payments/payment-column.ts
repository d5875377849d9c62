/** What the list of payments can show, in the order in which it is offered. */
export const paymentColumns = [
  'created',
  'order',
  'status',
  'amount',
  'received',
  'network',
  'address',
  'id',
  'type',
  'net',
  'fees',
  'token',
  'tx',
  'sender',
  'tags',
  'assignee',
] as const
export type PaymentColumn = (typeof paymentColumns)[number]

/** A row is opened by what stands in this column, so it is always there. */
export const REQUIRED_COLUMN = 'order' satisfies PaymentColumn

/** What is shown to whoever has not chosen. */
export const usualColumns: readonly PaymentColumn[] = paymentColumns.slice(0, 7)

/**
 * Columns from a place that people or other versions of Desk write to: what is no column is left out, the
 * required one is put first where it is missing, and nothing at all is null.
 */
export function readColumns(words: readonly string[]): readonly PaymentColumn[] | null {
  const known = [...new Set(words)].flatMap((word) => paymentColumns.filter((one) => one === word))
  if (known.length === 0) return null
  return known.includes(REQUIRED_COLUMN) ? known : [REQUIRED_COLUMN, ...known]
}

export function isSameColumns(
  a: readonly PaymentColumn[] | null,
  b: readonly PaymentColumn[] | null,
): boolean {
  return a === b || (a !== null && b !== null && a.join() === b.join())
}
