import type { ReactNode } from 'react'
import type { TakingsPart } from '@desk/shared/settlements/day-figures'
import type { SettlementTotals } from '@desk/shared/settlements/settlement-days'
import type { SettlementMonthDetail } from '@desk/shared/settlements/settlement-month'
import { networkName } from '@desk/shared/networks/networks'
import { Amount } from '../ui/amount.tsx'
import { shortDay } from '../ui/business-day.ts'
import { countText } from '../ui/readers-locale.ts'
import { ScrollSideways } from '../ui/scroll-sideways.tsx'
import { DifferenceFlags } from './difference-flags.tsx'
import { SumTiles } from './sum-tiles.tsx'

/** What a month holds, on screen and on paper. */
export function MonthReport({ detail: { content, close, bankNow } }: MonthReportProps) {
  const closedArrived = content.totals.difference?.arrived ?? 0
  const laterCents = (bankNow?.arrived ?? 0) - closedArrived
  return (
    <>
      <SumTiles totals={content.totals} />
      {close && laterCents !== 0 && (
        <p className="mt-2 text-sm text-muted">
          Since it was closed, bank lines of <Amount cents={laterCents} /> more were matched with
          its days.
        </p>
      )}
      <section className="mt-3 rounded-lg border border-line bg-surface px-1 md:px-2 print:border-0">
        <ScrollSideways label="Business days of the month">
          <table className="w-full text-sm tabular-nums print:text-xs">
            <caption className="sr-only">Business days of the month</caption>
            <thead>
              <tr className="text-xs text-faint">
                <th scope="col" className="h-8 px-2 text-left font-medium">
                  Business day
                </th>
                <Head>Payments</Head>
                <Head>Gross</Head>
                <Head>Merchant fees</Head>
                <Head>Swap fees</Head>
                <Head>Net</Head>
                {content.totals.difference && <Head>Arrived</Head>}
                {content.totals.difference && <Head>Difference</Head>}
              </tr>
            </thead>
            <tbody>
              {content.days.map(({ day, ...sums }) => (
                <tr key={day} className="break-inside-avoid border-t border-line">
                  <th scope="row" className="px-2 py-1 text-left font-normal whitespace-nowrap">
                    {shortDay(day, true)}
                  </th>
                  <Sums sums={sums} />
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr className="border-t border-line-strong font-semibold">
                <th scope="row" className="px-2 py-1.5 text-left font-semibold">
                  Total
                </th>
                <Sums sums={content.totals} />
              </tr>
            </tfoot>
          </table>
        </ScrollSideways>
      </section>
      <div className="mt-3 grid items-start gap-3 md:grid-cols-2 print:grid-cols-2">
        <Parts title="Gross by token" parts={content.byToken} nameOf={(symbol) => symbol} />
        <Parts title="Gross by network" parts={content.byNetwork} nameOf={networkName} />
      </div>
    </>
  )
}

interface MonthReportProps {
  readonly detail: SettlementMonthDetail
}

function Sums({ sums }: { readonly sums: SettlementTotals }) {
  const { difference } = sums
  return (
    <>
      <Cell>{countText(sums.payments)}</Cell>
      <Cell>
        <Amount cents={sums.grossCents} />
      </Cell>
      <Cell>
        <Amount cents={sums.merchantFeeCents} />
      </Cell>
      <Cell>
        <Amount cents={sums.swapFeeCents} />
      </Cell>
      <Cell>
        <Amount cents={sums.netCents} />
      </Cell>
      {difference && (
        <>
          <Cell>
            <Amount cents={difference.arrived} />
          </Cell>
          <Cell>
            {difference.difference === 0 ? 'none' : <DifferenceFlags difference={difference} />}
          </Cell>
        </>
      )}
    </>
  )
}

function Parts({ title, parts, nameOf }: PartsProps) {
  return (
    <section className="rounded-lg border border-line bg-surface px-4 py-3">
      <table className="w-full text-sm tabular-nums print:text-xs">
        <caption className="pb-1 text-left text-sm font-semibold">{title}</caption>
        <tbody>
          {parts.map(({ name, payments, grossCents }) => (
            <tr key={name} className="border-t border-line">
              <th scope="row" className="py-1 text-left font-normal">
                {name === '' ? 'Not named' : nameOf(name)}
              </th>
              <td className="py-1 text-right text-muted">{countText(payments)}</td>
              <td className="py-1 pl-3 text-right">
                <Amount cents={grossCents} />
              </td>
            </tr>
          ))}
          {parts.length === 0 && (
            <tr className="border-t border-line">
              <td className="py-3 text-muted">Nothing was completed in this month.</td>
            </tr>
          )}
        </tbody>
      </table>
    </section>
  )
}

interface PartsProps {
  readonly title: string
  readonly parts: readonly TakingsPart[]
  readonly nameOf: (name: string) => string
}

function Head({ children }: { readonly children: ReactNode }) {
  return (
    <th scope="col" className="h-8 px-2 text-right font-medium whitespace-nowrap">
      {children}
    </th>
  )
}

function Cell({ children }: { readonly children: ReactNode }) {
  return <td className="px-2 py-1 text-right align-top whitespace-nowrap">{children}</td>
}
