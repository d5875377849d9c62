import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import { paymentId as paymentIdSchema } from '@desk/shared/payments/payment'
import type { PaymentDetail as Detail } from '@desk/shared/payments/payment-detail'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { PaymentAttention } from '../attention/payment-attention.tsx'
import { History } from '../audit/history.tsx'
import { QuotesTable } from '../quotes/quotes-table.tsx'
import { Button } from '../ui/button.tsx'
import { ErrorPanel } from '../ui/panel.tsx'
import { Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { DeliveriesTable } from './deliveries-table.tsx'
import { DepositAddress } from './deposit-address.tsx'
import { Metadata } from './metadata.tsx'
import { PaymentDetailSkeleton } from './payment-detail-skeleton.tsx'
import { PaymentFacts } from './payment-facts.tsx'
import { PaymentHead } from './payment-head.tsx'
import { RawJson } from './raw-json.tsx'
import { PaymentStory } from './payment-story.tsx'
import { RefreshPayment } from './refresh-payment.tsx'
import { TransactionFacts } from './transaction-facts.tsx'
import { TwoStories } from './two-stories.tsx'
import { usePaymentPeople } from './use-payment-people.ts'
import { VerdictPanel } from './verdict-panel.tsx'

const PaymentKin = lazy(async () => ({
  default: (await import('../new-payment/payment-kin.tsx')).PaymentKin,
}))

/** Everything about one payment, the same in the drawer over the list and on its own page. */
export function PaymentDetail({ paymentId, place, asOf }: PaymentDetailProps) {
  const { api } = signedInRoute.useRouteContext()
  const id = paymentIdSchema.safeParse(paymentId)
  const detail = useQuery({
    ...api.payments.detail.queryOptions({
      id: id.success ? id.data : paymentIdSchema.parse('-'),
      ...(asOf !== null && { asOf }),
    }),
    enabled: id.success,
  })
  // Asked for in the same breath, so that what people did is there when the rest is.
  usePaymentPeople(id.success ? id.data : null)
  if (!id.success)
    return <NoSuchPayment cause="The id in the address is not one SpacePay could give." />
  if (detail.isPending) return <PaymentDetailSkeleton />
  if (detail.isError && detail.data === undefined) {
    const fault = readFault(detail.error)
    if (fault.kind === 'not_found') {
      return (
        <NoSuchPayment cause={fault.message}>
          {asOf === null && <RefreshPayment paymentId={id.data} />}
        </NoSuchPayment>
      )
    }
    return (
      <div className="p-5 in-[.drawer]:pt-14">
        <ErrorPanel
          title="This payment could not be read"
          cause={fault.kind === 'unreachable' ? 'Desk does not answer.' : fault.message}
          wayOut="Nothing was changed. Try again in a moment."
          reference={fault.reference}
          action={<Button onClick={() => void detail.refetch()}>Try again</Button>}
        />
      </div>
    )
  }
  return <Story payment={detail.data} place={place} asOf={asOf} />
}

interface PaymentDetailProps {
  readonly paymentId: string
  /** The past instant, ISO 8601 UTC; null for now. */
  readonly asOf: string | null
  readonly place: 'drawer' | 'page'
}

/** The page has room for the facts beside the story; the drawer puts them below it. */
function Story({
  payment,
  place,
  asOf,
}: {
  readonly payment: Detail
  readonly place: 'drawer' | 'page'
  readonly asOf: string | null
}) {
  // What people did and what can be done about it belong to now.
  const isNow = asOf === null
  const isWide = place === 'page'
  return (
    <article aria-label={`Payment ${payment.orderId ?? payment.id}`}>
      <PaymentHead payment={payment} place={place} asOf={asOf} />
      {isNow && <VerdictPanel payment={payment} />}
      <div className={isWide ? 'xl:grid xl:grid-cols-[minmax(0,1fr)_470px]' : ''}>
        <div className={isWide ? 'xl:border-r xl:border-line' : ''}>
          {isNow && <PaymentAttention paymentId={payment.id} />}
          <Section title="Expected against received">
            <QuotesTable
              quotes={payment.quotes}
              receipt={payment.receipt}
              currency={payment.currency}
            />
          </Section>
          <Section title="Story">
            <PaymentStory payment={payment} asOf={asOf} />
          </Section>
          <Section title="Webhook deliveries">
            <DeliveriesTable deliveries={payment.deliveries} />
          </Section>
          <Section title="What the webhooks say, what the API says">
            <TwoStories payment={payment} />
          </Section>
          {isNow && <History kind="payment" id={payment.id} />}
        </div>
        <div>
          <Section title="Origin and link">
            <Suspense fallback={<Skeleton className="h-8 w-44" />}>
              <PaymentKin payment={payment} />
            </Suspense>
          </Section>
          <Section title="Deposit address">
            <DepositAddress payment={payment} />
          </Section>
          <Section title="Transaction">
            <TransactionFacts payment={payment} />
          </Section>
          <Section title="Facts">
            <PaymentFacts payment={payment} />
          </Section>
          <Section title="Metadata">
            <Metadata text={payment.customMetadata} />
          </Section>
        </div>
      </div>
      <RawJson answer={payment.rawAnswer} webhook={payment.rawWebhook} />
    </article>
  )
}

function NoSuchPayment({
  cause,
  children,
}: {
  readonly cause: string
  readonly children?: ReactNode
}) {
  return (
    <div className="p-5 in-[.drawer]:pt-14">
      <ErrorPanel
        title="No such payment"
        cause={cause}
        wayOut="Check the id, or search by order id, transaction hash or address instead."
        action={children}
      />
    </div>
  )
}
