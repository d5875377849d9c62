import * as z from 'zod'
import { payment, type Payment } from './published-shapes.ts'
import type { Answer } from './service.ts'
import { bodyOf, demand, demandStatus } from './verdict.ts'

export interface CreatedPayment {
  readonly payment: Payment
  readonly id: string
  /** The hosted page. */
  readonly url: string
  /** The payment secret; null when the answer shows none. */
  readonly secret: string | null
}

const envelope = z
  .looseObject({ payment, paymentId: z.string(), paymentUrl: z.url(), secret: z.string().min(1) })
  .describe('{ payment, paymentId, paymentUrl, secret }')
const flat = payment
  .and(z.looseObject({ checkout_url: z.url(), payment_id: z.string().optional() }))
  .describe('a payment with its checkout_url')

/** Reads the answer of create, in the documented envelope or flat as on the marketing page. */
export function readCreated(answer: Answer): CreatedPayment {
  demandStatus(answer, 201, 200)
  const isEnvelope = z.looseObject({ payment: z.unknown() }).safeParse(answer.body)
  if (isEnvelope.success && isEnvelope.data.payment !== undefined) {
    const read = bodyOf(answer, envelope)
    demand(read.paymentId === read.payment.id, 'paymentId to be the id of the payment', answer)
    return { payment: read.payment, id: read.paymentId, url: read.paymentUrl, secret: read.secret }
  }
  const read = bodyOf(answer, flat)
  demand((read.payment_id ?? read.id) === read.id, 'payment_id to be the id of the payment', answer)
  const secret = z.looseObject({ secret: z.string().min(1) }).safeParse(read)
  return {
    payment: read,
    id: read.id,
    url: read.checkout_url,
    secret: secret.success
      ? secret.data.secret
      : new URL(read.checkout_url).searchParams.get('secret'),
  }
}

/** The requested cents, under either published name. */
export function amountOf(read: Payment): number {
  return read.amountInCents ?? read.amount ?? 0
}
