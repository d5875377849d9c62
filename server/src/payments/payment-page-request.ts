import * as z from 'zod'
import { paymentListInput } from '@desk/shared/payments/payment-list'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { decodeCursor, type PagePosition } from './payment-cursor.ts'

/** A list request whose cursor was read and belongs to this very query. */
export interface PaymentPageRequest {
  readonly query: PaymentQuery
  /** The last row of the page before; null for the first page. */
  readonly after: PagePosition | null
  readonly limit: number
  readonly withWork: boolean
  /** ISO 8601 UTC; null for now. */
  readonly asOf: string | null
  /** Aborts when whoever asked has gone. */
  readonly signal?: AbortSignal | undefined
}

const PAGE_SIZE = 100

/** A cursor that was cut, edited or belongs to another query is bad input (400), like any other field. */
export const paymentPageRequest = z.pipe(
  paymentListInput,
  z.transform(
    (
      { query, cursor, limit = PAGE_SIZE, withWork = false, asOf = null },
      context,
    ): PaymentPageRequest => {
      if (cursor === undefined || cursor === null)
        return { query, after: null, limit, withWork, asOf }
      const after = decodeCursor(cursor, query)
      if (after === null) {
        context.issues.push({
          code: 'custom',
          input: cursor,
          path: ['cursor'],
          message: 'This is not a page of this list. Start again from its first page',
        })
      }
      return { query, after, limit, withWork, asOf }
    },
  ),
)
