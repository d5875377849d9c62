import * as z from 'zod'

const wholeNumber = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number)

/** `limit` and `offset` of a query string: 1–1000 (default 100) and from 0. */
export const pageQuery = {
  limit: wholeNumber.pipe(z.int().min(1).max(1_000)).default(100),
  offset: wholeNumber.default(0),
}

export interface Page {
  readonly limit: number
  readonly offset: number
}

/** The published list envelope. `currentPage` starts at 1. */
export function pageJson<T>(data: readonly T[], total: number, page: Page) {
  return {
    data,
    pagination: {
      total,
      limit: page.limit,
      offset: page.offset,
      hasMore: page.offset + data.length < total,
      totalPages: Math.ceil(total / page.limit),
      currentPage: Math.floor(page.offset / page.limit) + 1,
    },
  }
}
