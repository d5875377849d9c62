import { Link } from '@tanstack/react-router'
import { Link2 } from 'lucide-react'
import { assignedText } from '@desk/shared/attention/assignee'
import { networkName } from '@desk/shared/networks/networks'
import type { PaymentId } from '@desk/shared/payments/payment'
import type { PaymentDetail } from '@desk/shared/payments/payment-detail'
import { Amount, TokenAmount } from '../ui/amount.tsx'
import { Flag, StatusBadge } from '../ui/badge.tsx'
import { buttonClass, IconButton } from '../ui/button.tsx'
import { copyText } from '../ui/copy-text.ts'
import { Identifier } from '../ui/identifier.tsx'
import { Moment } from '../ui/moment.tsx'
import { PastButton } from './past-button.tsx'
import { PaymentFlags } from './payment-flags.tsx'
import { paymentLink } from './payment-link.ts'
import { usePaymentPeople } from './use-payment-people.ts'

/** What it is, how it stands, how much: the answer to most questions without scrolling. */
export function PaymentHead({ payment, place, asOf }: PaymentHeadProps) {
  const { id, orderId, status, flags, drift, amountCents, currency } = payment
  return (
    <header className={`px-5 pt-4 pb-4 ${place === 'drawer' ? 'pr-16' : ''}`}>
      <div className="flex min-h-8 flex-wrap items-center gap-2">
        <h2 className="max-w-full min-w-0">
          <Identifier
            value={orderId ?? id}
            label={orderId === null ? 'Payment id' : 'Order id'}
            full
          />
        </h2>
        <span aria-live="polite" className="inline-flex gap-2">
          <StatusBadge status={status} />
          <PaymentFlags flags={flags} isDrifted={drift.some(({ state }) => state === 'open')} />
          {asOf === null && <WithWhom paymentId={id} />}
        </span>
        <span className="ml-auto inline-flex items-center gap-1">
          {place === 'drawer' && (
            <Link
              to="/payments/$paymentId"
              params={{ paymentId: id }}
              className={buttonClass({ variant: 'secondary' })}
            >
              Open page
            </Link>
          )}
          {asOf === null && <PastButton paymentId={id} />}
          <IconButton
            label="Copy link to this payment"
            onClick={() => void copyText(paymentLink(id), 'Link')}
          >
            <Link2 aria-hidden className="size-4" />
          </IconButton>
        </span>
      </div>
      <p className="mt-2 text-2xl font-semibold tracking-tight">
        {amountCents === null ? 'Open amount' : <Amount cents={amountCents} currency={currency} />}
      </p>
      <p className="mt-0.5 min-h-5 text-sm text-muted">
        <ReceivedLine payment={payment} />
      </p>
      <p className="mt-0.5 text-xs text-faint">
        <FreshnessLine payment={payment} />
      </p>
    </header>
  )
}

interface PaymentHeadProps {
  readonly payment: PaymentDetail
  readonly place: 'drawer' | 'page'
  readonly asOf: string | null
}

/** Who of us has it, so that nobody begins twice. */
function WithWhom({ paymentId }: { readonly paymentId: PaymentId }) {
  const { handedTo } = usePaymentPeople(paymentId)
  return handedTo && <Flag tone="wait">With {assignedText(handedTo)}</Flag>
}

function ReceivedLine({ payment }: { readonly payment: PaymentDetail }) {
  const { receivedBaseUnits, tokenSymbol, tokenDecimals, network, receipt, createdAt } = payment
  if (receivedBaseUnits === null || tokenSymbol === null || tokenDecimals === null) {
    return (
      <>
        Nothing received yet · created <Moment at={createdAt} />
      </>
    )
  }
  const amount = { baseUnits: receivedBaseUnits, decimals: tokenDecimals }
  return (
    <>
      Received <TokenAmount amount={amount} symbol={tokenSymbol} />
      {network !== null && ` on ${networkName(network)}`}
      {receipt?.transactionAt && (
        <>
          , <Moment at={receipt.transactionAt} />
        </>
      )}
    </>
  )
}

/** How old what is shown may be, by each way in which Desk learns. */
function FreshnessLine({ payment }: { readonly payment: PaymentDetail }) {
  const { webhookStory, apiStory, apiReadAt } = payment
  const readAt = apiReadAt ?? apiStory?.learnedAt ?? null
  return (
    <>
      {webhookStory === null ? (
        'No webhook yet'
      ) : (
        <>
          Last webhook <Moment at={webhookStory.learnedAt} />
        </>
      )}
      {readAt === null ? (
        ' · not read from the API yet'
      ) : (
        <>
          {' · read from the API '}
          <Moment at={readAt} />
        </>
      )}
    </>
  )
}
