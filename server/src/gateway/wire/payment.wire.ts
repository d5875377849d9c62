import { paymentId } from '@desk/shared/payments/payment'
import type { PaymentSnapshot, QuoteSnapshot } from '@desk/shared/payments/payment-snapshot'
import * as z from 'zod'
import { decodeWith } from './decode-error.ts'
import { depositAddressField, identifiedQuote, quoteField } from './quote.wire.ts'
import { receiptField } from './receipt.wire.ts'
import { centsField, instantField, metadataField, textField } from './wire-fields.ts'
import { readStatus } from './wire-status.ts'

/**
 * A payment in any published shape: documentation or marketing page, full or a webhook's minimum.
 * Unknown fields are ignored here (keep the JSON beside the snapshot). Throws DecodeError.
 */
export function decodePayment(json: unknown): PaymentSnapshot {
  return decodeWith(paymentWire, json)
}

const paymentWire = z
  .object({
    id: paymentId,
    merchantId: textField,
    type: textField,
    status: z.string().min(1),
    amountInCents: centsField,
    amount: centsField,
    amountDueCents: centsField,
    convenienceFeeCents: centsField,
    merchantFeeCents: centsField,
    swapFeeCents: centsField,
    amountMerchantNetCents: centsField,
    currency: textField,
    orderId: textField,
    redirectUrl: textField,
    customMetadata: metadataField,
    depositAddress: depositAddressField,
    quotes: z.array(quoteField).nullish(),
    receipt: receiptField.nullish(),
    createdAt: instantField,
  })
  .transform((wire): PaymentSnapshot => {
    const quotes = (wire.quotes ?? []).map((quote) => identifiedQuote(wire.id, quote))
    return {
      extent: wire.quotes == null ? 'minimal' : 'full',
      id: wire.id,
      merchantId: wire.merchantId,
      type: (wire.type ?? 'payment').toLowerCase(),
      ...readStatus(wire.status),
      amountCents: wire.amountInCents ?? wire.amount,
      amountDueCents: wire.amountDueCents,
      convenienceFeeCents: wire.convenienceFeeCents,
      merchantFeeCents: wire.merchantFeeCents,
      swapFeeCents: wire.swapFeeCents,
      netCents: wire.amountMerchantNetCents,
      currency: (wire.currency ?? 'USD').toUpperCase(),
      orderId: wire.orderId,
      redirectUrl: wire.redirectUrl,
      customMetadata: wire.customMetadata,
      depositAddress: wire.depositAddress ?? addressOfQuotes(quotes),
      quotes,
      receipt: wire.receipt ?? null,
      createdAt: wire.createdAt,
    }
  })

/** Later hosts give each quote its own address: the one being paid now speaks for the payment. */
function addressOfQuotes(quotes: readonly QuoteSnapshot[]): string | null {
  const addressed = quotes.filter((quote) => quote.depositAddress !== null)
  const current =
    addressed.find((quote) => quote.status === 'used') ??
    addressed.find((quote) => quote.status === 'active') ??
    addressed[0]
  return current?.depositAddress ?? null
}
