import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { AuditSubject } from '@desk/shared/audit/audit-entry'
import { historyBlock } from '@desk/shared/audit/history-block'
import { readFault } from '../app/fault.ts'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Moment } from '../ui/moment.tsx'
import { EntryLine, EntryOutcome } from './entry-line.tsx'
import { HistorySkeleton } from './history-skeleton.tsx'

const SHOWN_FIRST = 6
/** Desk answers this many at most. */
const MOST = 50

export function HistoryList({ about }: { readonly about: AuditSubject }) {
  const { api, me } = signedInRoute.useRouteContext()
  const [isWhole, setWhole] = useState(false)
  const block = historyBlock({ ...me, permissions: new Set(me.permissions) }, about)
  const history = useQuery({
    ...api.audit.history.queryOptions(about, { staleTime: 0 }),
    enabled: block === null,
  })
  if (block !== null) return <p className="text-sm text-muted">{block}</p>
  if (history.isPending) return <HistorySkeleton />
  if (history.data === undefined) {
    return (
      <p role="alert" className="flex flex-wrap items-center gap-3 text-sm text-muted">
        The history could not be read. {readFault(history.error).message}
        <Button onClick={() => void history.refetch()}>Try again</Button>
      </p>
    )
  }
  const entries = history.data
  const shown = isWhole ? entries : entries.slice(0, SHOWN_FIRST)
  const hidden = entries.length - shown.length
  return (
    <>
      {entries.length === 0 && (
        <p className="text-sm text-muted">Nobody has changed anything here.</p>
      )}
      <ol className="flex flex-col gap-1.5 text-sm">
        {shown.map((entry) => (
          <li key={entry.seq} className="flex items-start gap-3">
            <span className="min-w-0 flex-1 break-words">
              <EntryLine entry={entry} about={about} />
            </span>
            <EntryOutcome outcome={entry.outcome} />
            <span className="flex-none text-xs leading-5 text-faint">
              <Moment at={entry.at} />
            </span>
          </li>
        ))}
      </ol>
      <div className="mt-3 flex flex-wrap items-center gap-3 empty:hidden">
        {hidden > 0 && (
          <Button onClick={() => setWhole(true)}>
            {entries.length === MOST ? 'Show more' : `Show ${hidden} more`}
          </Button>
        )}
        <LogLink about={about} count={entries.length} />
      </div>
    </>
  )
}

/** Where all of it stands, for those who may read the log. */
function LogLink({ about, count }: { readonly about: AuditSubject; readonly count: number }) {
  const isClosed = usePermissionBlock('audit:read') !== null
  if (isClosed || count === 0) return null
  return (
    <Link
      to="/audit"
      search={{ subjectKind: about.kind, subjectId: about.id }}
      className="rounded-sm text-sm text-accent hover:underline"
    >
      In the audit log
    </Link>
  )
}
