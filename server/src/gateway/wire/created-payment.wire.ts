import type { PaymentSnapshot } from '@desk/shared/payments/payment-snapshot'
import * as z from 'zod'
import { decodeWith } from './decode-error.ts'
import { decodePayment } from './payment.wire.ts'
import { textField } from './wire-fields.ts'

/** What creating a payment yields. The link and the secret let anyone pay or read it: keep them so. */
export interface CreatedPayment {
  readonly payment: PaymentSnapshot
  readonly paymentUrl: string | null
  readonly paymentSecret: string | null
  /** The payment's JSON as sent, without link and secret. */
  readonly raw: unknown
}

/** Reads the documented envelope and the flat payment of the marketing page. Throws DecodeError. */
export function decodeCreatedPayment(json: unknown): CreatedPayment {
  const envelope = decodeWith(envelopeWire, json)
  const { secret, paymentUrl, checkout_url, payment_id, paymentId, ...flat } = envelope
  const raw = withId(decodeWith(objectWire, flat['payment'] ?? flat), paymentId ?? payment_id)
  return {
    payment: decodePayment(raw),
    paymentUrl: paymentUrl ?? checkout_url ?? decodeWith(linkWire, raw).checkout_url,
    paymentSecret: secret,
    raw: withoutLink(raw),
  }
}

const objectWire = z.record(z.string(), z.unknown())

const linkWire = z.object({ checkout_url: textField })

const envelopeWire = z.looseObject({
  secret: textField,
  paymentUrl: textField,
  checkout_url: textField,
  paymentId: textField,
  payment_id: textField,
})

function withId(payment: Record<string, unknown>, id: string | null): Record<string, unknown> {
  return id === null ? payment : { ...payment, id }
}

function withoutLink(payment: Record<string, unknown>): unknown {
  const { checkout_url: _link, secret: _secret, ...rest } = payment
  return rest
}
