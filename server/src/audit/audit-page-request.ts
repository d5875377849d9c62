import * as z from 'zod'
import { auditListInput, type AuditQuery } from '@desk/shared/audit/audit-query'
import { openCursor, sealCursor } from '../kernel/checked-cursor.ts'

/** A list request whose cursor was read and belongs to this very query. */
export interface AuditPageRequest {
  readonly query: AuditQuery
  /** The number of the last entry of the page before; null for the first page. */
  readonly before: number | null
}

/** A cursor that was cut, edited or belongs to another query is bad input (400), like any other field. */
export const auditPageRequest = z.pipe(
  auditListInput,
  z.transform(({ query, cursor }, context): AuditPageRequest => {
    if (cursor === undefined || cursor === null) return { query, before: null }
    const before = decodeCursor(cursor, query)
    if (before === null) {
      context.issues.push({
        code: 'custom',
        input: cursor,
        path: ['cursor'],
        message: 'This is not a page of this list. Start again from its first page',
      })
    }
    return { query, before }
  }),
)

/** Opaque text that a request with the same query takes as its `cursor`. */
export function encodeCursor(lastSeq: number, query: AuditQuery): string {
  return sealCursor(String(lastSeq), query)
}

const seqText = z
  .string()
  .regex(/^[1-9]\d{0,15}$/)
  .transform(Number)
  .pipe(z.int())

function decodeCursor(cursor: string, query: AuditQuery): number | null {
  return seqText.safeParse(openCursor(cursor, query)).data ?? null
}
