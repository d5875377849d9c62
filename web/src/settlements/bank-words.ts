import type { BankLine } from '@desk/shared/settlements/bank-statements'
import { shortDay } from '../ui/business-day.ts'

/** `"3 days ago"` between two days. */
export function ageText(day: string, today: string): string {
  const days = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000)
  if (days <= 0) return 'today'
  return days === 1 ? 'yesterday' : `${days} days ago`
}

/** What a line calls itself. */
export function lineTitle(line: Pick<BankLine, 'reference' | 'description' | 'counterparty'>) {
  return line.reference || line.description || line.counterparty || 'No reference'
}

/** Days as people read them, such as `"20 Nov, 21 Nov"`. */
export function daysText(days: readonly string[], today: string): string {
  return days.map((day) => shortDay(day, day.slice(0, 4) === today.slice(0, 4))).join(', ')
}

export const stateWords = {
  open: { word: 'Waiting', tone: 'wait' },
  matched: { word: 'Matched', tone: 'ok' },
  set_aside: { word: 'Put aside', tone: 'idle' },
} as const
