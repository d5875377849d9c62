import * as z from 'zod'
import { deliveryListInput, type DeliveryQuery } from '@desk/shared/webhooks/delivery-query'
import { openCursor, sealCursor } from '../kernel/checked-cursor.ts'

/** Where a page ended. Deliveries and refused ones stand on one time line, at one instant deliveries first. */
export interface TimelinePosition {
  readonly microseconds: number
  readonly source: 'delivery' | 'refused'
  readonly id: number
}

export interface DeliveryPageRequest {
  readonly query: DeliveryQuery
  /** Null for the first page. */
  readonly after: TimelinePosition | null
}

/** A cursor that was cut, edited or belongs to another query is bad input (400), like any other field. */
export const deliveryPageRequest = z.pipe(
  deliveryListInput,
  z.transform(({ query, cursor }, context): DeliveryPageRequest => {
    if (cursor === undefined || cursor === null) return { query, after: null }
    const after = decodeCursor(cursor, query)
    if (after === null) {
      context.issues.push({
        code: 'custom',
        input: cursor,
        path: ['cursor'],
        message: 'This is not a page of this list. Start again from its first page',
      })
    }
    return { query, after }
  }),
)

/** Opaque text that a request with the same query takes as its `cursor`. */
export function encodeCursor(last: TimelinePosition, query: DeliveryQuery): string {
  return sealCursor(`${last.microseconds}/${last.source}/${last.id}`, query)
}

const whole = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number)
  .pipe(z.int())
const positionParts = z.tuple([whole, z.enum(['delivery', 'refused']), whole])

function decodeCursor(cursor: string, query: DeliveryQuery): TimelinePosition | null {
  const parts = positionParts.safeParse(openCursor(cursor, query)?.split('/'))
  if (!parts.success) return null
  const [microseconds, source, id] = parts.data
  return { microseconds, source, id }
}
