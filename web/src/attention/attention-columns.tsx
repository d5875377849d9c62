import { Link } from '@tanstack/react-router'
import { assignedText } from '@desk/shared/attention/assignee'
import type { AttentionItem } from '@desk/shared/attention/attention-item'
import { driftKindText } from '@desk/shared/drift/drift'
import { attentionKindText } from '@desk/shared/attention/attention-kind'
import { Amount } from '../ui/amount.tsx'
import { Flag, StatusBadge } from '../ui/badge.tsx'
import type { DataColumn } from '../ui/data-table.tsx'
import { shortIdentifier } from '../ui/identifier-text.ts'
import { Moment } from '../ui/moment.tsx'
import { useNow } from '../ui/now.ts'
import { tip } from '../ui/tooltip.tsx'
import { SelectAllBox, SelectBox } from './attention-selection.tsx'
import { kindTone } from './attention-words.ts'

type Column = DataColumn<AttentionItem>

const select: Column = {
  id: 'select',
  header: () => <SelectAllBox />,
  meta: { width: 40 },
  cell: ({ row }) => <SelectBox item={row.original} />,
}

const kind: Column = {
  id: 'kind',
  header: 'Why',
  meta: { width: 124 },
  cell: ({ row }) => <Kind item={row.original} />,
}

const payment: Column = {
  id: 'payment',
  header: 'Payment',
  meta: { width: 176 },
  cell: ({ row }) => <PaymentLink item={row.original} />,
}

const status: Column = {
  id: 'status',
  header: 'Status',
  meta: { width: 124, shownWhen: '(min-width: 1100px)' },
  cell: ({ row }) => <StatusBadge status={row.original.payment.status} />,
}

const stake: Column = {
  id: 'stake',
  header: 'At stake',
  meta: { width: 124, align: 'right', sortable: true },
  cell: ({ row }) => <Stake item={row.original} />,
}

export const openColumns: Column[] = [
  select,
  kind,
  payment,
  status,
  {
    id: 'reason',
    header: 'Reason',
    meta: { shownWhen: '(min-width: 1280px)' },
    cell: ({ row }) => <Given item={row.original} />,
  },
  stake,
  {
    id: 'oldest',
    header: 'Age',
    meta: { width: 112, sortable: true },
    cell: ({ row }) => (
      <span className="text-muted">
        <Moment at={row.original.openedAt} focusable={false} />
      </span>
    ),
  },
  {
    id: 'assignee',
    header: 'With',
    meta: { width: 128, shownWhen: '(min-width: 900px)' },
    cell: ({ row: { original } }) => <span className="text-muted">{heldBy(original)}</span>,
  },
  {
    id: 'due',
    header: 'Due',
    meta: { width: 112, sortable: true, shownWhen: '(min-width: 900px)' },
    cell: ({ row }) => <Due item={row.original} />,
  },
]

export const resolvedColumns: Column[] = [
  kind,
  payment,
  status,
  { ...stake, meta: { width: 124, align: 'right' } },
  {
    id: 'resolved',
    header: 'Resolved',
    meta: { width: 112 },
    cell: ({ row: { original } }) => (
      <span className="text-muted">
        {original.resolvedAt !== null && <Moment at={original.resolvedAt} focusable={false} />}
      </span>
    ),
  },
  {
    id: 'resolver',
    header: 'By',
    meta: { width: 128, shownWhen: '(min-width: 900px)' },
    cell: ({ row: { original } }) => (
      <span className="text-muted">{original.resolvedBy?.name ?? 'By itself'}</span>
    ),
  },
  {
    id: 'why',
    header: 'Reason',
    meta: { shownWhen: '(min-width: 1100px)' },
    cell: ({ row: { original } }) => (
      <Reason
        text={
          original.resolvedBecause ?? (original.driftKinds.length > 0 ? driftText(original) : null)
        }
      />
    ),
  },
]

/** On a phone a row is two lines. */
export const narrowColumns: Column[] = [
  { ...select, header: 'Select', meta: { width: 36 } },
  {
    id: 'item',
    header: 'Item',
    cell: ({ row: { original } }) => (
      <span className="flex flex-col gap-1">
        <span className="flex items-center gap-2">
          <span className="min-w-0 flex-1 truncate">
            <PaymentLink item={original} />
          </span>
          <Stake item={original} />
        </span>
        <span className="flex items-center gap-1.5 text-xs text-muted">
          <Kind item={original} />
          {original.driftKinds.length > 0 && (
            <span className="min-w-0 truncate">{driftText(original)}</span>
          )}
          <span className="ml-auto min-w-0 truncate">
            {original.resolvedAt === null ? `${heldBy(original)} · ` : 'resolved '}
            <Moment at={original.resolvedAt ?? original.openedAt} focusable={false} />
          </span>
        </span>
      </span>
    ),
  },
]

function Kind({ item }: { readonly item: AttentionItem }) {
  return <Flag tone={kindTone[item.kind]}>{attentionKindText[item.kind].label}</Flag>
}

/** Payments without an order number are known by their own id. */
function PaymentLink({ item: { id, payment: paid } }: { readonly item: AttentionItem }) {
  return (
    <Link
      to="/attention"
      search={(search) => ({ ...search, open: paid.id, item: String(id) })}
      preload={false}
      resetScroll={false}
      className="rounded-sm font-medium"
      {...tip(paid.orderId ?? paid.id)}
    >
      {paid.orderId !== null ? (
        <bdi>{paid.orderId}</bdi>
      ) : (
        <span className="font-mono text-xs">{shortIdentifier(paid.id)}</span>
      )}
    </Link>
  )
}

function Stake({ item }: { readonly item: AttentionItem }) {
  const rule = attentionKindText[item.kind].stake
  return (
    <span {...tip(`At stake: ${rule}`)}>
      {item.stakeCents === null ? (
        <span className="text-faint">unknown</span>
      ) : (
        <Amount cents={item.stakeCents} currency={item.payment.currency} />
      )}
    </span>
  )
}

function Due({ item: { dueAt } }: { readonly item: AttentionItem }) {
  const isOver = useNow((nowMs) => dueAt !== null && Date.parse(dueAt) < nowMs)
  if (dueAt === null) return <span className="text-faint">—</span>
  return (
    <span className={isOver ? 'font-medium text-bad' : 'text-muted'}>
      <Moment at={dueAt} focusable={false} />
      {isOver && <span className="sr-only">, overdue</span>}
    </span>
  )
}

function Reason({ text }: { readonly text: string | null }) {
  if (text === null) return <span className="text-faint">—</span>
  return (
    <span {...tip(text)} className="text-muted">
      {text}
    </span>
  )
}

/** Why it was handed over; what follows from the payment shows how large that was. */
function Given({ item }: { readonly item: AttentionItem }) {
  const { assignedBecause, payment: paid, driftKinds } = item
  if (driftKinds.length > 0) return <Reason text={driftText(item)} />
  if (assignedBecause !== null || paid.amountCents === null)
    return <Reason text={assignedBecause} />
  return (
    <span className="text-muted">
      of <Amount cents={paid.amountCents} currency={paid.currency} />
    </span>
  )
}

/** "Webhook missing, amount differs". */
function driftText({ driftKinds }: AttentionItem): string {
  const text = driftKinds.map((kind) => driftKindText[kind].toLowerCase()).join(', ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function heldBy({ assigned }: AttentionItem): string {
  return assigned.role === null && assigned.person === null ? 'Nobody' : assignedText(assigned)
}
