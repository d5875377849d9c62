import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { paymentId } from '@desk/shared/payments/payment'
import { FaultLine } from '../app/fault-line.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { EmptyState } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { readKeptDraft } from './kept-draft.ts'
import { MadePayment } from './made-payment.tsx'
import { NewPaymentForm } from './new-payment-form.tsx'
import { newPaymentRoute } from './new-payment.route.tsx'
import { draftFrom, emptyDraft } from './payment-draft.ts'

/** Has SpacePay make a payment or a deposit, and hands its link on. */
export function NewPaymentPage() {
  const { from = null, made = null } = newPaymentRoute.useSearch()
  const block = usePermissionBlock('payments:create')
  return (
    <div className="mx-auto max-w-[720px] px-4 pt-4 pb-10 md:px-6">
      <title>New payment · SpacePay Desk</title>
      <Link
        to="/payments"
        className="mb-3 inline-flex h-6 items-center gap-1 rounded-sm text-sm text-muted hover:text-text"
      >
        <ChevronLeft aria-hidden className="size-4" />
        All payments
      </Link>
      {block !== null ? (
        <EmptyState heading="h1" title="Making payments is not among your roles">
          {block}
        </EmptyState>
      ) : made !== null ? (
        <MadePayment key={made} paymentId={paymentId.parse(made)} />
      ) : (
        <>
          <PageHeader
            title={from === null ? 'New payment' : 'New payment from this'}
            state="SpacePay makes it; the customer gets a link to pay."
          />
          {from === null ? <Blank /> : <Again key={from} from={from} />}
        </>
      )}
    </div>
  )
}

function Blank() {
  const begun = readKeptDraft(null) ?? { ...emptyDraft, attempt: crypto.randomUUID() }
  return <NewPaymentForm begun={begun} />
}

/** What the old payment asked for stands in the form already. */
function Again({ from }: { readonly from: string }) {
  const { api } = signedInRoute.useRouteContext()
  const old = useQuery(api.payments.detail.queryOptions({ id: paymentId.parse(from) }))
  if (old.isError) return <FaultLine error={old.error} />
  if (!old.data) return <Skeleton className="h-96 w-full" />
  const begun = readKeptDraft(old.data.id) ?? {
    ...draftFrom(old.data),
    attempt: crypto.randomUUID(),
  }
  return <NewPaymentForm begun={begun} />
}
