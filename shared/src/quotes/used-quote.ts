import type { QuoteSnapshot, ReceiptSnapshot } from '../payments/payment-snapshot.ts'

/**
 * The quote that was paid: the receipt's own, else the one called used, else the newest in the
 * token and on the network that arrived. Undefined when nothing says. `quotes` come newest first.
 */
export function usedQuoteOf(
  receipt: ReceiptSnapshot | null,
  quotes: readonly QuoteSnapshot[],
): QuoteSnapshot | undefined {
  const named = quotes.find((quote) => quote.id === receipt?.quoteId)
  const used = named ?? quotes.find((quote) => quote.status === 'used')
  if (used || !receipt?.token) return used
  const { token, network } = receipt
  return quotes.find((quote) => quote.token.symbol === token.symbol && quote.network === network)
}
