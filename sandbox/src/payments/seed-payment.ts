import { tokenOf } from '../registry/tokens.ts'
import type { PaymentRecord } from './payment-record.ts'
import { expectedAmount, unitText } from './quote-amount.ts'
import type { paymentJson, quoteJson } from './serialise-payment.ts'

type PaymentJson = ReturnType<typeof paymentJson>
type QuoteJson = ReturnType<typeof quoteJson>

/**
 * The payment as the public integration page shows it: `amount`, tokens by their symbol, and quotes
 * in whole tokens instead of base units. What the page does not mention stays as documented.
 */
export function seedPaymentJson(payment: PaymentRecord, shown: PaymentJson) {
  const { amountInCents, depositAddress, quotes, ...rest } = shown
  return {
    ...rest,
    amount: amountInCents,
    ...(depositAddress && { depositAddress: { ...depositAddress, type: 'evm' } }),
    quotes: quotes.map((quote) => seedQuoteJson(payment, quote)),
  }
}

/** `expectedAmount` and `exchangeRate` as decimal text, and the token's symbol alone. */
export function seedQuoteJson(payment: PaymentRecord, shown: QuoteJson) {
  const { token, expectedAmountAsset: _, rateUsdAsset, ...rest } = shown
  const quote = payment.quotes.find(({ id }) => id === shown.id)
  if (!quote) throw new Error(`Quote ${shown.id} is not of payment ${payment.id}.`)
  const { decimals } = tokenOf(quote)
  const amount = expectedAmount(quote.dueCents, { rateE8: quote.rateE8, decimals })
  return {
    ...rest,
    token: token.symbol,
    expectedAmount: unitText(amount, decimals),
    exchangeRate: rateUsdAsset,
  }
}
