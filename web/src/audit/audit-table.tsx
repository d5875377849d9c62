import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import { type Ref, useCallback, useMemo } from 'react'
import type { AuditEntry } from '@desk/shared/audit/audit-entry'
import type { AuditQuery } from '@desk/shared/audit/audit-query'
import { useBusinessDay } from '../ui/business-day-rule.tsx'
import { DataTable, type DataTableHandle } from '../ui/data-table.tsx'
import { withDays } from '../ui/day-separators.ts'
import { narrowColumns, wideColumns } from './audit-columns.tsx'
import { AuditEnd, AuditFault, NoEntries } from './audit-list-states.tsx'

const ROW_HEIGHT = 40
const NARROW_ROW_HEIGHT = 64

/** The entries, newest first, or why there are none. */
export function AuditTable({ ref, query, list, entries, ...props }: AuditTableProps) {
  const { today, isNarrow, openId, onOpen } = props
  const rule = useBusinessDay()
  const lines = useMemo(
    () => withDays(entries.map(timeOf), { rule, today }),
    [entries, rule, today],
  )
  const { fetchNextPage, hasNextPage, isFetching, isFetchNextPageError } = list
  const onNearEnd = useCallback(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage])

  if (list.isError && entries.length === 0) {
    return <AuditFault error={list.error} onRetry={() => void list.refetch()} />
  }
  if (!list.isPending && entries.length === 0) return <NoEntries query={query} />
  return (
    <DataTable
      ref={ref}
      label="Audit log, newest first"
      columns={isNarrow ? narrowColumns : wideColumns}
      data={entries}
      lines={lines}
      rowId={idOf}
      rowHeight={isNarrow ? NARROW_ROW_HEIGHT : ROW_HEIGHT}
      dataKey={JSON.stringify(query)}
      selectedId={openId}
      sort={newestFirst}
      onSort={neverSorted}
      onOpen={onOpen}
      onNearEnd={onNearEnd}
      end={
        <AuditEnd
          count={entries.length}
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

interface AuditTableProps {
  readonly ref: Ref<DataTableHandle>
  readonly query: AuditQuery
  readonly list: UseInfiniteQueryResult<unknown, unknown>
  readonly entries: readonly AuditEntry[]
  readonly today: string
  readonly isNarrow: boolean
  readonly openId: string | null
  readonly onOpen: (entry: AuditEntry) => void
}

const newestFirst = { column: 'seq', direction: 'descending' } as const

/** A chain has one order. */
function neverSorted(): void {
  return undefined
}

function idOf(entry: AuditEntry): string {
  return String(entry.seq)
}

function timeOf(entry: AuditEntry): string {
  return entry.at
}
