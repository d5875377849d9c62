import type { PaymentListItem } from '@desk/shared/payments/payment-list'
import type { TableLine } from '../ui/data-table.tsx'
import { dayOf, dayTitle } from './business-day.ts'

/** Puts the name of each business day before its payments; `items` are in the order of their creation. */
export function withDays(
  items: readonly Pick<PaymentListItem, 'createdAt'>[],
  { zone, today }: { readonly zone: string; readonly today: string },
): readonly TableLine[] {
  const lines: TableLine[] = []
  let current = ''
  for (const [index, item] of items.entries()) {
    const day = dayOf(item.createdAt, zone)
    if (day !== current) lines.push({ kind: 'title', title: dayTitle(day, today) })
    current = day
    lines.push({ kind: 'row', index })
  }
  return lines
}

export function withoutDays(items: readonly unknown[]): readonly TableLine[] {
  return items.map((_, index) => ({ kind: 'row', index }))
}
