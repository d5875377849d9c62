import * as z from 'zod'
import { paymentId } from '@desk/shared/payments/payment'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { openCursor, sealCursor } from '../kernel/checked-cursor.ts'

/** Where a page ended: the sort key of its last row, and the id that breaks ties. */
const pagePosition = z.object({
  /** Microseconds since 1970 or cents, after the query's sort; null for an amount that is not known. */
  key: z.int().nullable(),
  id: paymentId,
})
export type PagePosition = z.infer<typeof pagePosition>

/** Opaque text that only `decodeCursor` with the same query accepts. */
export function encodeCursor({ key, id }: PagePosition, query: PaymentQuery): string {
  return sealCursor(`${key ?? ''}/${id}`, query)
}

/** Null when the cursor was cut or edited, or was made for another query. */
export function decodeCursor(cursor: string, query: PaymentQuery): PagePosition | null {
  const text = openCursor(cursor, query)
  if (text === null) return null
  const slash = text.indexOf('/')
  const key = text.slice(0, slash)
  const position = { key: key === '' ? null : Number(key), id: text.slice(slash + 1) }
  return pagePosition.safeParse(position).data ?? null
}
