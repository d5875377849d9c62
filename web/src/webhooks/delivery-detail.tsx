import { useQuery } from '@tanstack/react-query'
import { deliveryId } from '@desk/shared/webhooks/delivery-id'
import type { DeliveryDetail as Detail } from '@desk/shared/webhooks/delivery-detail'
import { readFault } from '../app/fault.ts'
import { useLiveEvent } from '../app/live.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { History } from '../audit/history.tsx'
import { Button } from '../ui/button.tsx'
import { ErrorPanel } from '../ui/panel.tsx'
import { Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { DeliveryFacts } from './delivery-facts.tsx'
import { DeliveryHead } from './delivery-head.tsx'
import { EventAttempts } from './event-attempts.tsx'
import { Payload } from './payload.tsx'
import { SnapshotChanges } from './snapshot-changes.tsx'
import { VerifyAgain } from './verify-again.tsx'
import { isRefused } from './webhook-words.ts'

/** Everything about one delivery, the same in the drawer over the list and on its own page. */
export function DeliveryDetail({ id, place }: DeliveryDetailProps) {
  const { api } = signedInRoute.useRouteContext()
  const isId = deliveryId.safeParse(id).success
  const detail = useQuery({
    ...api.webhooks.detail.queryOptions({ id: isId ? id : '1' }),
    enabled: isId,
  })
  useLiveEvent(({ kind }) => {
    const isMoving = detail.data?.state === 'waiting' && kind === 'webhooks.changed'
    if (isId && (isMoving || kind === 'resync')) void detail.refetch()
  })
  if (!isId)
    return <NoSuchDelivery cause="The number in the address is not one a delivery could have." />
  if (detail.isPending) return <DetailSkeleton />
  if (detail.data === undefined) {
    const fault = readFault(detail.error)
    if (fault.kind === 'not_found') return <NoSuchDelivery cause={fault.message} />
    return (
      <div className="p-5 in-[.drawer]:pt-14">
        <ErrorPanel
          title="This delivery could not be read"
          cause={fault.kind === 'unreachable' ? 'Desk does not answer.' : fault.message}
          wayOut="Nothing was changed. Try again in a moment."
          reference={fault.reference}
          action={<Button onClick={() => void detail.refetch()}>Try again</Button>}
        />
      </div>
    )
  }
  return <Delivery delivery={detail.data} place={place} />
}

interface DeliveryDetailProps {
  /** As the address says it. */
  readonly id: string
  readonly place: 'drawer' | 'page'
}

function Delivery({
  delivery,
  place,
}: { readonly delivery: Detail } & Pick<DeliveryDetailProps, 'place'>) {
  return (
    <article aria-label={`Webhook ${delivery.id}`}>
      <DeliveryHead delivery={delivery} place={place} />
      {delivery.comparison && (
        <Section
          title={
            delivery.comparison.previous === null
              ? 'The first that was told'
              : 'What changed since the one before'
          }
        >
          <SnapshotChanges comparison={delivery.comparison} />
        </Section>
      )}
      <Section title="Facts">
        <DeliveryFacts delivery={delivery} />
      </Section>
      <Section title="Exactly what came">
        <Payload delivery={delivery} />
      </Section>
      <Section title="Signature">
        <VerifyAgain delivery={delivery} />
      </Section>
      {delivery.attemptsOfEvent.length > 0 && (
        <Section title="Deliveries of this event">
          <EventAttempts delivery={delivery} />
        </Section>
      )}
      {!isRefused(delivery) && <History kind="webhook" id={delivery.id} />}
    </article>
  )
}

function NoSuchDelivery({ cause }: { readonly cause: string }) {
  return (
    <div className="p-5 in-[.drawer]:pt-14">
      <ErrorPanel
        title="No such delivery"
        cause={cause}
        wayOut="Look for it by its payment, or inside payloads."
      />
    </div>
  )
}

function DetailSkeleton() {
  return (
    <div aria-busy="true" className="p-5">
      <span className="sr-only">Loading the delivery</span>
      <Skeleton className="h-6 w-40" />
      <Skeleton className="mt-3 h-6 w-4/5" />
      <Skeleton className="mt-4 h-8 w-72" />
      {['changes', 'facts', 'signature', 'bytes'].map((part) => (
        <div key={part} className="mt-8">
          <Skeleton className="h-5 w-32" />
          <Skeleton className="mt-3 h-8 w-full" />
          <Skeleton className="mt-2 h-8 w-3/4" />
        </div>
      ))}
    </div>
  )
}
