import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { type Ref, useCallback } from 'react'
import type { AttentionItem } from '@desk/shared/attention/attention-item'
import { type AttentionQuery, attentionSorts } from '@desk/shared/attention/attention-query'
import { DataTable, type DataTableHandle, type SortState } from '../ui/data-table.tsx'
import { withoutDays } from '../ui/day-separators.ts'
import { narrowColumns, openColumns, resolvedColumns } from './attention-columns.tsx'
import { NothingWaits, QueueEnd, QueueFault } from './attention-states.tsx'
import { useChangeQueue } from './use-change-queue.ts'

const ROW_HEIGHT = 40
const NARROW_ROW_HEIGHT = 64

/** What waits, or why nothing is shown. */
export function AttentionTable({ ref, query, list, items, ...props }: AttentionTableProps) {
  const change = useChangeQueue()
  const { fetchNextPage, hasNextPage, isFetching, isFetchNextPageError } = list
  const onNearEnd = useCallback(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage])

  if (list.isError && items.length === 0) {
    return <QueueFault error={list.error} onRetry={() => void list.refetch()} />
  }
  if (!list.isPending && items.length === 0) return <NothingWaits query={query} />
  const isResolved = query.state === 'resolved'
  return (
    <DataTable
      ref={ref}
      label={isResolved ? 'What was resolved' : 'What needs attention'}
      columns={props.isNarrow ? narrowColumns : isResolved ? resolvedColumns : openColumns}
      data={items}
      lines={withoutDays(items)}
      rowId={idOf}
      rowHeight={props.isNarrow ? NARROW_ROW_HEIGHT : ROW_HEIGHT}
      dataKey={JSON.stringify(query)}
      selectedId={props.openId}
      sort={isResolved ? { column: 'resolved', direction: 'descending' } : sortState[query.sort]}
      onSort={(column) => {
        const sort = attentionSorts.find((one) => one === column)
        if (sort) void change({ ...query, sort })
      }}
      onOpen={props.onOpen}
      onNearEnd={onNearEnd}
      end={
        <QueueEnd
          count={items.length}
          hasMore={hasNextPage}
          hasFailed={isFetchNextPageError}
          onRetry={() => void fetchNextPage()}
        />
      }
      isLoading={list.isPending}
      isStale={list.isPlaceholderData}
      isTitled={false}
      headless={props.isNarrow}
    />
  )
}

interface AttentionTableProps {
  readonly ref: Ref<DataTableHandle>
  readonly query: AttentionQuery
  readonly list: UseInfiniteQueryResult<unknown, unknown>
  readonly items: readonly AttentionItem[]
  readonly isNarrow: boolean
  /** The item whose payment is open beside it. */
  readonly openId: string | null
  readonly onOpen: (item: AttentionItem) => void
}

const sortState = {
  oldest: { column: 'oldest', direction: 'ascending' },
  stake: { column: 'stake', direction: 'descending' },
  due: { column: 'due', direction: 'ascending' },
} as const satisfies Record<AttentionQuery['sort'], SortState>

function idOf(item: AttentionItem): string {
  return String(item.id)
}
