import type { Ref } from 'react'
import { DataTable, type DataTableHandle } from '../ui/data-table.tsx'
import { withoutDays } from '../ui/day-separators.ts'
import { EmptyState } from '../ui/panel.tsx'
import { useIsNarrow } from '../ui/viewport.ts'
import { foundColumns, missColumns, narrowColumns } from './found-columns.tsx'
import type { FoundRow } from './found-rows.ts'

const FOUND_ROW_HEIGHT = 40
/** Why a line was not found takes two lines. */
const ROW_HEIGHT = 48
const NARROW_ROW_HEIGHT = 76

/** The answer line by line, in the order of the paste. */
export function FoundTable({ ref, rows, show, isLoading, openId, onOpen }: FoundTableProps) {
  const isNarrow = useIsNarrow()
  if (!isLoading && rows.length === 0) {
    return show === 'found' ? (
      <EmptyState title="None of the lines is a payment">
        See under “Not found” why, and what was perhaps meant.
      </EmptyState>
    ) : (
      <EmptyState title="Every line is a payment">Nothing is missing.</EmptyState>
    )
  }
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <DataTable
        ref={ref}
        label="Lines and their payments"
        columns={isNarrow ? narrowColumns : show === 'missing' ? missColumns : foundColumns}
        data={rows}
        lines={withoutDays(rows)}
        rowId={idOf}
        rowHeight={isNarrow ? NARROW_ROW_HEIGHT : show === 'found' ? FOUND_ROW_HEIGHT : ROW_HEIGHT}
        dataKey={show}
        selectedId={rows.find(({ hit }) => openId !== null && hit?.id === openId)?.id ?? null}
        sort={asPasted}
        onSort={nothing}
        onOpen={({ hit }) => hit && onOpen(hit.id)}
        onNearEnd={nothing}
        end="End of the lines"
        isLoading={isLoading}
        isStale={false}
        isTitled={false}
        headless={isNarrow}
      />
    </div>
  )
}

interface FoundTableProps {
  readonly ref: Ref<DataTableHandle>
  readonly rows: readonly FoundRow[]
  readonly show: 'all' | 'found' | 'missing'
  readonly isLoading: boolean
  readonly openId: string | null
  readonly onOpen: (id: string) => void
}

const asPasted = { column: 'line', direction: 'ascending' } as const

/** All rows are there, in the one order that tells them apart from a list of payments. */
function nothing(): void {}

function idOf({ id }: FoundRow): string {
  return id
}
