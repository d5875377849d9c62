import { networkName } from '@desk/shared/networks/networks'
import type { QuoteSnapshot, ReceiptSnapshot } from '@desk/shared/payments/payment-snapshot'
import { slippageOf } from '@desk/shared/quotes/slippage'
import { usedQuoteOf } from '@desk/shared/quotes/used-quote'
import { TokenAmount } from '../ui/amount.tsx'
import { Flag } from '../ui/badge.tsx'
import { ScrollSideways } from '../ui/scroll-sideways.tsx'
import { tip } from '../ui/tooltip.tsx'
import { QuoteState } from './quote-state.tsx'
import { rateText, slippageText } from './quote-text.ts'

/** Every quote the customer was given; what arrived stands beside the one it was paid against. */
export function QuotesTable({ quotes, receipt, currency }: QuotesTableProps) {
  const used = usedQuoteOf(receipt, quotes)
  if (quotes.length === 0) {
    return (
      <p className="text-sm text-muted">
        No quote is known yet. A quote is the token amount the customer was asked to send.
      </p>
    )
  }
  return (
    <ScrollSideways label="Quotes">
      <table className="w-full text-sm">
        <caption className="sr-only">Quotes, newest first, against what was received</caption>
        <thead>
          <tr className="border-b border-line text-left text-xs text-faint">
            <th scope="col" className="h-8 pr-3 font-medium">
              Quote
            </th>
            {['Rate', 'Expected', 'Received', 'Slippage'].map((name) => (
              <th
                key={name}
                scope="col"
                className={`h-8 pl-3 text-right font-medium ${name === 'Rate' ? 'hidden md:table-cell' : ''}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {quotes.map((quote) => (
            <QuoteRow
              key={quote.id}
              quote={quote}
              isUsed={quote === used}
              receivedBaseUnits={quote === used ? (receipt?.receivedBaseUnits ?? null) : null}
              currency={currency}
            />
          ))}
        </tbody>
      </table>
    </ScrollSideways>
  )
}

interface QuotesTableProps {
  readonly quotes: readonly QuoteSnapshot[]
  readonly receipt: ReceiptSnapshot | null
  readonly currency: string
}

function QuoteRow({ quote, isUsed, receivedBaseUnits, currency }: QuoteRowProps) {
  const { token, network, rate, expectedBaseUnits } = quote
  const slippage = slippageOf({ ...quote, receivedBaseUnits })
  const said = slippage && slippageText(slippage, { token, currency })
  return (
    <tr className={`border-b border-line last:border-b-0 ${isUsed ? 'bg-sunken' : ''}`}>
      <th scope="row" className="h-10 py-1.5 pr-1 text-left font-normal md:whitespace-nowrap">
        {token.symbol}
        {network !== null && ` · ${networkName(network)}`} <QuoteState quote={quote} />
        {isUsed && quote.status !== 'used' && (
          <span className="ml-1">
            <Flag tone="ok">paid against</Flag>
          </span>
        )}
      </th>
      <td className="hidden pl-3 text-right whitespace-nowrap text-muted tabular-nums md:table-cell">
        {rate === null ? (
          '—'
        ) : (
          <span {...tip(`1 ${token.symbol} = $${rate}`)}>{rateText(rate)}</span>
        )}
      </td>
      <td className="pl-3 text-right whitespace-nowrap tabular-nums">
        {expectedBaseUnits === '0' ? (
          <span className="text-muted">any amount</span>
        ) : (
          <Units baseUnits={expectedBaseUnits} quote={quote} />
        )}
      </td>
      <td className="pl-3 text-right whitespace-nowrap tabular-nums">
        <Units baseUnits={receivedBaseUnits} quote={quote} />
      </td>
      <td className="pl-3 text-right whitespace-nowrap tabular-nums">
        {said ? (
          <span {...tip(said.full)} className={said.isShort ? 'text-bad' : ''}>
            {said.short}
            {said.money !== null && <span className="block text-xs text-muted">{said.money}</span>}
          </span>
        ) : (
          <span className="text-faint">—</span>
        )}
      </td>
    </tr>
  )
}

interface QuoteRowProps {
  readonly quote: QuoteSnapshot
  readonly isUsed: boolean
  /** Null but for the quote that was paid. */
  readonly receivedBaseUnits: string | null
  readonly currency: string
}

function Units({
  baseUnits,
  quote,
}: {
  readonly baseUnits: string | null
  readonly quote: QuoteSnapshot
}) {
  const { decimals, symbol } = quote.token
  if (baseUnits === null || decimals === null) return <span className="text-faint">—</span>
  return <TokenAmount amount={{ baseUnits, decimals }} symbol={symbol} isBare />
}
