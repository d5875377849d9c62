/** What is looked at before a month is closed. */
export const monthCheckKinds = [
  'days_over',
  'sums_level',
  'sums_proved',
  'lines_matched',
  'drift_settled',
  'statements_cover',
  'differences_explained',
] as const
export type MonthCheckKind = (typeof monthCheckKinds)[number]

/** What is not met and blocks keeps the month open; what only warns asks for a note. */
const weights = {
  days_over: 'blocks',
  sums_level: 'blocks',
  sums_proved: 'blocks',
  lines_matched: 'blocks',
  drift_settled: 'warns',
  statements_cover: 'warns',
  differences_explained: 'warns',
} as const satisfies Record<MonthCheckKind, 'blocks' | 'warns'>

export interface MonthCheck {
  readonly kind: MonthCheckKind
  readonly isMet: boolean
  /** What was found, in words. */
  readonly finding: string
}

/** Why a month may not be closed with these findings and this note, in words; null where it may. */
export function closeBlock(checks: readonly MonthCheck[], note: string): string | null {
  const missing = monthCheckKinds.filter((kind) => !checks.some((check) => check.kind === kind))
  if (missing.length > 0) return 'Not everything was looked at. Look at the month again.'
  const open = checks.filter(({ isMet }) => !isMet)
  const blocking = open.find(({ kind }) => weights[kind] === 'blocks')
  if (blocking) return blocking.finding
  return open.length > 0 && note.trim() === ''
    ? 'Say in the note why it is closed although not everything on the list is met.'
    : null
}

export function doesBlock(kind: MonthCheckKind): boolean {
  return weights[kind] === 'blocks'
}
