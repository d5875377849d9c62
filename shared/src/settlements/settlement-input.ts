import * as z from 'zod/mini'
import { storable } from '../text/storable.ts'
import { journalAccounts } from './journal-accounts.ts'
import { monthFileKinds } from './month-files.ts'

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

const monthWords = 'must be a month such as 2026-11'
const month = z.string().check(z.regex(/^(20|21)\d{2}-(0[1-9]|1[0-2])$/, monthWords))

export const settlementMonthsInput = z.object({ cursor: z.optional(z.nullable(month)) })
export const settlementMonthInput = z.object({ month })

const NOTE_MAX = 1_000
const reason = z
  .string()
  .check(z.trim(), z.minLength(1, 'must say why'), z.maxLength(NOTE_MAX), storable)
const note = z.string().check(z.trim(), z.maxLength(NOTE_MAX), storable)
const number = z.int().check(z.positive())

export const closeMonthInput = z.object({
  month,
  /** Of the content that the person saw: nothing else is closed. */
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/, 'is no hash')),
  note,
})
export type CloseMonthInput = z.infer<typeof closeMonthInput>

export const proposeReopeningInput = z.object({ closeId: number, reason })
export type ProposeReopeningInput = z.infer<typeof proposeReopeningInput>

export const decideReopeningInput = z.discriminatedUnion('decision', [
  z.object({ id: number, decision: z.literal('reopen') }),
  z.object({ id: number, decision: z.literal('refuse'), note: reason }),
])
export type DecideReopeningInput = z.infer<typeof decideReopeningInput>

export const takeBackReopeningInput = z.object({ id: number })

export const monthAdjustmentsInput = z.object({
  closeId: number,
  /** As the page before gave it. */
  cursor: z.optional(z.nullable(number)),
})
export type MonthAdjustmentsInput = z.infer<typeof monthAdjustmentsInput>

export const monthFilesInput = z.object({ month })
export const makeMonthFileInput = z.object({ closeId: number, kind: z.enum(monthFileKinds) })
export type MakeMonthFileInput = z.infer<typeof makeMonthFileInput>
export const monthFileId = z.string().check(z.regex(/^[0-9a-z]{10}$/, 'is no file'))
export const setAccountsInput = z.object({ accounts: journalAccounts })
