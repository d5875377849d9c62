import * as z from 'zod/mini'
import { storable } from '../text/storable.ts'
import { lineStates, payoutCurrencies } from './bank-statements.ts'
import { csvMapping } from './csv-mapping.ts'

const dayWords = 'must be a day such as 2026-11-22'
const day = z.iso
  .date(dayWords)
  .check(z.refine((text) => text >= '2009-01-01' && text <= '2199-12-31', { error: dayWords }))
const id = z.string().check(z.minLength(1), z.maxLength(64))
const number = z.int().check(z.minimum(1))
const cursor = z.optional(z.nullable(z.string().check(z.maxLength(400))))
const cents = z.int().check(z.minimum(-(10 ** 14)), z.maximum(10 ** 14))
const text = (name: string, most: number) =>
  z
    .string()
    .check(
      z.trim(),
      z.minLength(1, `${name} is missing.`),
      z.maxLength(most, `${name} has more than ${most} characters.`),
      storable,
    )

/** An account that SpacePay pays to; blanks in its number are left out. */
export const addBankAccountInput = z.object({
  name: text('The name', 80),
  identifier: text('The number', 60),
  currency: z.enum(payoutCurrencies),
})
export type AddBankAccountInput = z.infer<typeof addBankAccountInput>

/** What comes beside the bytes of a file. */
export const statementUpload = z.object({
  account: id,
  fileName: text('The name of the file', 200),
  /** Null for files that say themselves what is what. */
  mapping: z.nullable(csvMapping),
})
export type StatementUpload = z.infer<typeof statementUpload>

export const statementsInput = z.object({ cursor })
export const statementInput = z.object({ id })

/** Bank lines, the newest first; open ones the oldest first. */
export const bankLinesInput = z.object({
  state: z.nullable(z.enum(lineStates)),
  account: z.optional(id),
  statement: z.optional(id),
  cursor,
})
export type BankLinesInput = z.infer<typeof bankLinesInput>

export const bankLineInput = z.object({ id: number })

/**
 * A match by hand: what is open of these lines is the money of these days. Cents are what arrived for each
 * day, in dollars; where the lines say what they are worth they add up to that.
 */
export const matchInput = z.object({
  lines: z.array(number).check(z.minLength(1), z.maxLength(50)),
  days: z.array(z.object({ day, arrivedCents: cents })).check(
    z.minLength(1),
    z.maxLength(50),
    z.refine((days) => new Set(days.map((each) => each.day)).size === days.length, {
      error: 'name a day twice',
    }),
  ),
  reason: text('The reason', 500),
})
export type MatchInput = z.infer<typeof matchInput>

export const undoMatchInput = z.object({ id: number, reason: text('The reason', 500) })
/** Putting lines aside that are not SpacePay's, or taking one back. */
export const setAsideInput = z.object({ id: number, reason: text('The reason', 500) })
