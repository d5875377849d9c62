import { uuidOf } from '../state/random.ts'
import { addressTypeOn, depositAddressOn } from '../chain/deposit-address.ts'
import { type Chain, chainOf, type Profile } from '../registry/chains.ts'
import { merchantOf } from '../registry/merchant.ts'
import { chainIdJson, listTokenJson, tokenJson } from '../registry/serialise-registry.ts'
import { rateText } from '../registry/prices.ts'
import { tokenOf } from '../registry/tokens.ts'
import { feesOf } from './fees.ts'
import { hasSettledMoney, type PaymentRecord, type QuoteRecord } from './payment-record.ts'
import { expectedAmount } from './quote-amount.ts'
import { receiptJson } from './serialise-receipt.ts'

/** How a payment is to be shown. */
export interface PaymentView {
  /** Sandbox time: quotes expire as it is read. */
  readonly now: number
  readonly echoMetadata: boolean
  /** Show the receipt of money that did not complete the payment (underpaid, late). */
  readonly receiptUnsettled: boolean
  readonly profile: Profile
  /** Lists show tokens without chain and coingeckoApiId, as in the published examples. */
  readonly inList?: boolean
}

/** The payment object of the merchant's routes, field by field in the published order. */
export function paymentJson(payment: PaymentRecord, view: PaymentView) {
  const merchant = merchantOf(payment)
  return {
    id: payment.id,
    merchantId: merchant.id,
    merchantShortName: merchant.shortName,
    merchantLogoUrl: null,
    type: payment.type,
    amountInCents: payment.amountCents,
    ...feesOf(payment),
    currency: 'USD',
    status: payment.status,
    // Generation C has an address on each quote and none here.
    ...(view.profile !== 'caip2' && { depositAddress: depositAddressJson(payment) }),
    quotes: payment.quotes.map((quote) => quoteJson(payment, quote, view)),
    receipt: showsReceipt(payment, view) ? receiptJson(payment, view) : null,
    orderId: payment.orderId,
    redirectUrl: payment.redirectUrl,
    ...(view.echoMetadata && { customMetadata: payment.customMetadata }),
    createdAt: iso(payment.createdAt),
  }
}

export function quoteJson(payment: PaymentRecord, quote: QuoteRecord, view: PaymentView) {
  const token = tokenOf(quote)
  const chain = chainOf(token)
  return {
    id: quote.id,
    paymentId: payment.id,
    token: view.inList
      ? listTokenJson(token, quote.createdAt)
      : tokenJson(token, quote.createdAt, view.profile),
    chainId: chainIdJson(chain, view.profile),
    depositAddress: depositAddressJson(payment, chain),
    expectedAmountAsset: expectedAmount(quote.dueCents, {
      rateE8: quote.rateE8,
      decimals: token.decimals,
    }).toString(),
    rateUsdAsset: rateText(quote.rateE8),
    amountDueCents: quote.dueCents,
    expiresAt: iso(quote.expiresAt),
    status: quoteStatus(payment, quote, view.now),
    createdAt: iso(quote.createdAt),
  }
}

/** Quotes expire lazily: nothing happens at the moment itself, readers just see it. */
export function quoteStatus(payment: PaymentRecord, quote: QuoteRecord, now: number) {
  if (quote.use !== 'open') return quote.use
  const isPayable = payment.status === 'pending' || payment.status === 'processing'
  return isPayable && now < quote.expiresAt ? 'active' : 'expired'
}

export function iso(at: number): string {
  return new Date(at).toISOString()
}

function showsReceipt(payment: PaymentRecord, view: PaymentView): boolean {
  if (!hasSettledMoney(payment)) return false
  return payment.status === 'completed' || view.receiptUnsettled
}

function depositAddressJson(payment: PaymentRecord, chain: Chain | null = null) {
  const address = chain ? depositAddressOn(chain, payment.depositAddress) : payment.depositAddress
  return {
    id: uuidOf(`address:${address}`),
    paymentId: payment.id,
    type: chain ? addressTypeOn(chain) : 'EVM',
    address,
    createdAt: iso(payment.createdAt),
  }
}
