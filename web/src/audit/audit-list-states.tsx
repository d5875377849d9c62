import type { AuditQuery } from '@desk/shared/audit/audit-query'
import { readFault } from '../app/fault.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState, ErrorPanel } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import { isNarrowed } from './audit-search.ts'
import { useChangeAuditQuery } from './use-change-audit-query.ts'

/** Why no entry is shown, and the next step. */
export function NoEntries({ query }: { readonly query: AuditQuery }) {
  const change = useChangeAuditQuery()
  if (!isNarrowed(query)) {
    return (
      <EmptyState title="Nothing has been written down yet">
        The first sign-in, change or refused attempt appears here by itself.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title="No entry matches"
      action={<Button onClick={() => void change({})}>Clear filters</Button>}
    >
      Nothing in the log fits this search and these filters together. Days count in the business
      zone.
    </EmptyState>
  )
}

/** The log could not be read at all. */
export function AuditFault({ error, onRetry }: AuditFaultProps) {
  const fault = readFault(error)
  const isRefused = fault.kind === 'refused'
  return (
    <div className="max-w-2xl pt-6">
      <ErrorPanel
        title={isRefused ? 'This search could not be answered' : 'The audit log could not be read'}
        cause={
          isRefused || fault.kind === 'forbidden'
            ? fault.message
            : fault.kind === 'unreachable'
              ? 'The connection to Desk was lost, or Desk is restarting.'
              : 'A fault in Desk kept the log from being read.'
        }
        wayOut={
          isRefused
            ? 'Add a filter, such as days or a person, then search again.'
            : 'Nothing was lost and your filters are kept. Try again in a moment.'
        }
        reference={fault.reference}
        action={<Button onClick={onRetry}>Try again</Button>}
      />
    </div>
  )
}

interface AuditFaultProps {
  readonly error: unknown
  readonly onRetry: () => void
}

/** Below the last row: that there is more, that it could not be read, or that this is all. */
export function AuditEnd({ count, hasMore, hasFailed, onRetry }: AuditEndProps) {
  if (hasFailed) {
    return (
      <span role="alert" className="flex items-center gap-3">
        More entries could not be read.
        <Button onClick={onRetry}>Try again</Button>
      </span>
    )
  }
  if (hasMore) return 'Reading more…'
  return `End of the list, ${countText(count)} ${count === 1 ? 'entry' : 'entries'} in all`
}

interface AuditEndProps {
  readonly count: number
  readonly hasMore: boolean
  readonly hasFailed: boolean
  readonly onRetry: () => void
}
