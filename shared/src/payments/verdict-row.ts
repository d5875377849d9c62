import type { Dimension, Situation } from './verdict-situation.ts'
import type { VerdictText } from './verdict-parts.ts'
import type { Told } from './verdict-told.ts'

/** What a colleague can do about a payment. */
export const nextSteps = [
  'wait',
  'refresh',
  'new_payment',
  'hand_to_finance',
  'refund_by_withdrawal',
] as const
export type NextStep = (typeof nextSteps)[number]

export interface VerdictWords {
  /** For the colleague: what happened, in one sentence. */
  readonly sentence: VerdictText
  /** What that rests on, and what it means. */
  readonly because: VerdictText
  /** For the customer, without greeting: plain, polite, nothing of how we work. */
  readonly reply: VerdictText
}

/** One row of the table. It applies where every question it asks has one of its answers. */
export interface VerdictRow<Name extends string = string> {
  readonly name: Name
  readonly when: { readonly [D in Dimension]?: readonly Situation[D][] }
  readonly tone: 'ok' | 'wait' | 'warn' | 'bad' | 'unsure' | 'idle'
  /** The one to take first comes first. */
  readonly next: readonly NextStep[]
  readonly words: (told: Told) => VerdictWords
}
