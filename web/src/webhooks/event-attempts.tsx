import { Link } from '@tanstack/react-router'
import type { DeliveryDetail } from '@desk/shared/webhooks/delivery-detail'
import { Badge, Flag } from '../ui/badge.tsx'
import { PreciseText } from '../ui/moment.tsx'
import { verdictWords } from './webhook-words.ts'

/** Every time the same event was delivered, oldest first. */
export function EventAttempts({ delivery }: { readonly delivery: DeliveryDetail }) {
  return (
    <ol className="flex flex-col gap-1.5 text-sm">
      {delivery.attemptsOfEvent.map(({ id, receivedAt, verdict, isConflicting }) => (
        <li key={id} className="flex flex-wrap items-center gap-2">
          {id === delivery.id ? (
            <span className="font-medium">Webhook {id}, this one</span>
          ) : (
            <Link
              to="/webhooks/$deliveryId"
              params={{ deliveryId: id }}
              className="rounded-sm text-accent hover:underline"
            >
              Webhook {id}
            </Link>
          )}
          <span className="text-muted">
            <PreciseText at={receivedAt} />
          </span>
          <Badge tone={verdictWords[verdict].tone}>{verdictWords[verdict].word}</Badge>
          {isConflicting && <Flag tone="warn">other content under the same id</Flag>}
        </li>
      ))}
    </ol>
  )
}
