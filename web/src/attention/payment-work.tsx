import { useQuery } from '@tanstack/react-query'
import type { PaymentId } from '@desk/shared/payments/payment'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { WorkSkeleton } from './payment-attention.tsx'
import { PaymentItems } from './payment-items.tsx'
import { PaymentNotes } from './payment-notes.tsx'
import { PaymentSteps } from './payment-steps.tsx'
import { PaymentTags } from './payment-tags.tsx'

export function PaymentWork({ paymentId }: { readonly paymentId: PaymentId }) {
  const { api } = signedInRoute.useRouteContext()
  const work = useQuery(api.attention.ofPayment.queryOptions({ id: paymentId }))
  if (work.isPending) return <WorkSkeleton />
  if (work.data === undefined) {
    return (
      <p role="alert" className="flex flex-wrap items-center gap-3 text-sm text-muted">
        Notes and hand-overs could not be read. {readFault(work.error).message}
        <Button onClick={() => void work.refetch()}>Try again</Button>
      </p>
    )
  }
  const { notes, tags, items, events } = work.data
  return (
    <div className="flex flex-col gap-4">
      <PaymentItems paymentId={paymentId} items={items} />
      <PaymentTags paymentId={paymentId} tags={tags} />
      <PaymentNotes paymentId={paymentId} notes={notes} />
      <PaymentSteps events={events} />
    </div>
  )
}
