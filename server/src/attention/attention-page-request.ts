import * as z from 'zod'
import { attentionListInput, type AttentionQuery } from '@desk/shared/attention/attention-query'
import { openCursor, sealCursor } from '../kernel/checked-cursor.ts'

/** The last row of a page: its sort key (milliseconds since 1970 or cents) and the id that breaks ties. */
const position = z.object({ key: z.int().nullable(), id: z.int().positive() })
export type ItemPosition = z.infer<typeof position>

export interface AttentionPageRequest {
  readonly query: AttentionQuery
  /** Null for the first page. */
  readonly after: ItemPosition | null
}

/** A cursor that was cut, edited or belongs to another query is bad input (400), like any other field. */
export const attentionPageRequest = z.pipe(
  attentionListInput,
  z.transform(({ query, cursor }, context): AttentionPageRequest => {
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
export function encodeCursor({ key, id }: ItemPosition, query: AttentionQuery): string {
  return sealCursor(`${key ?? ''}/${id}`, query)
}

function decodeCursor(cursor: string, query: AttentionQuery): ItemPosition | null {
  const [key = '', id = ''] = openCursor(cursor, query)?.split('/') ?? []
  const read = position.safeParse({ key: key === '' ? null : Number(key), id: Number(id) })
  return read.data ?? null
}
