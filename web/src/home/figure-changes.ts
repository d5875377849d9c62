import { countText, readersLocale } from '../ui/readers-locale.ts'

/** A figure against the one before it; `isGood` is null where neither direction is better. */
export interface FigureChange {
  readonly text: string
  readonly isGood: boolean | null
}

/** `"+12.4 %"` of what it was; null where there is nothing to compare with. */
export function relativeChange(now: number, before: number): FigureChange | null {
  if (before <= 0) return null
  const tenths = Math.round(((now - before) / before) * 1_000)
  return { text: `${signed(tenths / 10, oneDecimal)} %`, isGood: goodWhenMore(tenths) }
}

/** `"+8"`. */
export function countChange(now: number, before: number): FigureChange {
  return { text: signed(now - before, countText), isGood: goodWhenMore(now - before) }
}

/** Of shares between 0 and 1, in percentage points: `"−1.9 pt"`; null where one of them is unknown. */
export function pointChange(now: number | null, before: number | null): FigureChange | null {
  if (now === null || before === null) return null
  const tenths = Math.round((now - before) * 1_000)
  return { text: `${signed(tenths / 10, oneDecimal)} pt`, isGood: goodWhenMore(tenths) }
}

/** Of lengths of time in seconds, where less is better. */
export function timeChange(now: number, before: number): FigureChange {
  const sign = now > before ? '+' : now < before ? '−' : '±'
  const isGood = now === before ? null : now < before
  return { text: `${sign}${spanText(Math.abs(now - before))}`, isGood }
}

/** `"58 s"`, `"4 min 10 s"`, `"1 h 5 min"`. */
export function spanText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  const [whole, rest, words] =
    seconds < 3_600
      ? ([Math.floor(seconds / 60), seconds % 60, ['min', 's']] as const)
      : ([Math.floor(seconds / 3_600), Math.floor((seconds % 3_600) / 60), ['h', 'min']] as const)
  return rest === 0 ? `${whole} ${words[0]}` : `${whole} ${words[0]} ${rest} ${words[1]}`
}

/** `0.841` → `"84.1 %"`; a dash where nothing is known. */
export function shareText(share: number | null): string {
  return share === null ? '—' : `${oneDecimal(share * 100)} %`
}

/** Null of nothing. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole
}

function goodWhenMore(difference: number): boolean | null {
  return difference === 0 ? null : difference > 0
}

function signed(value: number, text: (magnitude: number) => string): string {
  const sign = value > 0 ? '+' : value < 0 ? '−' : '±'
  return `${sign}${text(Math.abs(value))}`
}

const decimal = new Intl.NumberFormat(readersLocale, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
})
function oneDecimal(value: number): string {
  return decimal.format(value)
}
