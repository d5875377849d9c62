import type { ExportFormat } from '@desk/shared/exports/payment-export'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { daysAsked, type SearchPlace } from '../payments/payment-conditions.ts'

/** `desk-payments-2026-10-01-to-2026-10-31-k3x9a7b2c1.csv`: the days say what it is, the id which run. */
export function exportFileName(made: {
  readonly id: string
  readonly format: ExportFormat
  readonly query: PaymentQuery
  readonly place: SearchPlace
}): string {
  const { from, to } = daysAsked(made.query, made.place)
  const days = [from, from !== null && from === to ? null : to && `to-${to}`]
  const parts = ['desk-payments', ...days, made.id].filter((part) => part !== null)
  return `${parts.join('-')}.${made.format}`
}
