import { Link } from '@tanstack/react-router'
import { HITS_COUNTED_MAX, type Miss } from '@desk/shared/payments/find-many'
import { missText } from '@desk/shared/payments/miss-reason'
import { slipText } from '@desk/shared/payments/near-forms'
import { lineRanges } from '@desk/shared/payments/pasted-lines'
import type { MatchedOn, PaymentHit } from '@desk/shared/payments/payment-find'
import { Amount } from '../ui/amount.tsx'
import { Flag, StatusBadge } from '../ui/badge.tsx'
import type { DataColumn } from '../ui/data-table.tsx'
import { shortIdentifier } from '../ui/identifier-text.ts'
import { Moment } from '../ui/moment.tsx'
import { tip, tipWhenClipped } from '../ui/tooltip.tsx'
import type { FoundRow } from './found-rows.ts'

type Column = DataColumn<FoundRow>

const line: Column = {
  id: 'line',
  header: 'Line',
  meta: { width: 72, align: 'right' },
  cell: ({ row }) => <LineNumber row={row.original} />,
}

const text: Column = {
  id: 'text',
  header: 'Looked up',
  meta: { width: 208 },
  cell: ({ row }) => <LookedUp text={row.original.found.text} />,
}

export const foundColumns: Column[] = [
  line,
  text,
  {
    id: 'payment',
    header: 'Payment',
    meta: { width: 176 },
    cell: ({ row: { original } }) =>
      original.hit ? <PaymentLink hit={original.hit} /> : <Flag tone="warn">Not found</Flag>,
  },
  {
    id: 'status',
    header: 'Status',
    meta: { width: 124, shownWhen: '(min-width: 1000px)' },
    cell: ({ row: { original } }) =>
      original.hit ? <StatusBadge status={original.hit.status} /> : null,
  },
  {
    id: 'amount',
    header: 'Amount',
    meta: { width: 120, align: 'right' },
    cell: ({ row: { original } }) => original.hit && <Money hit={original.hit} />,
  },
  {
    id: 'created',
    header: 'Created',
    meta: { width: 112, shownWhen: '(min-width: 1280px)' },
    cell: ({ row: { original } }) =>
      original.hit && (
        <span className="text-muted">
          <Moment at={original.hit.createdAt} focusable={false} />
        </span>
      ),
  },
  {
    id: 'note',
    header: 'Matched on',
    cell: ({ row }) => <How row={row.original} />,
  },
]

/** Where nothing was found there is nothing to say but why. */
export const missColumns: Column[] = [
  line,
  { ...text, meta: { width: 264 } },
  {
    id: 'note',
    header: 'Why, and what was perhaps meant',
    cell: ({ row }) => <How row={row.original} />,
  },
]

/** On a phone a row is one cell of two or three lines. */
export const narrowColumns: Column[] = [
  {
    id: 'line',
    header: 'Line',
    cell: ({ row: { original } }) => (
      <span className="flex flex-col gap-1">
        <span className="flex items-center gap-2">
          <LineNumber row={original} />
          <span className="min-w-0 flex-1 truncate">
            {original.hit ? (
              <PaymentLink hit={original.hit} />
            ) : (
              <LookedUp text={original.found.text} />
            )}
          </span>
          {original.hit ? <Money hit={original.hit} /> : <Flag tone="warn">Not found</Flag>}
        </span>
        {original.hit ? (
          <span className="flex items-center gap-2">
            <StatusBadge status={original.hit.status} />
            <span className="min-w-0 flex-1">
              <How row={original} />
            </span>
          </span>
        ) : (
          <How row={original} />
        )}
      </span>
    ),
  },
]

function LineNumber({ row: { found } }: { readonly row: FoundRow }) {
  const { line, repeatedOn } = found
  if (repeatedOn.length === 0) return <span className="text-faint tabular-nums">{line}</span>
  const all = `On lines ${lineRanges([line, ...repeatedOn])}`
  return (
    <span className="text-faint tabular-nums" {...tip(all)}>
      <span className="mr-1 font-medium text-muted">{repeatedOn.length + 1}×</span>
      {line}
      <span className="sr-only">, {all}</span>
    </span>
  )
}

/** As it was pasted; what has no room is in the tooltip. */
function LookedUp({ text }: { readonly text: string }) {
  return (
    <span {...tipWhenClipped(text)} className="block min-w-0 truncate">
      <bdi>{text.length > 24 && !/\s/.test(text) ? shortIdentifier(text) : text}</bdi>
    </span>
  )
}

function PaymentLink({
  hit: { id, orderId },
}: {
  readonly hit: Pick<PaymentHit, 'id' | 'orderId'>
}) {
  return (
    <Link
      to="/payments/find"
      search={(search) => ({ ...search, open: id })}
      preload={false}
      resetScroll={false}
      className="rounded-sm font-medium"
      {...(orderId === null ? tip(id) : tipWhenClipped(orderId))}
    >
      {orderId !== null ? (
        <bdi>{orderId}</bdi>
      ) : (
        <span className="font-mono text-xs">{shortIdentifier(id)}</span>
      )}
    </Link>
  )
}

function Money({ hit: { amountCents, currency } }: { readonly hit: PaymentHit }) {
  return amountCents === null ? (
    <span className="text-faint">Open amount</span>
  ) : (
    <Amount cents={amountCents} currency={currency} />
  )
}

/** By what a payment was found, or why nothing was. */
function How({ row: { found, hit, isCutOff } }: { readonly row: FoundRow }) {
  const { text, hits, hitCount, miss } = found
  if (miss) return <WhyNot text={text} miss={miss} />
  if (!hit) return null
  return (
    <span className="flex items-center gap-2 text-xs text-muted">
      <span className="truncate">
        {matchText[hit.matchedOn]}
        {hits.length > 1 && `, one of ${countOf(hitCount)}`}
      </span>
      {isCutOff && (
        <Link to="/payments" search={{ q: text }} className="rounded-sm text-accent">
          and {hitCount >= HITS_COUNTED_MAX ? 'at least ' : ''}
          {hitCount - hits.length} more
        </Link>
      )}
    </span>
  )
}

function countOf(hitCount: number): string {
  return hitCount >= HITS_COUNTED_MAX ? `at least ${hitCount}` : `${hitCount}`
}

const matchText = {
  payment_id: 'Payment id',
  order_id: 'Order id',
  tx_hash: 'Transaction hash',
  deposit_address: 'Deposit address',
  sender_address: 'Paid from this address',
  text: 'In its metadata or an older quote',
} as const satisfies Record<MatchedOn, string>

function WhyNot({ text, miss: { reason, near } }: { readonly text: string; readonly miss: Miss }) {
  const why = missText(reason, text)
  const [first] = near
  return (
    <span className="flex flex-col text-xs whitespace-normal text-muted">
      {first && (
        <span className="truncate whitespace-nowrap">
          Did you mean{' '}
          {near.map((one, index) => (
            <span key={one.id}>
              {index > 0 && ', '}
              <PaymentLink hit={one} />
            </span>
          ))}
          ? <span>({slipText[first.slip]})</span>
        </span>
      )}
      <span
        className={first ? 'truncate whitespace-nowrap' : 'line-clamp-2'}
        {...tipWhenClipped(why)}
      >
        {why}
      </span>
    </span>
  )
}
