import { type AmountCents, formatCents, parseDollars } from '../money/amount-cents.ts'

/** What SpacePay takes in one withdrawal. */
export const requestLimitsCents = { min: 100, max: 100_000_000 } as const

export type ReadAmount =
  | { readonly cents: AmountCents; readonly problem: null }
  | { readonly cents: null; readonly problem: string }

/** Reads what a person typed for the amount of a withdrawal, or says in words what is wrong with it. */
export function readRequestAmount(text: string): ReadAmount {
  const cents = parseDollars(text)
  if (cents === null) {
    return { cents: null, problem: 'This is no amount in dollars and cents, such as 1,250.00.' }
  }
  const problem = amountProblem(cents)
  return problem === null ? { cents, problem } : { cents: null, problem }
}

/** What is wrong with the amount, in words; null if nothing is. */
export function amountProblem(cents: number): string | null {
  if (!Number.isSafeInteger(cents)) return 'The amount is no whole number of cents.'
  const { min, max } = requestLimitsCents
  if (cents < min) return `A withdrawal is at least ${formatCents(min)}.`
  if (cents > max) return `A withdrawal is at most ${formatCents(max)}.`
  return null
}
