import { Link } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import type { WebhookDeliverySummary, WebhookVerdict } from '@desk/shared/webhooks/webhook-delivery'
import { usePermissionBlock } from '../app/permission.ts'
import { Flag } from '../ui/badge.tsx'
import { ClockText } from '../ui/moment.tsx'
import { shortSpan } from '../ui/moment-text.ts'
import { ScrollSideways } from '../ui/scroll-sideways.tsx'
import type { Tone } from '../ui/tone.ts'
import { tip } from '../ui/tooltip.tsx'

const ReprocessButton = lazy(async () => ({
  default: (await import('../webhooks/reprocess-button.tsx')).ReprocessButton,
}))

/** Whether our shop heard of it, and how late; what is wrong is processed again from here. */
export function DeliveriesTable({ deliveries }: DeliveriesTableProps) {
  if (deliveries.length === 0) {
    return (
      <p className="text-sm text-muted">
        No webhook about this payment has reached Desk. What is shown was read from the API.
      </p>
    )
  }
  return (
    <ScrollSideways label="Webhook deliveries">
      <table className="w-full text-sm">
        <caption className="sr-only">Webhook deliveries about this payment</caption>
        <thead>
          <tr className="border-b border-line text-left text-xs text-faint">
            {['Event', 'Verdict', 'Received', 'Lag', 'Repeats', 'Processed', ''].map((name) => (
              <th key={name} scope="col" className="h-8 pr-4 font-medium last:pr-0">
                {name === '' ? <span className="sr-only">What can be done</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {deliveries.map((delivery) => (
            <tr key={delivery.id} className="border-b border-line last:border-b-0">
              <th scope="row" className="h-10 pr-4 text-left font-normal whitespace-nowrap">
                <EventName delivery={delivery} />
              </th>
              <td className="pr-4">
                <Flag tone={verdicts[delivery.verdict].tone}>
                  {verdicts[delivery.verdict].word}
                </Flag>
              </td>
              <td className="pr-4 whitespace-nowrap text-muted">
                <ClockText at={delivery.receivedAt} />
              </td>
              <td className="pr-4 whitespace-nowrap text-muted tabular-nums">
                {lagText(delivery)}
              </td>
              <td className="pr-4 text-muted tabular-nums">{delivery.duplicates}</td>
              <td className="pr-2 whitespace-nowrap text-muted">
                {delivery.processingError !== null ? (
                  <span {...tip(delivery.processingError)} className="text-bad">
                    failed
                  </span>
                ) : delivery.processedAt === null ? (
                  'waiting'
                ) : (
                  <ClockText at={delivery.processedAt} />
                )}
              </td>
              <td className="text-right">
                <Suspense>
                  <ReprocessButton delivery={{ ...delivery, state: stateOf(delivery) }} isSmall />
                </Suspense>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollSideways>
  )
}

interface DeliveriesTableProps {
  readonly deliveries: readonly WebhookDeliverySummary[]
}

/** The way to the exact bytes, for whoever may see them. */
function EventName({ delivery }: { readonly delivery: WebhookDeliverySummary }) {
  const isClosed = usePermissionBlock('webhooks:read') !== null
  const name = (
    <>
      {delivery.eventType}
      {delivery.status !== null && <span className="text-muted"> → {delivery.status}</span>}
    </>
  )
  if (isClosed) return name
  return (
    <Link
      to="/webhooks/$deliveryId"
      params={{ deliveryId: delivery.id }}
      preload={false}
      className="rounded-sm hover:text-accent hover:underline"
    >
      {name}
    </Link>
  )
}

function stateOf({ processedAt, processingError }: WebhookDeliverySummary): string {
  if (processingError !== null) return 'parked'
  return processedAt === null ? 'waiting' : 'processed'
}

/** From sending to receiving. The header counts whole seconds, so anything under one is not a figure. */
function lagText({ sentAt, receivedAt }: WebhookDeliverySummary): string {
  if (sentAt === null) return 'unknown'
  const lagMs = Date.parse(receivedAt) - Date.parse(sentAt)
  return lagMs < 1000 ? '< 1 s' : shortSpan(lagMs)
}

const verdicts = {
  valid: { tone: 'ok', word: 'signature valid' },
  duplicate: { tone: 'idle', word: 'duplicate' },
  malformed: { tone: 'warn', word: 'unreadable' },
  invalid_signature: { tone: 'bad', word: 'bad signature' },
  stale_timestamp: { tone: 'bad', word: 'too old' },
  unknown_secret: { tone: 'bad', word: 'unknown secret' },
} as const satisfies Record<WebhookVerdict, { tone: Tone; word: string }>
