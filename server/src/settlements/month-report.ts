import { networkName } from '@desk/shared/networks/networks'
import type { TakingsPart } from '@desk/shared/settlements/day-figures'
import type { MonthContent } from '@desk/shared/settlements/month-content'
import type { SettlementTotals } from '@desk/shared/settlements/settlement-days'
import type { MonthAdjustment } from '@desk/shared/settlements/settlement-month'
import type { WorkbookSheet } from './workbook.ts'

/** The sheets of a month's report: its days, its tokens and networks, and what changed since it was closed. */
export function reportSheets(
  content: MonthContent,
  adjustments: readonly MonthAdjustment[],
): WorkbookSheet[] {
  const { zone, cutOff } = content
  return [
    {
      name: 'Business days',
      columns: [
        { header: `Business day (from ${cutOff} ${zone})`, kind: 'text' },
        { header: 'Payments', kind: 'number' },
        ...[
          'Gross',
          'Merchant fees',
          'Swap fees',
          'Convenience fees',
          'Net, expected',
          'Arrived',
          'Difference',
          'Timing',
          'Fee',
          'FX',
          'Excess',
          'Missing',
        ].map((header) => ({ header, kind: 'cents' }) as const),
      ],
      rows: [
        ...content.days.map((day) => [day.day, ...sumsOf(day)]),
        ['Total', ...sumsOf(content.totals)],
      ],
    },
    partsSheet('Tokens', content.byToken, (name) => name),
    partsSheet('Networks', content.byNetwork, networkName),
    {
      name: 'Adjustments',
      columns: [
        { header: 'Payment', kind: 'text' },
        { header: 'Order', kind: 'text' },
        { header: 'Changed (UTC)', kind: 'text' },
        { header: 'Day before', kind: 'text' },
        { header: 'Gross before', kind: 'cents' },
        { header: 'Net before', kind: 'cents' },
        { header: 'Day after', kind: 'text' },
        { header: 'Gross after', kind: 'cents' },
        { header: 'Net after', kind: 'cents' },
      ],
      rows: adjustments.map(({ paymentId, orderId, at, before, after }) => [
        paymentId,
        orderId,
        at,
        before.day,
        before.grossCents,
        before.netCents,
        after.day,
        after.grossCents,
        after.netCents,
      ]),
    },
  ]
}

function sumsOf(sums: SettlementTotals): (number | null)[] {
  const { difference } = sums
  return [
    sums.payments,
    sums.grossCents,
    sums.merchantFeeCents,
    sums.swapFeeCents,
    sums.convenienceFeeCents,
    sums.netCents,
    difference?.arrived ?? null,
    difference?.difference ?? null,
    difference?.timing ?? null,
    difference?.fee ?? null,
    difference?.fx ?? null,
    difference?.excess ?? null,
    difference?.missing ?? null,
  ]
}

function partsSheet(
  name: string,
  parts: readonly TakingsPart[],
  nameOf: (name: string) => string,
): WorkbookSheet {
  return {
    name,
    columns: [
      { header: name, kind: 'text' },
      { header: 'Payments', kind: 'number' },
      { header: 'Gross', kind: 'cents' },
    ],
    rows: parts.map((part) => [
      part.name === '' ? 'Not named' : nameOf(part.name),
      part.payments,
      part.grossCents,
    ]),
  }
}
