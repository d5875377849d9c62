import { lazy, type Ref, Suspense, useCallback, useMemo } from 'react'
import type { PaymentColumn } from '@desk/shared/payments/payment-column'
import type { PaymentListItem } from '@desk/shared/payments/payment-list'
import type { PaymentQuery, PaymentSort } from '@desk/shared/payments/payment-query'
import { type ListLook, rowHeights } from '@desk/shared/views/list-look'
import { useBusinessDay } from '../ui/business-day-rule.tsx'
import { DataTable, type DataTableHandle, type SortState } from '../ui/data-table.tsx'
import { withDays, withoutDays } from '../ui/day-separators.ts'
import { ListEnd, ListFault } from './list-states.tsx'
import { columnsOf, narrowUnderDays, narrowWithDates } from './payment-columns.tsx'
import { useChangeQuery } from './use-change-query.ts'
import type { usePaymentList } from './use-payment-list.ts'

const NoPayments = lazy(async () => ({
  default: (await import('./no-payments.tsx')).NoPayments,
}))

const NARROW_ROW_HEIGHT = 64

/** The rows of the list, or why there are none. */
export function PaymentsTable({ ref, query, payments, look, ...props }: PaymentsTableProps) {
  const { today, isNarrow, openId, onOpen, columns: chosen } = props
  const { list, items } = payments
  const rule = useBusinessDay()
  const change = useChangeQuery()
  const isByDay = query.sort.startsWith('created')
  const lines = useMemo(
    () => (isByDay ? withDays(items.map(createdAt), { rule, today }) : withoutDays(items)),
    [isByDay, items, rule, today],
  )
  const columns = useMemo(() => columnsOf(chosen, { isByDay }), [chosen, isByDay])
  const { fetchNextPage, hasNextPage, isFetching, isFetchNextPageError } = list
  const onNearEnd = useCallback(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage])

  if (list.isError && items.length === 0) {
    return <ListFault error={list.error} onRetry={() => void list.refetch()} />
  }
  if (!list.isPending && items.length === 0) {
    return (
      <Suspense>
        <NoPayments query={query} />
      </Suspense>
    )
  }
  const narrow = isByDay ? narrowUnderDays : narrowWithDates
  return (
    <DataTable
      ref={ref}
      label="Payments"
      columns={isNarrow ? narrow : columns}
      data={items}
      lines={lines}
      rowId={idOf}
      rowHeight={isNarrow ? NARROW_ROW_HEIGHT : rowHeights[look?.density ?? 'comfortable']}
      dataKey={payments.key}
      selectedId={openId}
      sort={sortStates[query.sort]}
      onSort={(column) => change({ ...query, sort: nextSort(column, query.sort) })}
      onOpen={(item) => onOpen(item.id)}
      onNearEnd={onNearEnd}
      end={
        <ListEnd
          count={items.length}
          hasMore={hasNextPage}
          hasFailed={isFetchNextPageError}
          onRetry={() => void fetchNextPage()}
        />
      }
      // Rows come in the columns that the person likes, or wait until those are known.
      isLoading={list.isPending || look === null}
      isStale={list.isPlaceholderData}
      isTitled={isByDay}
      headless={isNarrow}
      picked={props.picked}
      {...(!isNarrow && { widths: look?.widths ?? {}, onWidth: props.onWidth })}
    />
  )
}

interface PaymentsTableProps {
  readonly ref: Ref<DataTableHandle>
  readonly query: PaymentQuery
  readonly payments: ReturnType<typeof usePaymentList>
  /** Null until it is known. */
  readonly look: ListLook | null
  /** Null for the usual ones. */
  readonly columns: readonly PaymentColumn[] | null
  readonly onWidth: (column: string, width: number | null) => void
  readonly today: string
  readonly isNarrow: boolean
  readonly openId: string | null
  readonly onOpen: (id: string) => void
  readonly picked: ReadonlySet<string>
}

function createdAt(item: PaymentListItem): string {
  return item.createdAt
}

function idOf(item: PaymentListItem): string {
  return item.id
}

const sortStates = {
  created_desc: { column: 'created', direction: 'descending' },
  created_asc: { column: 'created', direction: 'ascending' },
  amount_desc: { column: 'amount', direction: 'descending' },
  amount_asc: { column: 'amount', direction: 'ascending' },
} as const satisfies Record<PaymentSort, SortState>

/** First the newest or the largest, then the other way round. */
function nextSort(column: string, current: PaymentSort): PaymentSort {
  if (column === 'amount') return current === 'amount_desc' ? 'amount_asc' : 'amount_desc'
  return current === 'created_desc' ? 'created_asc' : 'created_desc'
}
