import type { ReactNode } from 'react'
import type { SettlementTotals } from '@desk/shared/settlements/settlement-days'
import { Amount } from '../ui/amount.tsx'
import { countText } from '../ui/readers-locale.ts'

/** What a range adds up to. */
export function SumTiles({ totals }: { readonly totals: SettlementTotals }) {
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4 print:grid-cols-4">
      <Tile name="Gross" note={paymentsText(totals.payments)}>
        <Amount cents={totals.grossCents} />
      </Tile>
      <Tile
        name="Fees"
        note={
          <>
            <Amount cents={totals.merchantFeeCents} /> merchant,{' '}
            <Amount cents={totals.swapFeeCents} /> swap
          </>
        }
      >
        <Amount cents={totals.merchantFeeCents + totals.swapFeeCents} />
      </Tile>
      <Tile name="Net, expected" note="what SpacePay owes for these days">
        <Amount cents={totals.netCents} />
      </Tile>
      {totals.difference ? (
        <Tile
          name="Arrived"
          note={
            totals.difference.difference === 0 ? (
              'all that was expected'
            ) : (
              <>
                <Amount cents={Math.abs(totals.difference.difference)} />{' '}
                {totals.difference.difference > 0 ? 'less' : 'more'} than expected
              </>
            )
          }
        >
          <Amount cents={totals.difference.arrived} />
        </Tile>
      ) : (
        <Tile name="Convenience fees" note="paid by payers on top">
          <Amount cents={totals.convenienceFeeCents} />
        </Tile>
      )}
    </dl>
  )
}

/** `"1 payment"`, `"2,310 payments"`. */
export function paymentsText(count: number): string {
  return `${countText(count)} ${count === 1 ? 'payment' : 'payments'}`
}

function Tile({ name, note, children }: TileProps) {
  return (
    <div className="min-w-0 rounded-lg border border-line bg-surface px-4 py-3">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="mt-0.5 truncate text-xl font-semibold tracking-tight tabular-nums">
        {children}
      </dd>
      <dd className="text-xs text-muted tabular-nums">{note}</dd>
    </div>
  )
}

interface TileProps {
  readonly name: string
  readonly note: ReactNode
  readonly children: ReactNode
}
