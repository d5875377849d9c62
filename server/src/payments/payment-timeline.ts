import { formatCents } from '@desk/shared/money/amount-cents'
import { formatTokenAmount } from '@desk/shared/money/base-units'
import { networkName } from '@desk/shared/networks/networks'
import type { ObservationSummary, TimelineEntry } from '@desk/shared/payments/payment-detail'
import type { PaymentListItem } from '@desk/shared/payments/payment-list'
import type {
  QuoteSnapshot,
  ReceiptSnapshot,
  TokenSnapshot,
} from '@desk/shared/payments/payment-snapshot'
import { slippageOf } from '@desk/shared/quotes/slippage'
import { usedQuoteOf } from '@desk/shared/quotes/used-quote'
import type { WebhookDeliverySummary } from '@desk/shared/webhooks/webhook-delivery'

interface History {
  readonly payment: PaymentListItem
  readonly quotes: readonly QuoteSnapshot[]
  readonly receipt: ReceiptSnapshot | null
  readonly observations: readonly ObservationSummary[]
  readonly deliveries: readonly WebhookDeliverySummary[]
}

/** What happened to a payment in plain sentences, oldest first. What has no time is left out. */
export function timelineOf(history: History): TimelineEntry[] {
  const entries: (TimelineEntry | null)[] = [
    created(history.payment),
    ...history.quotes.map(quoted),
    seenOnChain(history),
    confirmed(history.receipt),
    ...history.deliveries.map(webhook),
    ...apiNews(history.observations).map(apiRead),
  ]
  // Sorting is stable: what shares an instant stays in the order above.
  return entries
    .filter((entry) => entry !== null)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

/** Readings that repeat the status before them (another confirmation, say) are not worth a line. */
function apiNews(observations: readonly ObservationSummary[]): ObservationSummary[] {
  return observations
    .filter(({ source }) => source === 'api')
    .sort((a, b) => Date.parse(a.learnedAt) - Date.parse(b.learnedAt))
    .filter(({ status }, index, readings) => readings[index - 1]?.status !== status)
}

function created({
  createdAt,
  amountCents,
  orderId,
  type,
  currency,
}: PaymentListItem): TimelineEntry {
  const what = type === 'deposit' ? 'Deposit' : 'Payment'
  const amount =
    amountCents === null ? 'with an open amount' : `for ${formatCents(amountCents, { currency })}`
  const order = orderId === null ? '' : ` with order ${orderId}`
  return entry('created', createdAt, `${what} created ${amount}${order}.`)
}

function quoted(quote: QuoteSnapshot): TimelineEntry | null {
  if (quote.createdAt === null) return null
  const isOpen = quote.expectedBaseUnits === '0'
  const amount = isOpen
    ? `any amount of ${quote.token.symbol}`
    : tokens(quote.expectedBaseUnits, quote.token)
  const valid = quote.expiresAt === null ? '' : `, valid ${span(quote.createdAt, quote.expiresAt)}`
  return entry('quoted', quote.createdAt, `Quoted ${amount}${on(quote.network)}${valid}.`)
}

function seenOnChain({ receipt, quotes, payment }: History): TimelineEntry | null {
  if (!receipt || receipt.transactionAt === null) return null
  const token = receipt.token
  const amount = token ? tokens(receipt.receivedBaseUnits, token) : 'Money'
  const quote = usedQuoteOf(receipt, quotes)
  const against = quote ? difference(quote, receipt, payment.currency) : ''
  const text = `${amount} seen on chain${on(receipt.network)}${against}.`
  return { ...entry('seen_on_chain', receipt.transactionAt, text), txHash: receipt.txHash }
}

function confirmed(receipt: ReceiptSnapshot | null): TimelineEntry | null {
  if (!receipt || receipt.completedAt === null) return null
  const { confirmations, requiredConfirmations } = receipt
  const count =
    confirmations !== null && requiredConfirmations !== null
      ? ` with ${confirmations} of ${requiredConfirmations} confirmations`
      : ''
  const text = `Transaction confirmed${count}.`
  return { ...entry('confirmed', receipt.completedAt, text), txHash: receipt.txHash }
}

function webhook(delivery: WebhookDeliverySummary): TimelineEntry {
  const said = delivery.status === null ? '' : ` said ${delivery.status}`
  const unreadable = delivery.verdict === 'malformed' ? ' could not be read' : said
  const again = delivery.duplicates === 0 ? '' : `, delivered ${times(delivery.duplicates)} more`
  return entry(
    'webhook',
    delivery.receivedAt,
    `Webhook ${delivery.eventType}${unreadable}${again}.`,
  )
}

function apiRead({ status, learnedAt }: ObservationSummary): TimelineEntry {
  const text =
    status === 'not_found'
      ? "SpacePay's API did not know this payment."
      : `SpacePay's API said ${status}.`
  return entry('api_read', learnedAt, text)
}

function difference(quote: QuoteSnapshot, receipt: ReceiptSnapshot, currency: string): string {
  const slippage = slippageOf({ ...quote, receivedBaseUnits: receipt.receivedBaseUnits })
  if (!slippage) return ''
  if (slippage.baseUnits === '0') return ', exactly as quoted'
  const isLess = slippage.baseUnits.startsWith('-')
  const amount = tokens(slippage.baseUnits.replace('-', ''), quote.token)
  const worth =
    slippage.cents === null ? '' : ` (${formatCents(Math.abs(slippage.cents), { currency })})`
  return `, ${amount}${worth} ${isLess ? 'less' : 'more'} than quoted`
}

function tokens(baseUnits: string | null, token: TokenSnapshot): string {
  return baseUnits === null || token.decimals === null
    ? token.symbol
    : `${formatTokenAmount({ baseUnits, decimals: token.decimals })} ${token.symbol}`
}

function on(network: string | null): string {
  return network === null ? '' : ` on ${networkName(network)}`
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`
}

/** `from` and `to` in whole minutes, or seconds under one: `10 minutes`. */
function span(from: string, to: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1_000))
  const [count, unit] = seconds < 60 ? [seconds, 'second'] : [Math.round(seconds / 60), 'minute']
  return `${count} ${unit}${count === 1 ? '' : 's'}`
}

function entry(kind: TimelineEntry['kind'], at: string, text: string): TimelineEntry {
  return { kind, at, text, txHash: null }
}
