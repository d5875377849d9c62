import type { UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { MatchedOn, PaymentHit } from '@desk/shared/payments/payment-find'
import { Amount } from '../ui/amount.tsx'
import { Flag, StatusBadge } from '../ui/badge.tsx'
import { buttonClass } from '../ui/button.tsx'
import { shortIdentifier } from '../ui/identifier-text.ts'
import { Moment } from '../ui/moment.tsx'
import { EmptyState, ErrorPanel } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { readFault } from './fault.ts'

/** What the pasted text turned out to be, or what to do when it is nothing Desk knows. */
export function QuickFindResults({ text, found, marked, ...on }: QuickFindResultsProps) {
  if (text === '') return <Hint />
  if (found.error) return <Failure error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <Waiting />
  if (found.data.length === 0) return <Miss text={text} onLeave={on.onLeave} />
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a select cannot hold more than text
    <div id="quick-find-hits" role="listbox" aria-label="Payments" className="overflow-auto p-2">
      {found.data.map((hit, index) => (
        <Hit key={hit.id} hit={hit} index={index} isMarked={index === marked} {...on} />
      ))}
    </div>
  )
}

interface QuickFindResultsProps extends HitActions {
  readonly text: string
  readonly found: UseQueryResult<readonly PaymentHit[], unknown>
  readonly marked: number
  readonly onLeave: () => void
}

interface HitActions {
  readonly onMark: (index: number) => void
  readonly onOpen: (hit: PaymentHit) => void
}

interface HitProps extends HitActions {
  readonly hit: PaymentHit
  readonly index: number
  readonly isMarked: boolean
}

function Hit({ hit, index, isMarked, onMark, onOpen }: HitProps) {
  return (
    // Keys are handled by the field, which keeps the focus and names the marked option.
    <div
      id={`quick-find-${index}`}
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as above
      role="option"
      tabIndex={-1}
      aria-selected={isMarked}
      onPointerMove={() => onMark(index)}
      onClick={() => onOpen(hit)}
      onKeyDown={(event) => event.key === 'Enter' && onOpen(hit)}
      className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 rounded-md px-3 py-2 text-sm aria-selected:bg-selected md:grid-cols-[minmax(0,1fr)_auto_96px]"
    >
      <span className="flex min-w-0 items-center gap-2">
        <span className="truncate font-medium">{hit.orderId ?? shortIdentifier(hit.id)}</span>
        <StatusBadge status={hit.status} />
      </span>
      <span className="text-right font-medium max-md:row-span-2">
        {hit.amountCents === null ? (
          <span className="text-faint">Open amount</span>
        ) : (
          <Amount cents={hit.amountCents} currency={hit.currency} />
        )}
      </span>
      <span className="flex items-center gap-2 text-xs text-faint md:justify-end">
        <Moment at={hit.createdAt} focusable={false} />
      </span>
      <span className="flex gap-1.5 text-xs text-faint md:col-span-3">
        {hit.exact ? <Flag tone="ok">{matchText[hit.matchedOn]}</Flag> : matchText[hit.matchedOn]}
      </span>
    </div>
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

function Hint() {
  return (
    <div className="px-4 py-6 text-sm text-muted">
      <p>
        An order id, payment id, transaction hash, deposit or sender address, explorer or checkout
        link, or any value from the metadata. Part of one will do.
      </p>
    </div>
  )
}

function Waiting() {
  return (
    <div className="flex flex-col gap-4 px-5 py-4" aria-busy>
      <Skeleton className="h-5 w-2/3" />
      <Skeleton className="h-5 w-1/2" />
      <Skeleton className="h-5 w-3/5" />
    </div>
  )
}

function Miss({ text, onLeave }: { readonly text: string; readonly onLeave: () => void }) {
  return (
    <EmptyState
      title="No payment matches"
      action={
        <Link
          to="/payments"
          search={{ q: text.slice(0, 300) }}
          onClick={onLeave}
          className={buttonClass({})}
        >
          Search the list instead
        </Link>
      }
    >
      <p className="break-words">
        Nothing Desk knows carries <b className="font-medium text-text">{clip(text)}</b>. Check that
        nothing was cut off when copying. A payment made seconds ago may still be on its way; a hash
        on another network or sent to another shop is not ours.
      </p>
    </EmptyState>
  )
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const fault = readFault(error)
  return (
    <div className="p-4">
      <ErrorPanel
        title="The search did not finish"
        cause={
          fault.kind === 'unreachable'
            ? 'The connection to Desk was lost.'
            : 'Desk could not answer.'
        }
        wayOut="Nothing was changed."
        reference={fault.reference}
        action={
          <button type="button" onClick={onRetry} className={buttonClass({})}>
            Search again
          </button>
        }
      />
    </div>
  )
}
