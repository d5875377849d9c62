import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type AmountCents, formatCents } from '@desk/shared/money/amount-cents'
import { networkName } from '@desk/shared/networks/networks'
import type { PaymentListItem } from '@desk/shared/payments/payment-list'
import { Amount, TokenAmount } from '../ui/amount.tsx'
import { StatusBadge } from '../ui/badge.tsx'
import { useViewZone } from '../ui/business-day-rule.tsx'
import { Identifier } from '../ui/identifier.tsx'
import { shortIdentifier } from '../ui/identifier-text.ts'
import { ClockText } from '../ui/moment.tsx'
import { bothClocks, clockText } from '../ui/moment-text.ts'
import { readersLocale } from '../ui/readers-locale.ts'
import { tip, tipWhenClipped } from '../ui/tooltip.tsx'
import { PaymentFlags } from './payment-flags.tsx'
import { useIsSeen } from './seen-payments.ts'

/** Under titles that name the day, the time of day says enough. */
export function TimeOfDay({ at }: { readonly at: string }) {
  const zone = useViewZone()
  return (
    <time dateTime={at} {...tip(bothClocks(at, zone))} className="text-muted tabular-nums">
      {clockText(at, { zone, nowMs: Date.parse(at) })}
    </time>
  )
}

export function DateAndTime({ at }: { readonly at: string }) {
  return (
    <span className="text-muted">
      <ClockText at={at} focusable={false} />
    </span>
  )
}

/**
 * Opens the payment; those without an order number are known by their own id. What somebody has read since
 * it last changed stands back.
 */
export function PaymentLink({ item }: { readonly item: PaymentListItem }) {
  const isSeen = useIsSeen(item)
  return (
    <>
      <Link
        to="/payments"
        search={(search) => ({ ...search, open: item.id })}
        preload={false}
        resetScroll={false}
        data-payment={item.id}
        className={`rounded-sm ${isSeen ? 'text-muted' : 'font-medium'}`}
        {...(item.orderId === null ? tip(item.id) : tipWhenClipped(item.orderId))}
      >
        {item.orderId !== null ? (
          <bdi>{item.orderId}</bdi>
        ) : (
          <span className="font-mono text-xs">{shortIdentifier(item.id)}</span>
        )}
      </Link>
      {isSeen && <span className="sr-only"> read</span>}
    </>
  )
}

/** A word that SpacePay has not documented may be of any length; all of it is in the tooltip. */
export function Status({ item: { status, flags, isDrifted } }: { readonly item: PaymentListItem }) {
  return (
    <span className="flex items-center gap-1.5">
      <span {...tipWhenClipped(status)} className="min-w-0 overflow-hidden rounded-full">
        <StatusBadge status={status} />
      </span>
      <PaymentFlags flags={flags} isDrifted={isDrifted} />
    </span>
  )
}

export function Money({ cents, currency }: MoneyProps) {
  return cents === null ? <Nothing /> : <Amount cents={cents} currency={currency} />
}

interface MoneyProps {
  readonly cents: number | null
  readonly currency: string
}

/** What SpacePay keeps of it; unknown until it has settled. */
export function Fees({ item }: { readonly item: PaymentListItem }) {
  const { merchantFeeCents, swapFeeCents, currency } = item
  if (merchantFeeCents === null && swapFeeCents === null) return <Nothing />
  const parts = [
    feeText('Merchant fee', merchantFeeCents, currency),
    feeText('Swap fee', swapFeeCents, currency),
  ]
  return (
    <span className="text-muted" {...tip(parts.join('\n'))}>
      <Amount cents={(merchantFeeCents ?? 0) + (swapFeeCents ?? 0)} currency={currency} />
    </span>
  )
}

function feeText(name: string, cents: AmountCents | null, currency: string): string {
  if (cents === null) return `${name} not known`
  return `${name} ${formatCents(cents, { currency, locale: readersLocale })}`
}

export function Received({ item }: { readonly item: PaymentListItem }) {
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

export function Network({ network }: { readonly network: string | null }) {
  return <Text value={network === null ? null : networkName(network)} />
}

/** One line; what has no room stands in the tooltip. */
export function Text({ value }: { readonly value: string | null }) {
  if (value === null || value === '') return <Nothing />
  return (
    <span className="text-muted" {...tipWhenClipped(value)}>
      <bdi>{value}</bdi>
    </span>
  )
}

export function Copied({
  value,
  label,
}: {
  readonly value: string | null
  readonly label: string
}) {
  if (value === null) return <Nothing />
  return (
    <span className="flex text-faint">
      <Identifier value={value} label={label} />
    </span>
  )
}

export function Tags({ tags }: { readonly tags: readonly string[] }) {
  if (tags.length === 0) return <Nothing />
  return (
    <span {...tipWhenClipped(tags.join('\n'))} className="text-xs text-muted">
      {tags.map((tag) => (
        <span key={tag} className="mr-1 rounded-sm bg-sunken px-1.5 py-0.5">
          {tag}
        </span>
      ))}
    </span>
  )
}

/** On a phone a row is one cell of two lines. */
export function TwoLines({ item, children }: TwoLinesProps) {
  return (
    <span className="flex flex-col gap-1">
      <span className="flex items-center gap-3">
        <span className="min-w-0 flex-1 truncate">
          <PaymentLink item={item} />
        </span>
        <Money cents={item.amountCents} currency={item.currency} />
      </span>
      <span className="flex items-center gap-1.5 text-xs text-muted">
        <Status item={item} />
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

function Nothing() {
  return <span className="text-faint">—</span>
}
