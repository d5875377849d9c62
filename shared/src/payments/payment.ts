import * as z from 'zod/mini'
import { storable } from '../text/storable.ts'

/** SpacePay's payment id: opaque text of at most 64 characters, never assumed to be a UUID. */
export const paymentId = z
  .string()
  .check(z.minLength(1), z.maxLength(64), storable)
  .brand<'PaymentId'>()
export type PaymentId = z.infer<typeof paymentId>
