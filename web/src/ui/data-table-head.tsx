import type { Header, ReactTable, RowData } from '@tanstack/react-table'
import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { ColumnResizer } from './column-resizer.tsx'
import type { ColumnSizes } from './column-widths.ts'
import type { SortState, TableParts } from './data-table.tsx'

/** The names of the columns, their fixed widths, and the order as something that can be changed. */
export function DataTableHead<T extends RowData>(props: DataTableHeadProps<T>) {
  const { table, headless, sizes } = props
  return (
    <>
      <colgroup>
        {table.getAllLeafColumns().map(({ id }) => (
          <col key={id} style={{ width: sizes.widthOf(id) }} />
        ))}
        {sizes.hasFiller && <col />}
      </colgroup>
      <thead className={headless ? 'sr-only' : ''}>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id} aria-rowindex={1}>
            {group.headers.map((header) => (
              <Head key={header.id} {...props} header={header} />
            ))}
            {sizes.hasFiller && (
              <td aria-hidden className="sticky top-0 z-10 border-b border-line bg-canvas p-0" />
            )}
          </tr>
        ))}
      </thead>
    </>
  )
}

interface DataTableHeadProps<T extends RowData> {
  readonly table: ReactTable<TableParts, T>
  readonly sort: SortState
  readonly onSort: (column: string) => void
  readonly headless: boolean
  readonly sizes: ColumnSizes
}

function Head<T extends RowData>({ table, header, sort, onSort, sizes }: HeadProps<T>) {
  const { id } = header.column
  const { meta } = header.column.columnDef
  const direction = sort.column === id ? sort.direction : 'none'
  const name = <table.FlexRender header={header} />
  return (
    <th
      scope="col"
      aria-sort={meta?.sortable ? direction : undefined}
      className={`sticky top-0 z-10 h-8 border-b border-line bg-canvas px-2.5 text-xs font-medium whitespace-nowrap text-faint ${meta?.align === 'right' ? 'text-right' : 'text-left'}`}
    >
      {meta?.sortable ? (
        <SortButton
          direction={direction}
          isRight={meta.align === 'right'}
          onClick={() => onSort(id)}
        >
          {name}
        </SortButton>
      ) : (
        name
      )}
      {sizes.onWidth && !meta?.isFixed && (
        <ColumnResizer
          onDrag={(width) => sizes.onDrag(id, width)}
          onDone={(width) => sizes.onDone(id, width)}
          onReset={() => sizes.onWidth?.(id, null)}
        />
      )}
    </th>
  )
}

interface HeadProps<T extends RowData> extends DataTableHeadProps<T> {
  readonly header: Header<TableParts, T>
}

function SortButton({ direction, isRight, onClick, children }: SortButtonProps) {
  const Icon = icons[direction]
  return (
    <button
      type="button"
      onClick={onClick}
      className={`group inline-flex h-6 items-center gap-1 rounded-sm hover:text-text ${direction === 'none' ? '' : 'text-text'} ${isRight ? 'flex-row-reverse' : ''}`}
    >
      {children}
      <Icon
        aria-hidden
        className={`size-3 ${direction === 'none' ? 'opacity-0 group-hover:opacity-100 group-focus-visible:opacity-100' : ''}`}
      />
    </button>
  )
}

interface SortButtonProps {
  readonly direction: SortState['direction'] | 'none'
  /** The arrow stands on the inner side, so that the name lines up with what is under it. */
  readonly isRight: boolean
  readonly onClick: () => void
  readonly children: ReactNode
}

const icons = { ascending: ArrowUp, descending: ArrowDown, none: ArrowUpDown } as const
