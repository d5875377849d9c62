import * as z from 'zod/mini'
import { role } from '../identity/role-schema.ts'
import { shownColumns } from '../payments/payment-column-input.ts'
import { everyPayment, type PaymentQuery } from '../payments/payment-query.ts'
import { paymentQuery } from '../payments/payment-query-schema.ts'
import { storable } from '../text/storable.ts'
import { VIEW_NAME_MAX, VIEWS_COUNTED_MAX } from './saved-view.ts'

export const viewName = z
  .string()
  .check(
    z.trim(),
    z.minLength(1, 'must not be empty'),
    z.maxLength(VIEW_NAME_MAX, `must be at most ${VIEW_NAME_MAX} characters`),
    storable,
  )

const viewId = z.string().check(z.minLength(1), z.maxLength(64), storable)
const columns = z.nullable(shownColumns)
const sharedWith = z.nullable(role)

export const saveViewInput = z.object({ name: viewName, query: paymentQuery, columns, sharedWith })
export type SaveViewInput = z.infer<typeof saveViewInput>

/** Parts that are left out stay as they are. `version` is the one that was seen, so nobody undoes what they did not see. */
export const changeViewInput = z.object({
  id: viewId,
  version: z.int().check(z.positive()),
  name: z.optional(viewName),
  query: z.optional(paymentQuery),
  columns: z.optional(columns),
  sharedWith: z.optional(sharedWith),
})
export type ChangeViewInput = z.infer<typeof changeViewInput>

export const deleteViewInput = z.object({ id: viewId })

export const countViewsInput = z.object({
  ids: z.array(viewId).check(z.maxLength(VIEWS_COUNTED_MAX)),
})

/** A query from the database: what it does not say, since it was saved by an older Desk, asks for nothing. Null where it cannot be read. */
export function readStoredQuery(stored: unknown): PaymentQuery | null {
  if (typeof stored !== 'object' || stored === null) return null
  const read = z.safeParse(paymentQuery, { ...everyPayment, ...stored })
  return read.success ? read.data : null
}
