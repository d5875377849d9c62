import { Link } from '@tanstack/react-router'
import { useViewZone } from '../ui/business-day-rule.tsx'
import { Badge, Flag } from '../ui/badge.tsx'
import type { DataColumn } from '../ui/data-table.tsx'
import { shortIdentifier } from '../ui/identifier-text.ts'
import { bothClocks, preciseText } from '../ui/moment-text.ts'
import { tip } from '../ui/tooltip.tsx'
import type { LoadedRow } from './delivery-merge.ts'
import { lagText } from './lag-text.ts'
import { isRefused, rowText, stateWords, verdictWords } from './webhook-words.ts'

export const wideColumns: DataColumn<LoadedRow>[] = [
  {
    id: 'time',
    header: 'Arrived',
    meta: { width: 88 },
    cell: ({ row }) => <Time at={row.original.receivedAt} />,
  },
  {
    id: 'event',
    header: 'What it told',
    cell: ({ row: { original } }) => <DeliveryLink row={original} />,
  },
  {
    id: 'about',
    header: 'About',
    meta: { width: 168, shownWhen: '(min-width: 900px)' },
    cell: ({ row: { original } }) => <About row={original} />,
  },
  {
    id: 'verdict',
    header: 'Verdict',
    meta: { width: 136 },
    cell: ({ row: { original } }) => <Verdict row={original} />,
  },
  {
    id: 'state',
    header: 'Processing',
    meta: { width: 124 },
    cell: ({ row: { original } }) => <State row={original} />,
  },
  {
    id: 'lag',
    header: 'Took',
    meta: { width: 84, align: 'right', shownWhen: '(min-width: 1000px)' },
    cell: ({ row: { original } }) => <span className="text-muted">{tookText(original)}</span>,
  },
  {
    id: 'address',
    header: 'From',
    meta: { width: 132, shownWhen: '(min-width: 1280px)' },
    cell: ({ row: { original } }) => (
      <span className="font-mono text-xs text-muted">{original.remoteAddress ?? '—'}</span>
    ),
  },
]

/** On a phone a row is one cell of two lines. */
export const narrowColumns: DataColumn<LoadedRow>[] = [
  {
    id: 'event',
    header: 'Delivery',
    cell: ({ row: { original } }) => (
      <span className="flex flex-col gap-1">
        <DeliveryLink row={original} />
        <span className="flex h-[22px] items-center gap-2 text-xs text-muted">
          <Time at={original.receivedAt} />
          <Verdict row={original} />
          {original.state !== 'none' && original.state !== 'processed' && <State row={original} />}
          <span className="ml-auto min-w-0 truncate">
            <About row={original} />
          </span>
        </span>
      </span>
    ),
  },
]

function DeliveryLink({ row }: { readonly row: LoadedRow }) {
  return (
    <Link
      to="/webhooks"
      search={(search) => ({ ...search, open: row.id })}
      preload={false}
      resetScroll={false}
      className={`block truncate rounded-sm ${isRefused(row) ? 'text-bad' : ''}`}
      {...tip(row.problem ?? rowText(row))}
    >
      {isRefused(row) && 'Refused: '}
      {rowText(row)}
      {row.isConflicting && (
        <span className="ml-2">
          <Flag tone="warn">id used twice</Flag>
        </span>
      )}
    </Link>
  )
}

function About({ row: { orderId, paymentId, withdrawalId } }: { readonly row: LoadedRow }) {
  const id = paymentId ?? withdrawalId
  if (id === null) return <span className="text-faint">—</span>
  return (
    <span {...tip(id)} className="truncate text-muted">
      {orderId ?? <span className="font-mono text-xs">{shortIdentifier(id)}</span>}
    </span>
  )
}

function Verdict({ row }: { readonly row: LoadedRow }) {
  const { word, tone } = verdictWords[row.verdict]
  return <Badge tone={tone}>{word}</Badge>
}

function State({ row }: { readonly row: LoadedRow }) {
  if (row.state === 'none') return <span className="text-faint">—</span>
  const { word, tone } = stateWords[row.state]
  return row.state === 'processed' ? (
    <span className="text-faint">{word}</span>
  ) : (
    <Badge tone={tone}>{word}</Badge>
  )
}

function tookText({ processedAt, receivedAt }: LoadedRow): string {
  return processedAt === null ? '' : lagText(Date.parse(processedAt) - Date.parse(receivedAt))
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
