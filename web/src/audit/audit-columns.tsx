import { Link } from '@tanstack/react-router'
import type { AuditEntry } from '@desk/shared/audit/audit-entry'
import { useViewZone } from '../ui/business-day-rule.tsx'
import type { DataColumn } from '../ui/data-table.tsx'
import { bothClocks, preciseText } from '../ui/moment-text.ts'
import { countText } from '../ui/readers-locale.ts'
import { tip } from '../ui/tooltip.tsx'
import { EntryLine, EntryOutcome } from './entry-line.tsx'
import { entrySentence } from './entry-words.ts'

export const wideColumns: DataColumn<AuditEntry>[] = [
  {
    id: 'time',
    header: 'Time',
    meta: { width: 88 },
    cell: ({ row }) => <Time at={row.original.at} />,
  },
  {
    id: 'entry',
    header: 'What happened',
    cell: ({ row: { original } }) => <EntryLink entry={original} />,
  },
  {
    id: 'outcome',
    header: 'Outcome',
    meta: { width: 112 },
    cell: ({ row: { original } }) =>
      original.outcome === 'done' ? (
        <span className="text-faint">Done</span>
      ) : (
        <EntryOutcome outcome={original.outcome} />
      ),
  },
  {
    id: 'address',
    header: 'From',
    meta: { width: 148, shownWhen: '(min-width: 1000px)' },
    cell: ({ row: { original } }) => (
      <span className="font-mono text-xs text-muted">{original.address ?? '—'}</span>
    ),
  },
  {
    id: 'seq',
    header: 'No.',
    meta: { width: 88, align: 'right', shownWhen: '(min-width: 900px)' },
    cell: ({ row }) => <span className="text-faint">{countText(row.original.seq)}</span>,
  },
]

/** On a phone a row is one cell of two lines. */
export const narrowColumns: DataColumn<AuditEntry>[] = [
  {
    id: 'entry',
    header: 'Entry',
    cell: ({ row: { original } }) => (
      <span className="flex flex-col gap-1">
        <EntryLink entry={original} />
        <span className="flex h-[22px] items-center gap-2 text-xs text-muted">
          <Time at={original.at} />
          <EntryOutcome outcome={original.outcome} />
          <span className="ml-auto min-w-0 truncate font-mono">{original.address}</span>
        </span>
      </span>
    ),
  },
]

function EntryLink({ entry }: { readonly entry: AuditEntry }) {
  return (
    <Link
      to="/audit"
      search={(search) => ({ ...search, entry: String(entry.seq) })}
      preload={false}
      resetScroll={false}
      // Cut off by itself: a cell that cuts it off would scroll to its end when it gets the focus.
      className="block truncate rounded-sm"
      {...tip(entrySentence(entry))}
    >
      <EntryLine entry={entry} />
    </Link>
  )
}

/** Under titles that name the day, the time of day says enough. */
function Time({ at }: { readonly at: string }) {
  const zone = useViewZone()
  return (
    <time dateTime={at} {...tip(bothClocks(at, zone))} className="text-muted tabular-nums">
      {preciseText(at, { zone, nowMs: Date.parse(at) })}
    </time>
  )
}
