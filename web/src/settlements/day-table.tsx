import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type {
  SettlementDay,
  SettlementDays,
  SettlementTotals,
} from '@desk/shared/settlements/settlement-days'
import { Amount } from '../ui/amount.tsx'
import { dayTitle } from '../ui/business-day.ts'
import { countText } from '../ui/readers-locale.ts'
import { ScrollSideways } from '../ui/scroll-sideways.tsx'
import { DifferenceFlags } from './difference-flags.tsx'
import { paymentsText } from './sum-tiles.tsx'

/** One row per business day, the last one first; days without payments are rows too. */
export function DayTable({ found, openDay }: DayTableProps) {
  const hasBank = found.totals.difference !== null
  return (
    <section className="mt-3 rounded-lg border border-line bg-surface px-1 md:px-2">
      <ScrollSideways label="Settlements by business day">
        <table className="w-full text-sm tabular-nums">
          <caption className="sr-only">Settlements by business day</caption>
          <thead>
            <tr className="text-xs text-faint">
              <th scope="col" className="h-9 px-3 text-left font-medium">
                Business day
              </th>
              <Head shown="max-md:hidden">Payments</Head>
              <Head shown={hasBank ? 'max-md:hidden' : ''}>Gross</Head>
              <Head shown="max-md:hidden">Merchant fees</Head>
              <Head shown="max-md:hidden">Swap fees</Head>
              <Head shown="max-lg:hidden">Convenience fees</Head>
              <Head>Expected</Head>
              {hasBank && <Head>Arrived</Head>}
              {hasBank && <Head shown="max-md:hidden">Difference</Head>}
            </tr>
          </thead>
          <tbody>
            {found.days.toReversed().map((day) => (
              <Row key={day.day} day={day} today={found.today} isOpen={day.day === openDay} />
            ))}
          </tbody>
          <tfoot>
            <tr className="border-t border-line-strong font-semibold">
              <th scope="row" className="h-10 px-3 text-left font-semibold">
                Total
              </th>
              <Sums sums={found.totals} />
            </tr>
          </tfoot>
        </table>
      </ScrollSideways>
    </section>
  )
}

interface DayTableProps {
  readonly found: SettlementDays
  readonly openDay: string | null
}

function Row({ day, today, isOpen }: RowProps) {
  const isEmpty = day.payments === 0
  return (
    <tr
      className={`relative border-t border-line hover:bg-hover ${isOpen ? 'bg-selected' : ''} ${isEmpty ? 'text-faint' : ''}`}
    >
      <th scope="row" className="px-3 py-2 text-left align-top font-normal whitespace-nowrap">
        <Link
          to="/settlements"
          search={(search) => ({ ...search, day: day.day })}
          resetScroll={false}
          aria-current={isOpen || undefined}
          className="font-medium after:absolute after:inset-0 hover:underline"
        >
          {dayTitle(day.day, today)}
        </Link>
        {day.day === today && <span className="ml-1.5 text-xs text-faint">so far</span>}
        {day.day > today && <span className="ml-1.5 text-xs text-faint">to come</span>}
        <span className="block text-xs text-faint md:hidden">{paymentsText(day.payments)}</span>
      </th>
      <Sums sums={day} />
    </tr>
  )
}

interface RowProps {
  readonly day: SettlementDay
  readonly today: string
  readonly isOpen: boolean
}

function Sums({ sums }: { readonly sums: SettlementTotals }) {
  return (
    <>
      <Cell shown="max-md:hidden">{countText(sums.payments)}</Cell>
      <Cell shown={sums.difference ? 'max-md:hidden' : ''}>
        <Amount cents={sums.grossCents} />
      </Cell>
      <Cell shown="max-md:hidden">
        <Amount cents={sums.merchantFeeCents} />
      </Cell>
      <Cell shown="max-md:hidden">
        <Amount cents={sums.swapFeeCents} />
      </Cell>
      <Cell shown="max-lg:hidden">
        <Amount cents={sums.convenienceFeeCents} />
      </Cell>
      <Cell>
        <Amount cents={sums.netCents} />
      </Cell>
      {sums.difference && (
        <>
          <Cell>
            <Amount cents={sums.difference.arrived} />
            <span className="block pt-0.5 md:hidden">
              <DifferenceFlags difference={sums.difference} />
            </span>
          </Cell>
          <Cell shown="max-md:hidden">
            {sums.difference.difference === 0 ? (
              <span className="text-faint">none</span>
            ) : (
              <DifferenceFlags difference={sums.difference} />
            )}
          </Cell>
        </>
      )}
    </>
  )
}

interface CellProps {
  /** Where it gives way to what matters more. */
  readonly shown?: string
  readonly children: ReactNode
}

function Head({ shown = '', children }: CellProps) {
  return (
    <th scope="col" className={`h-9 px-3 text-right font-medium whitespace-nowrap ${shown}`}>
      {children}
    </th>
  )
}

function Cell({ shown = '', children }: CellProps) {
  return <td className={`px-3 py-2 text-right align-top whitespace-nowrap ${shown}`}>{children}</td>
}
