import { type BusinessDayRule, businessDayOf } from '@desk/shared/time/business-day'
import type { TableLine } from './data-table.tsx'
import { dayTitle } from './business-day.ts'

/** Puts the name of each business day before its rows; `instants` are those of the rows, in their order. */
export function withDays(
  instants: readonly string[],
  { rule, today }: { readonly rule: BusinessDayRule; readonly today: string },
): readonly TableLine[] {
  const lines: TableLine[] = []
  let current = ''
  for (const [index, at] of instants.entries()) {
    const day = businessDayOf(at, rule)
    if (day !== current) lines.push({ kind: 'title', title: dayTitle(day, today) })
    current = day
    lines.push({ kind: 'row', index })
  }
  return lines
}

export function withoutDays(items: readonly unknown[]): readonly TableLine[] {
  return items.map((_, index) => ({ kind: 'row', index }))
}
