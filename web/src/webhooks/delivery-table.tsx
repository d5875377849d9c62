import { type Ref, useCallback, useMemo } from 'react'
import type { DeliveryQuery } from '@desk/shared/webhooks/delivery-query'
import { readFault } from '../app/fault.ts'
import { useBusinessDay } from '../ui/business-day-rule.tsx'
import { Button } from '../ui/button.tsx'
import { DataTable, type DataTableHandle } from '../ui/data-table.tsx'
import { withDays } from '../ui/day-separators.ts'
import { EmptyState, ErrorPanel } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import { narrowColumns, wideColumns } from './delivery-columns.tsx'
import type { LoadedRow } from './delivery-merge.ts'
import { useChangeWebhooksQuery } from './use-change-webhooks-query.ts'
import type { DeliveryList } from './use-delivery-list.ts'
import { isNarrowed } from './webhooks-search.ts'

const ROW_HEIGHT = 40
const NARROW_ROW_HEIGHT = 64

/** The deliveries, newest first, or why there are none. */
export function DeliveryTable({ ref, query, deliveries, ...props }: DeliveryTableProps) {
  const { today, isNarrow, openId, onOpen } = props
  const { list, items, key } = deliveries
  const rule = useBusinessDay()
  const lines = useMemo(() => withDays(items.map(timeOf), { rule, today }), [items, rule, today])
  const { fetchNextPage, hasNextPage, isFetching, isFetchNextPageError } = list
  const onNearEnd = useCallback(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage])

  if (list.isError && items.length === 0) {
    return <ListFault error={list.error} onRetry={() => void list.refetch()} />
  }
  if (!list.isPending && items.length === 0) return <NoDeliveries query={query} />
  return (
    <DataTable
      ref={ref}
      label="Deliveries, newest first"
      columns={isNarrow ? narrowColumns : wideColumns}
      data={items}
      lines={lines}
      rowId={idOf}
      rowHeight={isNarrow ? NARROW_ROW_HEIGHT : ROW_HEIGHT}
      dataKey={key}
      selectedId={openId}
      sort={newestFirst}
      onSort={neverSorted}
      onOpen={onOpen}
      onNearEnd={onNearEnd}
      end={
        <End
          count={items.length}
          hasMore={hasNextPage}
          hasFailed={isFetchNextPageError}
          onRetry={() => void fetchNextPage()}
        />
      }
      isLoading={list.isPending}
      isStale={list.isPlaceholderData}
      isTitled
      headless={isNarrow}
    />
  )
}

interface DeliveryTableProps {
  readonly ref: Ref<DataTableHandle>
  readonly query: DeliveryQuery
  readonly deliveries: DeliveryList
  readonly today: string
  readonly isNarrow: boolean
  readonly openId: string | null
  readonly onOpen: (row: LoadedRow) => void
}

const newestFirst = { column: 'time', direction: 'descending' } as const

/** What arrived has one order. */
function neverSorted(): void {
  return undefined
}

function idOf({ id }: LoadedRow): string {
  return id
}

function timeOf({ receivedAt }: LoadedRow): string {
  return receivedAt
}

function NoDeliveries({ query }: { readonly query: DeliveryQuery }) {
  const change = useChangeWebhooksQuery()
  if (!isNarrowed(query)) {
    return (
      <EmptyState title="No webhook has arrived yet">
        Register the address of this Desk at SpacePay, ending in <code>/webhooks/spacepay</code>.
        The first delivery appears here by itself, refused or not.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title="No delivery matches"
      action={<Button onClick={() => void change({})}>Clear filters</Button>}
    >
      Nothing that came fits this search and these filters together. Days count in the business
      zone; payloads can be searched within seconds of their arrival.
    </EmptyState>
  )
}

function ListFault({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const fault = readFault(error)
  const isRefused = fault.kind === 'refused'
  return (
    <div className="max-w-2xl pt-6">
      <ErrorPanel
        title={isRefused ? 'This search could not be answered' : 'The deliveries could not be read'}
        cause={
          isRefused || fault.kind === 'forbidden'
            ? fault.message
            : fault.kind === 'unreachable'
              ? 'The connection to Desk was lost, or Desk is restarting.'
              : 'A fault in Desk kept them from being read.'
        }
        wayOut={
          isRefused
            ? 'Add days, or a longer text, then search again.'
            : 'Webhooks are received and processed all the same, and your filters are kept.'
        }
        reference={fault.reference}
        action={<Button onClick={onRetry}>Try again</Button>}
      />
    </div>
  )
}

/** Below the last row: that there is more, that it could not be read, or that this is all. */
function End({ count, hasMore, hasFailed, onRetry }: EndProps) {
  if (hasFailed) {
    return (
      <span role="alert" className="flex items-center gap-3">
        More deliveries could not be read.
        <Button onClick={onRetry}>Try again</Button>
      </span>
    )
  }
  if (hasMore) return 'Reading more…'
  return `End of the list, ${countText(count)} ${count === 1 ? 'delivery' : 'deliveries'} in all`
}

interface EndProps {
  readonly count: number
  readonly hasMore: boolean
  readonly hasFailed: boolean
  readonly onRetry: () => void
}
