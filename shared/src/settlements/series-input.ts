import * as z from 'zod/mini'

/** A year and a bit: as many days as a chart can show and a year can be compared with. */
export const SERIES_DAYS_MAX = 800

const day = z.iso.date('must be a day such as 2026-11-22')

/** Which sums by business day are asked for; both days are included. */
export const seriesInput = z
  .object({
    from: day,
    to: day,
    /** By the day payments were made or completed. */
    basis: z.enum(['created', 'settled']),
    splitBy: z.enum(['none', 'token', 'network', 'status', 'type']),
    token: z.optional(z.array(z.string().check(z.maxLength(64))).check(z.maxLength(20))),
    network: z.optional(z.array(z.string().check(z.maxLength(64))).check(z.maxLength(20))),
    status: z.optional(z.array(z.string().check(z.maxLength(64))).check(z.maxLength(20))),
    type: z.optional(z.array(z.string().check(z.maxLength(64))).check(z.maxLength(20))),
  })
  .check(
    z.refine(({ from, to }) => from <= to, {
      error: 'must not be before the first day',
      path: ['to'],
    }),
    z.refine(({ from, to }) => daysBetween(from, to) < SERIES_DAYS_MAX, {
      error: `must be at most ${SERIES_DAYS_MAX} days after the first`,
      path: ['to'],
    }),
  )
export type SeriesInput = z.infer<typeof seriesInput>

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000
}
