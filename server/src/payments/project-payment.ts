import type { AmountCents } from '@desk/shared/money/amount-cents'
import { paymentFlagsOf, type PaymentFlag } from '@desk/shared/payments/derived-facts'
import type { PaymentId } from '@desk/shared/payments/payment'
import type {
  PaymentSnapshot,
  QuoteSnapshot,
  ReceiptSnapshot,
} from '@desk/shared/payments/payment-snapshot'
import { usedQuoteOf } from '@desk/shared/quotes/used-quote'
import { believed, newestFirst, type Account, type TellingAccount } from './account.ts'
import { mergeQuotes, newestQuote } from './merge-quotes.ts'
import { searchTextOf } from './payment-search-text.ts'

/** What the mirror holds of one payment. Instants are ISO 8601 UTC. */
export interface MirroredPayment {
  readonly id: PaymentId
  readonly merchantId: string | null
  readonly type: string
  readonly status: string
  readonly amountCents: AmountCents | null
  readonly amountDueCents: AmountCents | null
  readonly convenienceFeeCents: AmountCents | null
  readonly merchantFeeCents: AmountCents | null
  readonly swapFeeCents: AmountCents | null
  readonly netCents: AmountCents | null
  readonly currency: string
  readonly orderId: string | null
  readonly redirectUrl: string | null
  readonly customMetadata: string | null
  readonly depositAddress: string | null
  readonly tokenSymbol: string | null
  readonly tokenDecimals: number | null
  /** CAIP-2. */
  readonly network: string | null
  readonly flags: readonly PaymentFlag[]
  /** Lower case, one thing per line. */
  readonly searchText: string
  readonly createdAt: string
  /** When something was last learned about it. */
  readonly updatedAt: string
  /** When the API was last asked and said something new; null when it never was. */
  readonly apiReadAt: string | null
  /** The newest observation it rests on. */
  readonly observationId: number
  readonly quotes: readonly QuoteSnapshot[]
  readonly receipt: ReceiptSnapshot | null
}

/**
 * The mirror of one payment from everything learned about it, in any order and any number of times.
 * Null when nothing but the API's "not found" is known. Who is believed is said in `believed`; an
 * account that is silent about something (an event about quotes, fees, receipt) never erases it.
 */
export function projectPayment(accounts: readonly Account[]): MirroredPayment | null {
  const telling = newestFirst(accounts.filter(isTelling))
  const speaker = believed(telling)
  if (!speaker) return null
  const whole = believed(telling.filter(({ snapshot }) => snapshot.extent === 'full'))
  const trusted = [speaker, ...(whole ? [whole] : []), ...telling].map(({ snapshot }) => snapshot)
  const facts = whole?.snapshot ?? speaker.snapshot
  const quotes = mergeQuotes(whole, telling)
  const { receipt } = facts
  const used = usedQuoteOf(receipt, quotes)
  const paidIn = used ?? newestQuote(quotes)
  const depositAddress = firstTold(trusted, 'depositAddress')
  const customMetadata = firstTold(trusted, 'customMetadata')
  const orderId = told(trusted, 'orderId')

  return {
    id: speaker.snapshot.id,
    merchantId: firstTold(trusted, 'merchantId'),
    type: facts.type,
    status: speaker.snapshot.status,
    amountCents: told(trusted, 'amountCents'),
    amountDueCents: told(trusted, 'amountDueCents'),
    convenienceFeeCents: facts.convenienceFeeCents,
    merchantFeeCents: facts.merchantFeeCents,
    swapFeeCents: facts.swapFeeCents,
    netCents: facts.netCents,
    currency: facts.currency,
    orderId,
    redirectUrl: told(trusted, 'redirectUrl'),
    customMetadata,
    depositAddress,
    tokenSymbol: receipt?.token?.symbol ?? paidIn?.token.symbol ?? null,
    tokenDecimals: receipt?.token ? receipt.token.decimals : (paidIn?.token.decimals ?? null),
    network: receipt?.network ?? paidIn?.network ?? null,
    flags: paymentFlagsOf({
      status: speaker.snapshot.status,
      expectedBaseUnits: used?.expectedBaseUnits ?? null,
      receivedBaseUnits: receipt?.receivedBaseUnits ?? null,
      transactionAt: receipt?.transactionAt ?? null,
      quoteExpiresAt: used?.expiresAt ?? null,
    }),
    searchText: searchTextOf({
      words: [
        speaker.snapshot.id,
        orderId,
        depositAddress,
        ...quotes.map((quote) => quote.depositAddress),
        receipt?.txHash ?? null,
        receipt?.senderAddress ?? null,
      ],
      customMetadata,
    }),
    createdAt: firstTold(trusted, 'createdAt') ?? first(accounts.map((known) => known.occurredAt)),
    updatedAt: last(accounts.map((known) => known.learnedAt)),
    apiReadAt: lastApiRead(accounts),
    observationId: Math.max(...accounts.map((known) => known.observationId)),
    quotes,
    receipt,
  }
}

function isTelling(account: Account): account is TellingAccount {
  return account.snapshot !== null
}

/** A full account's null is its word; a minimal one's only means that it did not say. */
function told<Field extends keyof PaymentSnapshot>(
  trusted: readonly PaymentSnapshot[],
  field: Field,
): PaymentSnapshot[Field] | null {
  const teller = trusted.find((known) => known.extent === 'full' || known[field] !== null)
  return teller ? teller[field] : null
}

/** For what SpacePay sometimes leaves out of a full account too. */
function firstTold<Field extends keyof PaymentSnapshot>(
  trusted: readonly PaymentSnapshot[],
  field: Field,
): PaymentSnapshot[Field] | null {
  return trusted.find((known) => known[field] !== null)?.[field] ?? null
}

function lastApiRead(accounts: readonly Account[]): string | null {
  const reads = accounts.filter((known) => known.source === 'api')
  return reads.length === 0 ? null : last(reads.map((read) => read.occurredAt))
}

function first(instants: readonly string[]): string {
  return instants.reduce((a, b) => (b < a ? b : a))
}

function last(instants: readonly string[]): string {
  return instants.reduce((a, b) => (b > a ? b : a))
}
