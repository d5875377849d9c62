import { chainOf } from '../registry/chains.ts'
import { type Token, tokenOf } from '../registry/tokens.ts'
import { leadingQuote, type PaymentRecord } from './payment-record.ts'

const MERCHANT_FEE_BP = 100
const SWAP_FEE_BP = 30

/** What the payer owes in a token: the amount and its chain's convenience fee. */
export function dueCents(amountCents: number, token: Pick<Token, 'chainId'>): number {
  return amountCents + share(amountCents, chainOf(token).convenienceFeeBp)
}

/** The fee fields of a payment. Fees are null until the money has settled; due and net are provisional until then. */
export function feesOf(payment: PaymentRecord) {
  const quote = leadingQuote(payment)
  const merchantFee = share(payment.amountCents, MERCHANT_FEE_BP)
  if (payment.status !== 'completed' || !quote) {
    return {
      amountDueCents: quote?.dueCents ?? payment.amountCents,
      convenienceFeeCents: null,
      merchantFeeCents: null,
      swapFeeCents: null,
      amountMerchantNetCents: payment.amountCents - merchantFee,
    }
  }
  // The payer of a deposit names the amount, so there is nothing to add a fee to.
  const due = payment.type === 'deposit' ? payment.amountCents : quote.dueCents
  // Volatile money is swapped before it is credited.
  const swapFee = tokenOf(quote).type === 'volatile' ? share(payment.amountCents, SWAP_FEE_BP) : 0
  return {
    amountDueCents: due,
    convenienceFeeCents: due - payment.amountCents,
    merchantFeeCents: merchantFee,
    swapFeeCents: swapFee,
    amountMerchantNetCents: payment.amountCents - merchantFee - swapFee,
  }
}

/** Basis points of an amount in cents, rounded half up. */
function share(cents: number, basisPoints: number): number {
  return Number((BigInt(cents) * BigInt(basisPoints) + 5_000n) / 10_000n)
}
