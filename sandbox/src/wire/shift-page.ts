import type { FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { Strike } from '../control/fault-board.ts'

/** A page that is served off its place; whether that changes anything is known once it is served. */
export interface ShiftedPage {
  readonly strike: Strike<{ readonly kind: 'shift'; readonly rows: number }>
  readonly asked: number
  readonly served: number
}

const query = z.looseObject({
  offset: z
    .string()
    .regex(/^\d{1,9}$/)
    .default('0'),
})
const listPage = z.looseObject({
  data: z.array(z.unknown()),
  pagination: z.looseObject({ total: z.int(), limit: z.int() }),
})

/** Lets the route serve the page some rows off; null when no row lies there. */
export function shiftPage(
  request: FastifyRequest,
  strike: ShiftedPage['strike'],
): ShiftedPage | null {
  const read = query.safeParse(request.query)
  if (!read.success) return null
  const asked = Number(read.data.offset)
  const served = Math.max(0, asked + strike.effect.rows)
  if (served === asked) return null
  request.query = { ...read.data, offset: String(served) }
  return { strike, asked, served }
}

/** The served page claiming to be the asked one; null when neither holds a row. */
export function asAskedPage(body: string, page: ShiftedPage): string | null {
  const read = listPage.safeParse(JSON.parse(body))
  if (!read.success) return null
  const { data, pagination } = read.data
  const { asked, served } = page
  if (pagination.total <= Math.min(asked, served)) return null
  return JSON.stringify({
    ...read.data,
    pagination: {
      ...pagination,
      offset: asked,
      hasMore: asked + data.length < pagination.total,
      currentPage: Math.floor(asked / pagination.limit) + 1,
    },
  })
}
