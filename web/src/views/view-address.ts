import { type PaymentSearch, writePaymentSearch } from '@desk/shared/payments/payment-address'
import { type PaymentColumn, readColumns } from '@desk/shared/payments/payment-column'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import type { SavedView } from '@desk/shared/views/saved-view'

/** How an address says which view it began with, and columns that are neither the view's nor the person's own. */
export interface ViewSearch {
  view?: string
  cols?: string
}

/**
 * A view as an address. Beside the view's name stands all it asks for, so that a link still says so once the
 * view is gone.
 */
export function searchOfView({ id, query }: SavedView): PaymentSearch & ViewSearch {
  return { ...writePaymentSearch(query), view: id }
}

/** What of the address stays when the query changes: whoever asks for everything has left the view. */
export function viewKept({ view, cols }: ViewSearch, query: PaymentQuery): ViewSearch {
  const asksForAll = Object.keys(writePaymentSearch(query)).length === 0
  return { ...(view && !asksForAll && { view }), ...(cols && { cols }) }
}

/** Columns that the address names; null where it names none. */
export function columnsIn({ cols }: ViewSearch): readonly PaymentColumn[] | null {
  return cols === undefined ? null : readColumns(cols.split(','))
}
