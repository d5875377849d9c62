import * as z from 'zod'
import { paymentStatuses, paymentTypes } from '../../payments/payment-record.ts'
import type { Profile } from '../../registry/chains.ts'
import { withdrawalStatuses } from '../../withdrawals/withdrawal-record.ts'
import { instant } from './receipt-facts.ts'

/** The bodies of webhooks, as the profile has them. */
export function webhookShapes(profile: Profile) {
  const common = {
    id: z.string().max(64),
    merchantId: z.uuid(),
    amountInCents: z.int(),
    currency: z.literal('USD'),
    orderId: z.string().nullable(),
    createdAt: instant,
  }
  const paymentSnapshot = z
    .object({
      ...common,
      type: z.enum(paymentTypes),
      amountDueCents: z.int(),
      status: z.enum(paymentStatuses),
    })
    .describe('Enough of a payment to know which it is: read the rest from the API.')
  const withdrawalSnapshot = z
    .object({ ...common, status: z.enum(withdrawalStatuses) })
    .describe('Enough of a withdrawal to know which it is: read the rest from the API.')
  const paymentWebhook = envelope(profile, ['payment.created', 'payment.updated'], {
    name: 'payment',
    snapshot: paymentSnapshot,
  })
  const withdrawalWebhook = envelope(profile, ['withdrawal.created', 'withdrawal.updated'], {
    name: 'withdrawal',
    snapshot: withdrawalSnapshot,
  })
  return { paymentSnapshot, withdrawalSnapshot, paymentWebhook, withdrawalWebhook }
}

function envelope<T extends z.ZodRawShape>(
  profile: Profile,
  types: readonly [string, string],
  subject: { readonly name: string; readonly snapshot: z.ZodObject<T> },
) {
  const { name, snapshot } = subject
  const type = z.enum(types)
  const timestamp = instant.describe('When it happened.')
  if (profile !== 'seed') return z.object({ type, data: z.object({ [name]: snapshot }), timestamp })
  return z.object({
    event: type.describe('Equal to type.'),
    type,
    data: z
      .object({ ...snapshot.shape, [name]: snapshot })
      .describe(`The members of data.${name}, and beside them the ${name} itself.`),
    timestamp,
  })
}
