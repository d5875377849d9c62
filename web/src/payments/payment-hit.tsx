import type { MatchedOn, PaymentHit } from '@desk/shared/payments/payment-find'
import { Amount } from '../ui/amount.tsx'
import { Flag, StatusBadge } from '../ui/badge.tsx'
import { shortIdentifier } from '../ui/identifier-text.ts'
import { Moment } from '../ui/moment.tsx'

/** A payment that was found, how it stands, and by what it was found. */
export function PaymentHitRow({ hit }: { readonly hit: PaymentHit }) {
  return (
    <span className="grid min-w-0 flex-1 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 md:grid-cols-[minmax(0,1fr)_auto_96px]">
      <span className="flex min-w-0 items-center gap-2">
        <span className="truncate font-medium">{hit.orderId ?? shortIdentifier(hit.id)}</span>
        <StatusBadge status={hit.status} />
      </span>
      <span className="text-right font-medium">
        {hit.amountCents === null ? (
          <span className="text-faint">Open amount</span>
        ) : (
          <Amount cents={hit.amountCents} currency={hit.currency} />
        )}
      </span>
      <span className="flex items-center justify-end text-xs text-faint max-md:order-last">
        <Moment at={hit.createdAt} focusable={false} />
      </span>
      <span className="flex gap-1.5 text-xs text-faint md:col-span-3">
        {hit.exact ? <Flag tone="ok">{matchText[hit.matchedOn]}</Flag> : matchText[hit.matchedOn]}
      </span>
    </span>
  )
}

const matchText = {
  payment_id: 'Payment id',
  order_id: 'Order id',
  tx_hash: 'Transaction hash',
  deposit_address: 'Deposit address',
  sender_address: 'Paid from this address',
  text: 'Found in its metadata',
} as const satisfies Record<MatchedOn, string>
