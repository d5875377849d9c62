import * as z from 'zod/mini'
import { amountCents } from '../money/amount-cents-schema.ts'
import { storable } from '../text/storable.ts'
import { paymentId } from './payment.ts'

/** Valid with every published generation of SpacePay's API; SpacePay itself has the last word. */
export const amountLimitsCents = { min: 400, max: 100_000_000 } as const
const LINK_CHARACTERS_MAX = 2_048
export const METADATA_CHARACTERS_MAX = 2_048

const text255 = z.string().check(z.minLength(1), z.maxLength(255), storable)

/** What a person asks SpacePay to make. Sent again with the same `attempt` it means the same payment. */
export const newPaymentInput = z
  .object({
    attempt: z.uuid(),
    type: z.enum(['payment', 'deposit']),
    /** Null in a deposit, whose payer decides. */
    amountCents: z.nullable(
      amountCents.check(z.minimum(amountLimitsCents.min), z.maximum(amountLimitsCents.max)),
    ),
    orderId: text255,
    redirectUrl: z.nullable(
      z.url({ protocol: /^https?$/ }).check(z.maxLength(LINK_CHARACTERS_MAX), storable),
    ),
    /** Told by SpacePay to the shop as JSON text of at most 2,048 characters. */
    metadata: z
      .array(z.object({ key: text255, value: z.string().check(z.maxLength(2_048), storable) }))
      .check(z.maxLength(50)),
    /** Makes later deposits of the same customer reuse one address. */
    customerRefId: z.nullable(text255),
    /** The payment it is to take the place of. */
    madeFrom: z.nullable(paymentId),
  })
  .check(
    z.refine(({ type, amountCents: cents }) => (type === 'payment') === (cents !== null), {
      path: ['amountCents'],
      error: 'A payment has an amount, a deposit has none.',
    }),
    z.refine(({ type, customerRefId }) => type === 'deposit' || customerRefId === null, {
      path: ['customerRefId'],
      error: 'Only deposits have a customer reference.',
    }),
    z.refine(({ metadata }) => new Set(metadata.map(({ key }) => key)).size === metadata.length, {
      path: ['metadata'],
      error: 'Each name can stand once.',
    }),
    z.refine(({ metadata }) => (metadataText(metadata)?.length ?? 0) <= METADATA_CHARACTERS_MAX, {
      path: ['metadata'],
      error: `All metadata together may have ${METADATA_CHARACTERS_MAX} characters.`,
    }),
  )
export type NewPaymentInput = z.infer<typeof newPaymentInput>

/** The JSON text that SpacePay keeps; null for none. Keys keep their order. */
export function metadataText(
  metadata: readonly { readonly key: string; readonly value: string }[],
): string | null {
  if (metadata.length === 0) return null
  const members = metadata.map(
    ({ key, value }) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
  )
  return `{${members.join(',')}}`
}

/** How a payment came to be, as far as Desk had a part in it. */
export interface PaymentKin {
  /** The payment it takes the place of; null for none. */
  readonly madeFrom: string | null
  /** Those that take its place, oldest first. */
  readonly followedBy: readonly string[]
  /** Who made it in Desk; null where it was made elsewhere. */
  readonly madeBy: string | null
  /** Desk knows the link by which it can be paid. */
  readonly hasLink: boolean
}
