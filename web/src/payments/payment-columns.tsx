import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { networkName } from '@desk/shared/networks/networks'
import type { PaymentListItem } from '@desk/shared/payments/payment-list'
import { Amount, TokenAmount } from '../ui/amount.tsx'
import { StatusBadge } from '../ui/badge.tsx'
import { useBusinessZone } from '../ui/business-zone.tsx'
import type { DataColumn } from '../ui/data-table.tsx'
import { Identifier } from '../ui/identifier.tsx'
import { shortIdentifier } from '../ui/identifier-text.ts'
import { ClockText } from '../ui/moment.tsx'
import { bothClocks, clockText } from '../ui/moment-text.ts'
import { tip } from '../ui/tooltip.tsx'
import { PaymentFlags } from './payment-flags.tsx'

type Column = DataColumn<PaymentListItem>

/** Under titles that name the day, the time of day says enough. */
const createdTime: Column = {
  id: 'created',
  header: 'Created',
  meta: { width: 112, sortable: true },
  cell: ({ row }) => <TimeOfDay at={row.original.createdAt} />,
}

const createdDate: Column = {
  ...createdTime,
  cell: ({ row }) => (
    <span className="text-muted">
      <ClockText at={row.original.createdAt} focusable={false} />
    </span>
  ),
}

const others: Column[] = [
  {
    id: 'order',
    header: 'Order',
    cell: ({ row }) => <PaymentLink item={row.original} />,
  },
  {
    id: 'status',
    header: 'Status',
    meta: { width: 228 },
    cell: ({ row: { original } }) => (
      <span className="flex items-center gap-1.5">
        <Status status={original.status} />
        <PaymentFlags flags={original.flags} />
      </span>
    ),
  },
  {
    id: 'amount',
    header: 'Amount',
    meta: { width: 116, align: 'right', sortable: true },
    cell: ({ row: { original } }) =>
      original.amountCents === null ? (
        <Nothing />
      ) : (
        <Amount cents={original.amountCents} currency={original.currency} />
      ),
  },
  {
    id: 'received',
    header: 'Received',
    meta: { width: 160, align: 'right', shownWhen: '(min-width: 900px)' },
    cell: ({ row }) => <Received item={row.original} />,
  },
  {
    id: 'network',
    header: 'Network',
    meta: { width: 140, shownWhen: '(min-width: 1180px)' },
    cell: ({ row: { original } }) =>
      original.network === null ? (
        <Nothing />
      ) : (
        <span className="text-muted">{networkName(original.network)}</span>
      ),
  },
  {
    id: 'address',
    header: 'Address',
    meta: { width: 112, shownWhen: '(min-width: 1280px)' },
    cell: ({ row: { original } }) =>
      original.depositAddress === null ? (
        <Nothing />
      ) : (
        <span className="flex text-faint">
          <Identifier value={original.depositAddress} label="Deposit address" />
        </span>
      ),
  },
]

export const columnsUnderDays: Column[] = [createdTime, ...others]
export const columnsWithDates: Column[] = [createdDate, ...others]

/** On a phone a row is one cell of two lines. */
export const narrowUnderDays: Column[] = [
  {
    id: 'payment',
    header: 'Payment',
    cell: ({ row }) => (
      <TwoLines item={row.original}>
        <TimeOfDay at={row.original.createdAt} />
      </TwoLines>
    ),
  },
]

export const narrowWithDates: Column[] = [
  {
    id: 'payment',
    header: 'Payment',
    cell: ({ row }) => (
      <TwoLines item={row.original}>
        <ClockText at={row.original.createdAt} focusable={false} />
      </TwoLines>
    ),
  },
]

function TwoLines({ item, children }: TwoLinesProps) {
  return (
    <span className="flex flex-col gap-1">
      <span className="flex items-center gap-3">
        <span className="min-w-0 flex-1 truncate">
          <PaymentLink item={item} />
        </span>
        {item.amountCents === null ? (
          <Nothing />
        ) : (
          <Amount cents={item.amountCents} currency={item.currency} />
        )}
      </span>
      <span className="flex items-center gap-1.5 text-xs text-muted">
        <Status status={item.status} />
        <PaymentFlags flags={item.flags} />
        <span className="ml-auto min-w-0 truncate">
          {item.network !== null && `${networkName(item.network)} · `}
          {children}
        </span>
      </span>
    </span>
  )
}

interface TwoLinesProps {
  readonly item: PaymentListItem
  readonly children: ReactNode
}

/** Characters of an order number that fit its column at every width. */
const LONGEST_SHOWN = 16

/** Payments without an order number are known by their own id. */
function PaymentLink({ item }: { readonly item: PaymentListItem }) {
  const mayBeClipped = item.orderId === null || item.orderId.length > LONGEST_SHOWN
  return (
    <Link
      to="/payments"
      search={(search) => ({ ...search, open: item.id })}
      preload={false}
      resetScroll={false}
      data-payment={item.id}
      className="rounded-sm font-medium"
      {...(mayBeClipped && tip(item.orderId ?? item.id))}
    >
      {item.orderId !== null ? (
        <bdi>{item.orderId}</bdi>
      ) : (
        <span className="font-mono text-xs">{shortIdentifier(item.id)}</span>
      )}
    </Link>
  )
}

/** A word that SpacePay has not documented may be of any length; all of it is in the tooltip. */
function Status({ status }: { readonly status: string }) {
  const mayBeClipped = status.length > LONGEST_SHOWN
  return (
    <span {...(mayBeClipped && tip(status))} className="min-w-0 overflow-hidden rounded-full">
      <StatusBadge status={status} />
    </span>
  )
}

function TimeOfDay({ at }: { readonly at: string }) {
  const zone = useBusinessZone()
  return (
    <time dateTime={at} {...tip(bothClocks(at, zone))} className="text-muted tabular-nums">
      {clockText(at, { zone, nowMs: Date.parse(at) })}
    </time>
  )
}

function Received({ item }: { readonly item: PaymentListItem }) {
  const { receivedBaseUnits, tokenSymbol, tokenDecimals } = item
  if (receivedBaseUnits === null || tokenDecimals === null) return <Nothing />
  return (
    <span className="text-muted">
      <TokenAmount
        amount={{ baseUnits: receivedBaseUnits, decimals: tokenDecimals }}
        symbol={tokenSymbol ?? ''}
      />
    </span>
  )
}

function Nothing() {
  return <span className="text-faint">—</span>
}
