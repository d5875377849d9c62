import type { QuoteSnapshot } from '@desk/shared/payments/payment-snapshot'
import { newestFirst, type TellingAccount } from './account.ts'

/**
 * Every quote anyone ever told of, newest first. The believed full account speaks for the quotes it
 * lists; quotes it leaves out are kept as they were last told, save that one still called active is
 * expired once its own time was up when that account was given.
 */
export function mergeQuotes(
  whole: TellingAccount | undefined,
  accounts: readonly TellingAccount[],
): QuoteSnapshot[] {
  if (!whole) return []
  const merged = new Map(whole.snapshot.quotes.map((quote) => [quote.id, quote]))
  for (const account of newestFirst(accounts)) {
    for (const quote of account.snapshot.quotes) {
      if (!merged.has(quote.id)) merged.set(quote.id, asLeftOut(quote, whole.occurredAt))
    }
  }
  return [...merged.values()].toSorted(byAge)
}

/** What the payer was last offered: an active quote, or else the newest of all. */
export function newestQuote(quotes: readonly QuoteSnapshot[]): QuoteSnapshot | undefined {
  return quotes.find((quote) => quote.status === 'active') ?? quotes[0]
}

function asLeftOut(quote: QuoteSnapshot, at: string): QuoteSnapshot {
  const isOver = quote.expiresAt !== null && quote.expiresAt <= at
  return quote.status === 'active' && isOver ? { ...quote, status: 'expired' } : quote
}

/** Newest first; quotes of unknown age last; the id decides the rest. */
function byAge(a: QuoteSnapshot, b: QuoteSnapshot): number {
  const [ageOfA, ageOfB] = [a.createdAt ?? '', b.createdAt ?? '']
  if (ageOfA !== ageOfB) return ageOfA > ageOfB ? -1 : 1
  return a.id < b.id ? -1 : 1
}
