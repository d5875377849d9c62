import * as z from 'zod'
import { mainMerchant } from '../registry/merchant.ts'

export const withdrawalStatuses = [
  'pending',
  'processing',
  'completed',
  'failed',
  'cancelled',
] as const

/** What is kept of a withdrawal. Instants are epoch milliseconds of sandbox time. Replaced, never changed. */
export const withdrawalRecord = z.object({
  id: z.string(),
  merchantId: z.string().default(mainMerchant.id),
  status: z.enum(withdrawalStatuses),
  amountCents: z.int(),
  chainId: z.int(),
  recipientAddress: z.string(),
  orderId: z.string().nullable(),
  customMetadata: z.string().nullable(),
  errorMessage: z.string().nullable(),
  createdAt: z.int(),
  updatedAt: z.int(),
  transaction: z
    .object({ hash: z.string(), block: z.int(), minedAt: z.int(), confirmedAt: z.int() })
    .nullable(),
  /** When it leaves `pending` by itself. */
  sendAt: z.int(),
  willFail: z.boolean(),
  /** How it was asked for; null in the made-up history, which is no part of the ledger. */
  request: z
    .object({ idempotencyKey: z.string().nullable(), bodySha256: z.string().nullable() })
    .nullable(),
})
export type WithdrawalRecord = z.infer<typeof withdrawalRecord>
