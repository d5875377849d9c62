import { SlidersHorizontal } from 'lucide-react'
import { lazy, type Ref, Suspense, useState } from 'react'
import type { AuditQuery } from '@desk/shared/audit/audit-query'
import { Button } from '../ui/button.tsx'
import { FilterButton } from '../ui/filter-menu.tsx'
import { auditFilters } from './audit-filters.tsx'
import { AuditSearchField } from './audit-search-field.tsx'
import { useChangeAuditQuery } from './use-change-audit-query.ts'

const AuditFilterSheet = lazy(async () => ({
  default: (await import('./audit-filter-sheet.tsx')).AuditFilterSheet,
}))

/** Search and filters: menus in a row, or one sheet where there is no room for a row. */
export function AuditFilterBar({ query, today, isNarrow, searchRef }: AuditFilterBarProps) {
  const change = useChangeAuditQuery()
  const [isSheetOpen, setSheetOpen] = useState(false)
  const count = auditFilters.filter(({ isOn }) => isOn(query)).length
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-start gap-2">
        <AuditSearchField ref={searchRef} query={query} today={today} />
        {isNarrow && (
          <Button className="h-10!" aria-haspopup="dialog" onClick={() => setSheetOpen(true)}>
            <SlidersHorizontal aria-hidden className="size-4" />
            Filters{count > 0 && ` (${count})`}
          </Button>
        )}
      </div>
      {!isNarrow && (
        <fieldset aria-label="Filters" className="flex flex-wrap gap-1.5">
          {auditFilters.map(({ label, isOn, panel }) => (
            <FilterButton key={label} label={label} isOn={isOn(query)}>
              {(close) =>
                panel({ query, today, onChange: (next) => void change(next), onDone: close })
              }
            </FilterButton>
          ))}
        </fieldset>
      )}
      {isSheetOpen && (
        <Suspense>
          <AuditFilterSheet query={query} today={today} onClose={() => setSheetOpen(false)} />
        </Suspense>
      )}
    </div>
  )
}

interface AuditFilterBarProps {
  readonly query: AuditQuery
  readonly today: string
  readonly isNarrow: boolean
  readonly searchRef: Ref<HTMLInputElement>
}
