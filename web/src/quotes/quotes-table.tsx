import { networkName } from '@desk/shared/networks/networks'
import type { QuoteSnapshot, ReceiptSnapshot } from '@desk/shared/payments/payment-snapshot'
import { slippageOf } from '@desk/shared/quotes/slippage'
import { TokenAmount } from '../ui/amount.tsx'
import { ScrollSideways } from '../ui/scroll-sideways.tsx'
import { tip } from '../ui/tooltip.tsx'
import { QuoteState } from './quote-state.tsx'
import { rateText, slippageText } from './quote-text.ts'

/** Every quote the customer was given; what arrived stands beside the one it was paid against. */
export function QuotesTable({ quotes, receipt }: QuotesTableProps) {
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
            <QuoteRow key={quote.id} quote={quote} receipt={receiptFor(quote, receipt)} />
          ))}
        </tbody>
      </table>
    </ScrollSideways>
  )
}

interface QuotesTableProps {
  readonly quotes: readonly QuoteSnapshot[]
  readonly receipt: ReceiptSnapshot | null
}

function QuoteRow({ quote, receipt }: QuoteRowProps) {
  const { token, network, rate, expectedBaseUnits } = quote
  const receivedBaseUnits = receipt?.receivedBaseUnits ?? null
  const slippage = slippageOf({ ...quote, receivedBaseUnits })
  const said = slippage && slippageText(slippage)
  return (
    <tr className="border-b border-line last:border-b-0">
      <th scope="row" className="h-10 py-1.5 pr-1 text-left font-normal md:whitespace-nowrap">
        {token.symbol}
        {network !== null && ` · ${networkName(network)}`} <QuoteState quote={quote} />
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
  readonly receipt: ReceiptSnapshot | null
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
  return <TokenAmount amount={{ baseUnits, decimals }} symbol={symbol} />
}

/** The receipt belongs to the quote it names; without a name to the one that is marked used. */
function receiptFor(quote: QuoteSnapshot, receipt: ReceiptSnapshot | null): ReceiptSnapshot | null {
  if (receipt === null) return null
  const isUsed = receipt.quoteId === null ? quote.status === 'used' : receipt.quoteId === quote.id
  return isUsed ? receipt : null
}
