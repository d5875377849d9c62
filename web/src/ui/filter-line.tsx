import { SlidersHorizontal } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { Button } from './button.tsx'
import { FilterButton } from './filter-menu.tsx'

/** A search and its filters: menus in a row, or one sheet where there is no room for a row. */
export function FilterLine({ search, filters, isNarrow, children }: FilterLineProps) {
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-start gap-2">
        {search}
        {isNarrow && (
          <SheetButton count={filters.filter(({ isOn }) => isOn).length} sheet={children} />
        )}
      </div>
      {!isNarrow && (
        <fieldset aria-label="Filters" className="flex flex-wrap gap-1.5">
          {filters.map(({ label, isOn, panel }) => (
            <FilterButton key={label} label={label} isOn={isOn}>
              {panel}
            </FilterButton>
          ))}
        </fieldset>
      )}
    </div>
  )
}

interface FilterLineProps {
  readonly search: ReactNode
  readonly filters: readonly {
    readonly label: string
    readonly isOn: boolean
    readonly panel: (close: () => void) => ReactNode
  }[]
  readonly isNarrow: boolean
  /** The sheet with all filters. */
  readonly children: (close: () => void) => ReactNode
}

function SheetButton({ count, sheet }: SheetButtonProps) {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button className="h-10!" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <SlidersHorizontal aria-hidden className="size-4" />
        Filters{count > 0 && ` (${count})`}
      </Button>
      {isOpen && <Suspense>{sheet(() => setOpen(false))}</Suspense>}
    </>
  )
}

interface SheetButtonProps {
  /** Filters that are on. */
  readonly count: number
  readonly sheet: FilterLineProps['children']
}
