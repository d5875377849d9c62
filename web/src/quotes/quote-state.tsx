import type { QuoteSnapshot } from '@desk/shared/payments/payment-snapshot'
import { quoteStanding } from '@desk/shared/quotes/quote-expiry'
import { Flag } from '../ui/badge.tsx'
import { Countdown } from '../ui/countdown.tsx'
import { ClockText } from '../ui/moment.tsx'
import { useNow } from '../ui/now.ts'

/** How a quote stands right now; an active one counts down in front of the reader. */
export function QuoteState({ quote }: { readonly quote: QuoteSnapshot }) {
  const state = useNow((nowMs) => quoteStanding(quote, nowMs).state)
  // SpacePay may end a quote before its time; then the time says nothing about it.
  const isOver = useNow((nowMs) => quote.expiresAt !== null && Date.parse(quote.expiresAt) <= nowMs)
  switch (state) {
    case 'active':
      return (
        <Flag tone="wait">
          <span className="mr-1">valid</span>
          {quote.expiresAt !== null && <Countdown until={quote.expiresAt} ended="0:00" />}
        </Flag>
      )
    case 'open_ended':
      return <Flag tone="wait">valid</Flag>
    case 'used':
      return <Flag tone="ok">used</Flag>
    case 'failed':
      return <Flag tone="bad">failed</Flag>
    case 'expired':
      return (
        <span className="text-xs text-faint">
          expired {isOver && quote.expiresAt !== null && <ClockText at={quote.expiresAt} />}
        </span>
      )
    case 'other':
      return <Flag tone="unsure">{quote.status}</Flag>
  }
}
