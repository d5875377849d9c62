import { lazy, type ReactNode, Suspense, useMemo } from 'react'
import type { PaymentListItem } from '@desk/shared/payments/payment-list'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { nothingPicked, pickRange, togglePick } from '../ui/picked-rows.ts'
import { RowSelectionProvider } from '../ui/row-selection.tsx'
import type { usePickedRows } from '../ui/use-picked-rows.ts'
import type { usePaymentList } from './use-payment-list.ts'

const SelectionBar = lazy(async () => ({
  default: (await import('./selection-bar.tsx')).SelectionBar,
}))

/** Lets rows be picked, and shows what can be done with them over the end of the table, so that nothing moves. */
export function Selecting({ selection, query, payments, children }: SelectingProps) {
  const { items } = payments
  const { picked, setPicked } = selection
  const chosen = useMemo(() => items.filter(({ id }) => picked.ids.has(id)), [items, picked])
  const order = items.map(({ id }): string => id)
  const isAll = items.length > 0 && chosen.length === items.length
  return (
    <RowSelectionProvider
      value={{
        ids: picked.ids,
        isAll,
        onPick: (id, isRange) =>
          setPicked(isRange ? pickRange(picked, id, order) : togglePick(picked, id)),
        onPickAll: () => setPicked(isAll ? nothingPicked : { ids: new Set(order), anchor: null }),
      }}
    >
      {children}
      {chosen.length > 0 && (
        <Suspense>
          <SelectionBar
            chosen={chosen}
            query={query}
            payments={payments}
            onPick={(ids) => setPicked({ ids, anchor: null })}
          />
        </Suspense>
      )}
    </RowSelectionProvider>
  )
}

interface SelectingProps {
  readonly selection: ReturnType<typeof usePickedRows>
  readonly query: PaymentQuery
  readonly payments: ReturnType<typeof usePaymentList>
  readonly children: ReactNode
}

/** What `x` does: picks the row that has the focus or is open, with Shift all from the last one to it. */
export function pickByKey(
  { picked, setPicked }: ReturnType<typeof usePickedRows>,
  { items, openId, isRange }: PickByKey,
): boolean {
  const row = document.activeElement?.closest<HTMLElement>('[data-row]')
  const focused = row ? items[Number(row.dataset['row'])]?.id : undefined
  const id = focused ?? openId
  if (id === null) return false
  const order = items.map((item): string => item.id)
  setPicked(isRange ? pickRange(picked, id, order) : togglePick(picked, id))
  return true
}

interface PickByKey {
  readonly items: readonly PaymentListItem[]
  readonly openId: string | null
  readonly isRange: boolean
}
