import { createHash } from 'node:crypto'
import * as z from 'zod'
import { paymentId } from '@desk/shared/payments/payment'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'

/** Where a page ended: the sort key of its last row, and the id that breaks ties. */
const pagePosition = z.object({
  /** Microseconds since 1970 or cents, after the query's sort; null for an amount that is not known. */
  key: z.int().nullable(),
  id: paymentId,
})
export type PagePosition = z.infer<typeof pagePosition>

/** Opaque text that only `decodeCursor` with the same query accepts. */
export function encodeCursor({ key, id }: PagePosition, query: PaymentQuery): string {
  const text = `${key ?? ''}/${id}`
  return Buffer.from(checkOf(text, query) + text, 'utf8').toString('base64url')
}

/**
 * Null when the cursor was cut or edited, or was made for another query: its position would mean
 * something else there. The check guards against mistakes, not against forgers; a position is no secret.
 */
export function decodeCursor(cursor: string, query: PaymentQuery): PagePosition | null {
  const bytes = Buffer.from(cursor, 'base64url')
  // Decoding forgives stray characters and spare bits; a cursor we made encodes back to itself.
  if (bytes.toString('base64url') !== cursor) return null
  const decoded = bytes.toString('utf8')
  const text = decoded.slice(CHECK_CHARACTERS)
  if (decoded.slice(0, CHECK_CHARACTERS) !== checkOf(text, query)) return null
  const slash = text.indexOf('/')
  const key = text.slice(0, slash)
  const position = { key: key === '' ? null : Number(key), id: text.slice(slash + 1) }
  return pagePosition.safeParse(position).data ?? null
}

const CHECK_CHARACTERS = 16

function checkOf(text: string, query: PaymentQuery): string {
  const asked = Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1))
  const digest = createHash('sha256')
    .update(JSON.stringify([asked, text]))
    .digest('base64url')
  return digest.slice(0, CHECK_CHARACTERS)
}
