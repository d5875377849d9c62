import * as z from 'zod'
import { DecodeError, decodeWith } from './decode-error.ts'

/** One page of a list. A row that cannot be read is reported and does not hide the others. */
export interface Page<Row> {
  readonly rows: readonly PageRow<Row>[]
  readonly rejected: readonly RejectedRow[]
  /** As the host counted; null when it did not say. */
  readonly total: number | null
  readonly offset: number | null
  readonly hasMore: boolean
}

export interface PageRow<Row> {
  readonly value: Row
  /** The row's JSON as sent. */
  readonly raw: unknown
}

export interface RejectedRow {
  readonly index: number
  readonly id: string | null
  readonly problem: string
  readonly raw: unknown
}

/** Reads `{data, pagination}`. Throws DecodeError only when the envelope itself is not readable. */
export function decodePage<Row>(json: unknown, decodeRow: (row: unknown) => Row): Page<Row> {
  const { data, pagination } = decodeWith(pageWire, json)
  const rows: PageRow<Row>[] = []
  const rejected: RejectedRow[] = []
  for (const [index, raw] of data.entries()) {
    try {
      rows.push({ value: decodeRow(raw), raw })
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error
      rejected.push({ index, id: idOf(raw), problem: error.message, raw })
    }
  }
  return {
    rows,
    rejected,
    total: pagination?.total ?? null,
    offset: pagination?.offset ?? null,
    hasMore: hasMore(pagination, data.length),
  }
}

const paginationWire = z
  .object({
    total: z.int().nullish(),
    offset: z.int().nullish(),
    hasMore: z.boolean().nullish(),
  })
  .nullish()

const pageWire = z.object({ data: z.array(z.unknown()), pagination: paginationWire })

/** Without a word about it, a page with rows may have a successor: reading one empty page is cheap. */
function hasMore(pagination: z.output<typeof paginationWire>, rowCount: number): boolean {
  if (pagination?.hasMore != null) return pagination.hasMore
  if (pagination?.total != null) return (pagination.offset ?? 0) + rowCount < pagination.total
  return rowCount > 0
}

function idOf(raw: unknown): string | null {
  if (typeof raw !== 'object' || raw === null || !('id' in raw)) return null
  return typeof raw.id === 'string' ? raw.id : null
}
