import type { PaymentColumn } from '../payments/payment-column.ts'

/**
 * What a column holds: `cents` and `token` are exact decimals, `instant` a time in the zone of the export,
 * everything else text as it came.
 */
export type ExportColumnKind = 'text' | 'cents' | 'token' | 'instant'

/**
 * Every column that a file of payments can have, in the order of the full set. A column never changes its
 * meaning: what has to mean something else becomes a new column in a new version of the set.
 */
const columns = {
  id: { header: 'Payment id', kind: 'text' },
  order: { header: 'Order id', kind: 'text' },
  type: { header: 'Type', kind: 'text' },
  status: { header: 'Status', kind: 'text' },
  flags: { header: 'Flags', kind: 'text' },
  created: { header: 'Created', kind: 'instant' },
  updated: { header: 'Updated', kind: 'instant' },
  currency: { header: 'Currency', kind: 'text' },
  amount: { header: 'Amount', kind: 'cents' },
  amount_due: { header: 'Amount due', kind: 'cents' },
  convenience_fee: { header: 'Convenience fee', kind: 'cents' },
  merchant_fee: { header: 'Merchant fee', kind: 'cents' },
  swap_fee: { header: 'Swap fee', kind: 'cents' },
  net: { header: 'Net', kind: 'cents' },
  token: { header: 'Token', kind: 'text' },
  received: { header: 'Received', kind: 'token' },
  received_base_units: { header: 'Received in base units', kind: 'token' },
  token_decimals: { header: 'Token decimals', kind: 'text' },
  network: { header: 'Network', kind: 'text' },
  chain: { header: 'Chain id', kind: 'text' },
  address: { header: 'Deposit address', kind: 'text' },
  tx: { header: 'Transaction', kind: 'text' },
  sender: { header: 'Sender', kind: 'text' },
  tags: { header: 'Tags', kind: 'text' },
  assignee: { header: 'Assigned to', kind: 'text' },
  metadata: { header: 'Metadata', kind: 'text' },
} as const satisfies Record<string, { readonly header: string; readonly kind: ExportColumnKind }>

export type ExportColumn = keyof typeof columns

export const exportColumns: readonly ExportColumn[] = Object.keys(columns).filter(isExportColumn)

/** The version that new exports take. */
export const COLUMN_SET = 1

export function isExportColumn(word: string): word is ExportColumn {
  return word in columns
}

/** What stands above a column; times say their zone. */
export function columnHeader(column: ExportColumn, timesZone: string): string {
  const { header, kind } = columns[column]
  return kind === 'instant' ? `${header} (${timesZone})` : header
}

/** The same without the zone. */
export function columnName(column: ExportColumn): string {
  return columns[column].header
}

export function columnKind(column: ExportColumn): ExportColumnKind {
  return columns[column].kind
}

/** What the list shows in one column stands in several of a file, where each can be summed and sorted by itself. */
const columnsOfList = {
  created: ['created'],
  order: ['order'],
  status: ['status', 'flags'],
  amount: ['amount', 'currency'],
  received: ['received', 'token'],
  network: ['network'],
  address: ['address'],
  id: ['id'],
  type: ['type'],
  net: ['net'],
  fees: ['merchant_fee', 'swap_fee'],
  token: ['token'],
  tx: ['tx'],
  sender: ['sender'],
  tags: ['tags'],
  assignee: ['assignee'],
} as const satisfies Record<PaymentColumn, readonly ExportColumn[]>

/** The columns of a file that shows what the list shows, in its order, each once. */
export function exportColumnsOfList(listed: readonly PaymentColumn[]): ExportColumn[] {
  return [...new Set(listed.flatMap((column): readonly ExportColumn[] => columnsOfList[column]))]
}

/** What a later run is compared by: what SpacePay says of a payment, not what people did about it here. */
export const comparedColumns = [
  'status',
  'type',
  'order',
  'flags',
  'currency',
  'amount',
  'amount_due',
  'convenience_fee',
  'merchant_fee',
  'swap_fee',
  'net',
  'token',
  'received',
  'received_base_units',
  'chain',
  'address',
  'tx',
  'sender',
] as const satisfies readonly ExportColumn[]
export type ComparedColumn = (typeof comparedColumns)[number]
