import { expectedBy } from './expected-by.ts'
import { namesSpacePay, payoutDays } from './payout-days.ts'

/** What is to be matched: a bank line, or several as one. Cents of a dollar. */
export interface ToMatch {
  /** Everything the bank wrote about it. */
  readonly text: string
  readonly bookedOn: string
  /** Null where the line does not say what it is in dollars. */
  readonly worthCents: number | null
  /** What the bank said it kept of it. */
  readonly chargeCents: number
  /** Whether it came through an exchange, so that its amount is about right at best. */
  readonly isExchanged: boolean
}

/** A business day as it stands: what it should bring and what of that is accounted for. */
export interface OpenDay {
  readonly day: string
  readonly expectedCents: number
  readonly accountedCents: number
}

export interface MatchSuggestion {
  readonly rule: 'reference' | 'amount' | 'manual'
  /** From 0 to 100. */
  readonly score: number
  readonly why: string
  readonly days: readonly string[]
}

/** Desk matches by itself from here on, where only one suggestion reaches it. */
export const SURE_SCORE = 80
const suggestionsMax = 5
const windowDays = 10
const runMax = 4
const dayMs = 86_400_000

/**
 * Which days a bank line may be the money of, the likeliest first: those its reference names; days, or up to
 * four days in a row, that bring just its amount and are not accounted for; and such that bring nearly it.
 */
export function suggestMatches(
  line: ToMatch,
  days: readonly OpenDay[],
  workingDays: number,
): readonly MatchSuggestion[] {
  const named = payoutDays(line.text).filter((day) => day <= line.bookedOn)
  const byReference: MatchSuggestion[] =
    named.length === 0
      ? []
      : [
          {
            rule: 'reference',
            score: 100,
            why: `Its reference names ${named.join(', ')}.`,
            days: named,
          },
        ]
  const isSame = ({ days: own }: MatchSuggestion) => own.join() === named.join()
  const byAmount = runsOf(windowOf(days, line.bookedOn))
    .map((run) => byAmountOf(line, run, workingDays))
    .filter((suggestion) => suggestion !== null && !isSame(suggestion))
  return [...byReference, ...byAmount.filter((each) => each !== null)]
    .toSorted((a, b) => b.score - a.score || (a.days.join() < b.days.join() ? 1 : -1))
    .slice(0, suggestionsMax)
}

/** The one suggestion that is sure enough to be taken without a person; null where none or several are. */
export function sureMatch(suggestions: readonly MatchSuggestion[]): MatchSuggestion | null {
  const [first, second] = suggestions
  if (!first || first.score < SURE_SCORE) return null
  const isOnly = first.rule === 'reference' || (second?.score ?? 0) < SURE_SCORE
  return isOnly ? first : null
}

function windowOf(days: readonly OpenDay[], bookedOn: string): readonly OpenDay[] {
  const from = new Date(Date.parse(bookedOn) - windowDays * dayMs).toISOString().slice(0, 10)
  return days.filter(({ day }) => day >= from && day <= bookedOn)
}

/** Every day by itself, and up to four in a row. */
function runsOf(days: readonly OpenDay[]): readonly (readonly OpenDay[])[] {
  return days.flatMap((_, index) =>
    Array.from({ length: runMax }, (_run, more) => days.slice(index, index + more + 1)).filter(
      (run, more) => run.length === more + 1,
    ),
  )
}

function byAmountOf(
  line: ToMatch,
  run: readonly OpenDay[],
  workingDays: number,
): MatchSuggestion | null {
  const last = run.at(-1)
  const open = run.reduce((sum, day) => sum + day.expectedCents - day.accountedCents, 0)
  const worth = line.worthCents
  if (!last || worth === null || worth <= 0 || open <= 0) return null
  // A day that is accounted for, or brought nothing, has no part in what came later.
  if (run.some((day) => day.expectedCents - day.accountedCents <= 0)) return null
  const off = Math.abs(open - worth - line.chargeCents)
  const isExact = off === 0
  const isNear = off * 100 <= open * (line.isExchanged ? 3 : 2)
  if (!isExact && !isNear) return null
  const late = daysApart(expectedBy(last.day, workingDays), line.bookedOn)
  const named = namesSpacePay(line.text) ? 0 : 8
  const score = (isExact ? 95 : 60) - Math.min(late * 2, 12) - (run.length - 1) * 2 - named
  const which = run.length === 1 ? 'the day brings' : `the ${run.length} days bring`
  const why = isExact
    ? `It is just what ${which}${line.chargeCents > 0 ? ', less what the bank kept' : ''}.`
    : `It is nearly what ${which}.`
  return { rule: 'amount', score, why, days: run.map(({ day }) => day) }
}

function daysApart(a: string, b: string): number {
  return Math.round(Math.abs(Date.parse(a) - Date.parse(b)) / dayMs)
}
