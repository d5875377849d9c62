import type { AttentionEvent } from '@desk/shared/attention/attention-item'
import { Moment } from '../ui/moment.tsx'
import { stepText } from './attention-words.ts'

/** Who had the payment when and why, newest first, folded away. */
export function PaymentSteps({ events }: { readonly events: readonly AttentionEvent[] }) {
  if (events.length === 0) return null
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer rounded-sm text-muted hover:text-text">
        {events.length === 1 ? 'One step' : `${events.length} steps`} so far
      </summary>
      <ol className="mt-2 flex flex-col gap-1.5">
        {events.map((event) => (
          <li key={event.id} className="flex items-start gap-3">
            <span className="min-w-0 flex-1 break-words">
              <span className="font-medium">{event.actor?.name ?? 'Desk'}</span> {stepText(event)}
              {event.reason !== null && <span className="text-muted"> · {event.reason}</span>}
            </span>
            <span className="flex-none text-xs leading-5 text-faint">
              <Moment at={event.at} />
            </span>
          </li>
        ))}
      </ol>
    </details>
  )
}
