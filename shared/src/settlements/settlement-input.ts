import * as z from 'zod/mini'

/** Business days that one answer has at most: a year and the month it ends in. */
export const SETTLEMENT_DAYS_MAX = 400

const dayWords = 'must be a day such as 2026-11-22'
const day = z.iso
  .date(dayWords)
  .check(z.refine((text) => text >= '2009-01-01' && text <= '2199-12-31', { error: dayWords }))

/** Both days are included. */
export const settlementDaysInput = z.object({ from: day, to: day }).check(
  z.refine(({ from, to }) => from <= to, {
    error: 'must not be before the first day',
    path: ['to'],
  }),
  z.refine(({ from, to }) => Date.parse(to) - Date.parse(from) < SETTLEMENT_DAYS_MAX * 86_400_000, {
    error: `must be at most ${SETTLEMENT_DAYS_MAX} days after the first`,
    path: ['to'],
  }),
)
export type SettlementDaysInput = z.infer<typeof settlementDaysInput>

export const settlementDayInput = z.object({ day })

export const settledPaymentsInput = z.object({
  day,
  /** As the page before gave it. */
  cursor: z.optional(z.nullable(z.string().check(z.maxLength(400)))),
})
export type SettledPaymentsInput = z.infer<typeof settledPaymentsInput>
