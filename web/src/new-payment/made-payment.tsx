import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { formatCents } from '@desk/shared/money/amount-cents'
import type { PaymentId } from '@desk/shared/payments/payment'
import type { PaymentDetail } from '@desk/shared/payments/payment-detail'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { readersLocale } from '../ui/readers-locale.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { PayerLink } from './payer-link.tsx'

/** What was just made, and its link once somebody asks for it. */
export function MadePayment({ paymentId }: { readonly paymentId: PaymentId }) {
  const { api } = signedInRoute.useRouteContext()
  const payment = useQuery(api.payments.detail.queryOptions({ id: paymentId }))
  const link = useMutation(api.payments.payerLink.mutationOptions())
  return (
    <>
      <PageHeader
        title="Payment created"
        state={payment.data && saidOf(payment.data)}
        actions={
          <Link
            to="/payments/$paymentId"
            params={{ paymentId }}
            className={buttonClass({ variant: 'primary' })}
          >
            Open the payment
          </Link>
        }
      />
      <Card
        title="Link for the customer"
        about="Whoever has it can pay, and see what the payment is for. That you looked at it is written down."
      >
        {link.data ? (
          <PayerLink url={link.data.url} subject={subjectOf(payment.data)} />
        ) : (
          <Button
            variant="primary"
            pending={link.isPending}
            onClick={() => link.mutate({ id: paymentId })}
          >
            Show the link
          </Button>
        )}
        <FaultLine error={link.error} />
      </Card>
      {payment.isPending && <Skeleton className="h-6 w-64" />}
      <Link to="/payments/new" className={buttonClass({})}>
        Make another
      </Link>
    </>
  )
}

function saidOf(payment: PaymentDetail): string {
  const amount =
    payment.amountCents === null || payment.type === 'deposit'
      ? 'any amount'
      : formatCents(payment.amountCents, { currency: payment.currency, locale: readersLocale })
  return `${amount} · order ${payment.orderId ?? '–'} · ${payment.status}`
}

function subjectOf(payment: PaymentDetail | undefined): string {
  return payment?.orderId ? `Your order ${payment.orderId}` : 'Your payment'
}
