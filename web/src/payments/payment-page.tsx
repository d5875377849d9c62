import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { PaymentDetail } from './payment-detail.tsx'
import { paymentRoute } from './payment.route.tsx'

/** One payment on its own address. */
export function PaymentPage() {
  const { paymentId } = paymentRoute.useParams()
  return (
    <div className="mx-auto max-w-[1200px] px-4 pt-4 pb-10 md:px-6">
      <title>{`Payment ${paymentId} · SpacePay Desk`}</title>
      <h1 className="sr-only">Payment</h1>
      <Link
        to="/payments"
        className="mb-3 inline-flex h-6 items-center gap-1 rounded-sm text-sm text-muted hover:text-text"
      >
        <ChevronLeft aria-hidden className="size-4" />
        All payments
      </Link>
      <div className="rounded-lg border border-line bg-surface">
        <PaymentDetail key={paymentId} paymentId={paymentId} place="page" />
      </div>
    </div>
  )
}
