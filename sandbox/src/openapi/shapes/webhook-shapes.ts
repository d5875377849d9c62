import * as z from 'zod'
import { paymentStatuses, paymentTypes } from '../../payments/payment-record.ts'
import type { Profile } from '../../registry/chains.ts'
import { withdrawalStatuses } from '../../withdrawals/withdrawal-record.ts'
import { instant } from './receipt-facts.ts'

/** The objects that generation A sent whole; null while webhooks carry snapshots. */
type Whole = { readonly payment: z.ZodObject; readonly withdrawal: z.ZodObject } | null

/** The bodies of webhooks, as the profile has them. */
export function webhookShapes(profile: Profile, whole: Whole) {
  const common = {
    id: z.string().max(64),
    merchantId: z.uuid(),
    amountInCents: z.int(),
    currency: z.literal('USD'),
    orderId: z.string().nullable(),
    createdAt: instant,
  }
  const paymentSnapshot = snapshot('payment', whole?.payment ?? null, {
    ...common,
    type: z.enum(paymentTypes),
    amountDueCents: z.int(),
    status: z.enum(paymentStatuses),
  })
  const withdrawalSnapshot = snapshot('withdrawal', whole?.withdrawal ?? null, {
    ...common,
    status: z.enum(withdrawalStatuses),
  })
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

function snapshot(name: string, whole: z.ZodObject | null, members: z.ZodRawShape): z.ZodObject {
  return whole === null
    ? z
        .object(members)
        .describe(`Enough of a ${name} to know which it is: read the rest from the API.`)
    : whole
        .extend(members)
        .describe(`The whole ${name} as it was when this happened, as generation A sent it.`)
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
