import type { AuditQuery } from '@desk/shared/audit/audit-query'

import { FilterSection, FilterSheet } from '../ui/filter-sheet.tsx'
import { countText } from '../ui/readers-locale.ts'
import { auditChips } from './audit-chips.ts'
import { auditFilters } from './audit-filters.tsx'
import { useAuditList } from './use-audit-list.ts'
import { useActorName } from './use-actor-name.ts'
import { useChangeAuditQuery } from './use-change-audit-query.ts'

/** All filters of the log, for a phone. */
export function AuditFilterSheet({ query, today, onClose }: AuditFilterSheetProps) {
  const change = useChangeAuditQuery()
  const nameOf = useActorName()
  const { list, entries } = useAuditList(query)
  const count = `${countText(entries.length)}${list.hasNextPage ? '+' : ''} entries`
  const chosen = new Map(
    auditChips(query, { today, nameOf }).map(({ name, value }) => [name, value]),
  )
  return (
    <FilterSheet
      state={list.isPending || list.isPlaceholderData ? 'Searching' : count}
      onClear={() => void change({})}
      onClose={onClose}
    >
      {auditFilters.map(({ label, isOn, panel }) => (
        <FilterSection
          key={label}
          label={label}
          isOn={isOn(query)}
          value={chosen.get(label.toLowerCase())}
        >
          {panel({
            query,
            today,
            onChange: (next) => void change(next),
            onDone: () => undefined,
          })}
        </FilterSection>
      ))}
    </FilterSheet>
  )
}

interface AuditFilterSheetProps {
  readonly query: AuditQuery
  readonly today: string
  readonly onClose: () => void
}
