import { centsToDecimal } from '@desk/shared/money/amount-cents'
import type { FoundLine, Miss, NearPayment } from '@desk/shared/payments/find-many'
import { missText } from '@desk/shared/payments/miss-reason'
import { slipText } from '@desk/shared/payments/near-forms'
import type { MatchedOn, PaymentHit } from '@desk/shared/payments/payment-find'
import { csvText } from '../kernel/csv-text.ts'

/** Hits and misses as a file: a row for every payment of a line, or one for the line if it is none. */
export function foundLinesCsv(lines: readonly FoundLine[]): string {
  return csvText([heading, ...lines.flatMap(rowsOf)])
}

const heading = [
  'Line',
  'Also on lines',
  'Looked up',
  'Result',
  'Matched on',
  'Payment id',
  'Order id',
  'Status',
  'Amount',
  'Currency',
  'Created (UTC)',
  'Note',
  'Perhaps meant',
] as const

type Row = Record<(typeof heading)[number], string | number | null>

function rowsOf(found: FoundLine): (string | number | null)[][] {
  const { line, text, repeatedOn, hits, hitCount, miss } = found
  const shared = { Line: line, 'Also on lines': repeatedOn.join(', '), 'Looked up': text }
  if (miss) return [inOrder({ ...shared, ...nothing, ...missed(miss, text) })]
  const more = hitCount - hits.length
  const note = more > 0 ? `At least ${more} more payments carry this` : null
  return hits.map((hit) => inOrder({ ...shared, ...nothing, ...carried(hit), Note: note }))
}

const nothing = {
  'Matched on': null,
  'Payment id': null,
  'Order id': null,
  Status: null,
  Amount: null,
  Currency: null,
  'Created (UTC)': null,
  Note: null,
  'Perhaps meant': null,
} as const

function carried(hit: PaymentHit) {
  return {
    Result: 'found',
    'Matched on': matchWords[hit.matchedOn],
    'Payment id': hit.id,
    'Order id': hit.orderId,
    Status: hit.status,
    Amount: hit.amountCents === null ? null : centsToDecimal(hit.amountCents),
    Currency: hit.currency,
    'Created (UTC)': hit.createdAt,
  }
}

function missed({ reason, near }: Miss, text: string) {
  return {
    Result: 'not found',
    Note: missText(reason, text),
    'Perhaps meant': near.map(nearWords).join('; ') || null,
  }
}

function nearWords({ id, orderId, slip }: NearPayment): string {
  return `${orderId ?? id} (${slipText[slip]})`
}

const matchWords = {
  payment_id: 'payment id',
  order_id: 'order id',
  tx_hash: 'transaction hash',
  deposit_address: 'deposit address',
  sender_address: 'sender address',
  text: 'metadata or an older quote',
} as const satisfies Record<MatchedOn, string>

function inOrder(row: Row): (string | number | null)[] {
  return heading.map((name) => row[name])
}
