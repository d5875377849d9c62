import type { DayDifference, DifferenceKind } from '@desk/shared/settlements/day-difference'
import type { Tone } from '../ui/tone.ts'

/** What the parts of a difference are called, and why they are there. */
const differenceWords = {
  timing: { label: 'Timing', tone: 'wait', why: 'It is not due yet.' },
  fee: { label: 'Fee', tone: 'idle', why: 'The bank says it kept this.' },
  fx: { label: 'FX', tone: 'idle', why: 'Within what an exchange of currencies may move.' },
  excess: { label: 'Excess', tone: 'warn', why: 'More arrived than the day is worth.' },
  missing: { label: 'Missing', tone: 'bad', why: 'It is overdue and no bank line explains it.' },
} as const satisfies Record<
  DifferenceKind,
  { readonly label: string; readonly tone: Tone; readonly why: string }
>

/** In the order in which they are looked at. */
const order = [
  'missing',
  'excess',
  'timing',
  'fee',
  'fx',
] as const satisfies readonly DifferenceKind[]

/** The parts that are there; none where all arrived. */
export function partsOf(difference: DayDifference) {
  return order
    .filter((kind) => difference[kind] !== 0)
    .map((kind) => ({ kind, cents: difference[kind], ...differenceWords[kind] }))
}
