import { lazy, type Ref } from 'react'
import type { AuditQuery } from '@desk/shared/audit/audit-query'
import { FilterLine } from '../ui/filter-line.tsx'
import { auditFilters } from './audit-filters.tsx'
import { AuditSearchField } from './audit-search-field.tsx'
import { useChangeAuditQuery } from './use-change-audit-query.ts'

const AuditFilterSheet = lazy(async () => ({
  default: (await import('./audit-filter-sheet.tsx')).AuditFilterSheet,
}))

export function AuditFilterBar({ query, today, isNarrow, searchRef }: AuditFilterBarProps) {
  const change = useChangeAuditQuery()
  return (
    <FilterLine
      search={<AuditSearchField ref={searchRef} query={query} today={today} />}
      filters={auditFilters.map(({ label, isOn, panel }) => ({
        label,
        isOn: isOn(query),
        panel: (close) =>
          panel({ query, today, onChange: (next) => void change(next), onDone: close }),
      }))}
      isNarrow={isNarrow}
    >
      {(close) => <AuditFilterSheet query={query} today={today} onClose={close} />}
    </FilterLine>
  )
}

interface AuditFilterBarProps {
  readonly query: AuditQuery
  readonly today: string
  readonly isNarrow: boolean
  readonly searchRef: Ref<HTMLInputElement>
}
