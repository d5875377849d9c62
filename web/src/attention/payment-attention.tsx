import { lazy, Suspense } from 'react'
import type { PaymentId } from '@desk/shared/payments/payment'
import { Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

const PaymentWork = lazy(async () => ({
  default: (await import('./payment-work.tsx')).PaymentWork,
}))

/** What people do about one payment among themselves: hand-over, tags and notes. */
export function PaymentAttention({ paymentId }: { readonly paymentId: PaymentId }) {
  return (
    <Section title="Hand-over and notes">
      <Suspense fallback={<WorkSkeleton />}>
        <PaymentWork paymentId={paymentId} />
      </Suspense>
    </Section>
  )
}

/** At the size of a payment that nobody wrote about. */
export function WorkSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-3">
      <span className="sr-only">Loading notes</span>
      <Skeleton className="h-8 w-60 max-w-full" />
      <Skeleton className="h-7 w-32" />
      <Skeleton className="h-15 w-full" />
    </div>
  )
}
