import { Link } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { usePermissionBlock } from '../app/permission.ts'
import { EmptyState } from '../ui/panel.tsx'
import { DeliveryDetail } from './delivery-detail.tsx'
import { deliveryRoute } from './webhooks.route.tsx'

/** One delivery on its own address. */
export function DeliveryPage() {
  const { deliveryId } = deliveryRoute.useParams()
  const block = usePermissionBlock('webhooks:read')
  if (block !== null) {
    return (
      <EmptyState heading="h1" title="Webhooks are not among your roles">
        {block}
      </EmptyState>
    )
  }
  return (
    <div className="mx-auto max-w-[1000px] px-4 pt-4 pb-10 md:px-6">
      <title>{`Webhook ${deliveryId} · SpacePay Desk`}</title>
      <h1 className="sr-only">Webhook</h1>
      <Link
        to="/webhooks"
        className="mb-3 inline-flex h-6 items-center gap-1 rounded-sm text-sm text-muted hover:text-text"
      >
        <ChevronLeft aria-hidden className="size-4" />
        All webhooks
      </Link>
      <div className="rounded-lg border border-line bg-surface">
        <DeliveryDetail key={deliveryId} id={deliveryId} place="page" />
      </div>
    </div>
  )
}
