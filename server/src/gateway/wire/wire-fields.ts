import { amountCents } from '@desk/shared/money/amount-cents-schema'
import { Big } from 'big.js'
import * as z from 'zod'

/** Money: a safe integer of cents, or null when not told. Anything else is a decode error. */
export const centsField = z
  .nullish(amountCents)
  .transform((cents) => (cents == null ? null : cents))

/** Text that may be missing; some hosts send ids and block numbers as numbers. */
export const textField = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value) => (value == null ? null : String(value)))

/** Metadata is text holding JSON. Anything else stays in the raw JSON only: it has no agreed reading. */
export const metadataField = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'string' ? value : null))

/** An instant in any ISO spelling, to ISO 8601 UTC; an unreadable one counts as not told. */
export const instantField = z.unknown().optional().transform(readInstant)

/** Decimal text without float noise; a JSON number is taken at its shortest exact spelling. */
export const decimalField = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((value, context) => {
    if (value == null) return null
    const decimal = readDecimal(value)
    if (decimal !== null) return decimal
    context.addIssue({ code: 'custom', message: 'is not a decimal number' })
    return z.NEVER
  })

/** A token amount in base units as integer text; a JSON number only when it is exact. */
export const baseUnitsField = z
  .union([z.string().regex(/^\d{1,78}$/, 'is not an integer of base units'), z.int().nonnegative()])
  .nullish()
  .transform((value) => (value == null ? null : BigInt(value).toString()))

/** Counts and scores: a number or null. */
export const countField = z
  .number()
  .nullish()
  .transform((value) => value ?? null)

/** Hex addresses and hashes carry no meaning in their case; other chains' addresses do. */
export function hexInLowerCase(text: string | null): string | null {
  return text !== null && /^0x[0-9a-f]+$/i.test(text) ? text.toLowerCase() : text
}

/** `"3742.05353900"` stays, `1e-7` becomes `"0.0000001"`. Null when it is no decimal number. */
export function readDecimal(value: string | number): string | null {
  const text = typeof value === 'string' ? value.trim() : String(value)
  if (text.length > longestDecimal) return null
  if (/^-?\d+(?:\.\d+)?$/.test(text)) return text
  const scientific = /^-?\d+(?:\.\d+)?e[+-]?(\d+)$/i.exec(text)
  if (!scientific || Number(scientific[1]) > largestExponent) return null
  return new Big(text).toFixed()
}

const longestDecimal = 100
const largestExponent = 78

function readInstant(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const match = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?$/i.exec(
    value.trim(),
  )
  if (!match) return null
  const instant = new Date(`${match[1]}T${match[2]}${match[3] ?? 'Z'}`)
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString()
}
