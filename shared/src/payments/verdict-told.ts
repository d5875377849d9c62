import { amountCents } from '../money/amount-cents-schema.ts'
import { networkName } from '../networks/networks.ts'
import { quoteStanding } from '../quotes/quote-expiry.ts'
import { type Slippage, slippageOf } from '../quotes/slippage.ts'
import { usedQuoteOf } from '../quotes/used-quote.ts'
import type { QuoteSnapshot, TokenSnapshot } from './payment-snapshot.ts'
import type { ExplainedPayment } from './verdict-situation.ts'
import { say, type VerdictPart, type VerdictText } from './verdict-parts.ts'

/** A payment's facts as pieces of sentences. What is not known has words too, so that every row reads well. */
export interface Told {
  /** "$149.99", or "an open amount". */
  readonly amount: VerdictPart
  /** "order ORDER-88269", or "your payment": goes on after "for". */
  readonly order: string
  /** SpacePay's own word. */
  readonly status: string
  /** "150.74 USDC on Base", or "money". */
  readonly received: VerdictText
  /** "150.74 USDC", or "the amount of the quote". */
  readonly expected: VerdictPart
  /** What is missing or too much: "$2.10 (2.35 %)", else in tokens, else "something". */
  readonly difference: VerdictText
  /** The same for a customer, in money if that is known. */
  readonly differencePlain: VerdictPart
  /** " at 14:26" or nothing. */
  readonly arrivedAt: VerdictText
  /** " at 14:36", the end of the quote that was paid or, where none was, of the last one; or nothing. */
  readonly quoteEndedAt: VerdictText
  /** "150.74 USDC on Base until 14:36": the quote that is valid now. */
  readonly offer: VerdictText
  /** " since 14:26" or nothing. */
  readonly processingSince: VerdictText
  /** "3 of 10 confirmations", or "its confirmations". */
  readonly confirmations: string
  /** "Base", or "its network". */
  readonly network: string
  /** " (transaction 0x…)" or nothing. */
  readonly transaction: string
  /** What each source last said: "completed at 14:26". */
  readonly webhookSaid: VerdictText
  readonly apiSaid: VerdictText
}

/** The pieces of one payment's verdict; `nowMs` only chooses the quote that can be paid. */
export function toldOf(payment: ExplainedPayment, nowMs: number): Told {
  const { quotes, receipt, currency } = payment
  const used = usedQuoteOf(receipt, quotes)
  const token = receipt?.token ?? used?.token
  const network = receipt?.network ?? used?.network ?? payment.network
  const received = tokensOf(receipt?.receivedBaseUnits ?? null, token)
  const slippage =
    used && slippageOf({ ...used, receivedBaseUnits: receipt?.receivedBaseUnits ?? null })
  return {
    amount: moneyOf(payment.amountCents, currency) ?? 'an open amount',
    order: payment.orderId === null ? 'your payment' : `order ${payment.orderId}`,
    status: payment.status,
    received: say`${received ?? 'money'}${network === null ? '' : ` on ${networkName(network)}`}`,
    expected: tokensOf(used?.expectedBaseUnits ?? null, used?.token) ?? 'the amount of the quote',
    ...differencesOf(slippage ?? null, { token, currency }),
    arrivedAt: clause('at', receipt?.transactionAt),
    quoteEndedAt: clause('at', used ? used.expiresAt : lastEndOf(quotes)),
    offer: offerOf(quotes, nowMs),
    processingSince: clause('since', payment.processingSince),
    confirmations: confirmationsOf(payment),
    network: network === null ? 'its network' : networkName(network),
    transaction: receipt?.txHash ? ` (transaction ${receipt.txHash})` : '',
    webhookSaid: saidOf(payment.webhookStory),
    apiSaid: saidOf(payment.apiStory),
  }
}

function differencesOf(
  slippage: Slippage | null,
  { token, currency }: { token: TokenSnapshot | undefined; currency: string },
): Pick<Told, 'difference' | 'differencePlain'> {
  if (slippage === null) return { difference: ['something'], differencePlain: 'something' }
  const { baseUnits, cents, basisPoints } = slippage
  const money = cents === null ? null : amountCents.parse(Math.abs(cents))
  const tokens = tokensOf(baseUnits.replace('-', ''), token) ?? 'something'
  // Less than half a cent would read as $0.00.
  const amount = (money === 0 ? null : moneyOf(money, currency)) ?? tokens
  const hundredths = Math.abs(basisPoints)
  const percent = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')} %`
  return {
    difference: hundredths === 0 ? [amount] : say`${amount} (${percent})`,
    differencePlain: amount,
  }
}

function offerOf(quotes: readonly QuoteSnapshot[], nowMs: number): VerdictText {
  const open = quotes.find((quote) =>
    ['active', 'open_ended'].includes(quoteStanding(quote, nowMs).state),
  )
  if (!open) return ['the amount on the payment page']
  const isAny = open.expectedBaseUnits === '0'
  const amount = isAny
    ? `any amount of ${open.token.symbol}`
    : tokensOf(open.expectedBaseUnits, open.token)
  const network = open.network === null ? '' : ` on ${networkName(open.network)}`
  return say`${amount ?? open.token.symbol}${network}${clause('until', open.expiresAt)}`
}

/** The latest end of a quote: from then on the customer had nothing to pay against. */
function lastEndOf(quotes: readonly QuoteSnapshot[]): string | null {
  return quotes.map(({ expiresAt }) => expiresAt).reduce(later, null)
}

function later(known: string | null, other: string | null): string | null {
  if (known === null || other === null) return known ?? other
  return Date.parse(other) > Date.parse(known) ? other : known
}

function confirmationsOf({ receipt }: ExplainedPayment): string {
  if (receipt?.confirmations == null || receipt.requiredConfirmations === null) {
    return 'its confirmations'
  }
  return `${receipt.confirmations} of ${receipt.requiredConfirmations} confirmations`
}

function saidOf(story: ExplainedPayment['apiStory']): VerdictText {
  if (story === null) return ['nothing']
  return say`“${story.status}”${clause('at', story.occurredAt)}`
}

function clause(word: 'at' | 'since' | 'until', at: string | null | undefined): VerdictText {
  return at == null ? [] : [` ${word} `, { kind: 'time', at }]
}

function moneyOf(cents: ExplainedPayment['amountCents'], currency: string): VerdictPart | null {
  return cents === null ? null : { kind: 'money', cents, currency }
}

function tokensOf(baseUnits: string | null, token: TokenSnapshot | undefined): VerdictPart | null {
  if (baseUnits === null || token?.decimals == null) return null
  return { kind: 'tokens', baseUnits, decimals: token.decimals, symbol: token.symbol }
}
