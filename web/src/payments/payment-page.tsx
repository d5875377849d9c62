import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { asOfIn } from './as-of.ts'
import { PastBanner } from './past-banner.tsx'
import { PaymentDetail } from './payment-detail.tsx'
import { paymentRoute } from './payment.route.tsx'

/** One payment on its own address. */
export function PaymentPage() {
  const { paymentId } = paymentRoute.useParams()
  const { asOf } = paymentRoute.useSearch()
  return (
    <div className="mx-auto max-w-[1200px] px-4 pt-4 pb-10 md:px-6">
      <title>{`Payment ${paymentId} · SpacePay Desk`}</title>
      <h1 className="sr-only">Payment</h1>
      <Link
        to="/payments"
        search={asOf === undefined ? {} : { asOf }}
        className="mb-3 inline-flex h-6 items-center gap-1 rounded-sm text-sm text-muted hover:text-text"
      >
        <ChevronLeft aria-hidden className="size-4" />
        All payments
      </Link>
      {asOf !== undefined && <PastBanner search={asOf} what="This payment" paymentId={paymentId} />}
      <div className="rounded-lg border border-line bg-surface">
        <PaymentDetail
          key={`${paymentId} ${asOf}`}
          paymentId={paymentId}
          asOf={asOfIn({ asOf })}
          place="page"
        />
      </div>
    </div>
  )
}
