import { Link } from '@tanstack/react-router'
import type { DeliveryDetail } from '@desk/shared/webhooks/delivery-detail'
import { Identifier } from '../ui/identifier.tsx'
import { PreciseText } from '../ui/moment.tsx'
import { countText } from '../ui/readers-locale.ts'
import { type Fact, Facts } from '../ui/section.tsx'
import { lagText } from './lag-text.ts'

/** When, from where and under which names it came, and how processing it went. */
export function DeliveryFacts({ delivery }: { readonly delivery: DeliveryDetail }) {
  return <Facts facts={[...timesOf(delivery), ...namesOf(delivery), ...hashesOf(delivery)]} />
}

function timesOf(delivery: DeliveryDetail): readonly (Fact | null)[] {
  const { receivedAt, happenedAt, sentAt, processedAt, askedAgainAt, attempts } = delivery
  const span = (from: string, to: string) => lagText(Date.parse(to) - Date.parse(from))
  return [
    happenedAt === null
      ? null
      : {
          name: 'Happened',
          value: (
            <>
              <PreciseText at={happenedAt} />
              <span className="text-muted">
                {' '}
                · {span(happenedAt, receivedAt)} before it arrived
              </span>
            </>
          ),
        },
    sentAt === null ? null : { name: 'Signed', value: <PreciseText at={sentAt} /> },
    askedAgainAt === null
      ? null
      : { name: 'Asked again', value: <PreciseText at={askedAgainAt} /> },
    processedAt === null
      ? null
      : {
          name: 'Processed',
          value: (
            <>
              <PreciseText at={processedAt} />
              <span className="text-muted">
                {' · '}
                {span(askedAgainAt ?? receivedAt, processedAt)}{' '}
                {askedAgainAt === null ? 'after it arrived' : 'after it was asked for'}
              </span>
            </>
          ),
        },
    attempts > 1 ? { name: 'Tries', value: countText(attempts) } : null,
    delivery.duplicateOf === null
      ? null
      : {
          name: 'Repeats',
          value: (
            <Link
              to="/webhooks/$deliveryId"
              params={{ deliveryId: delivery.duplicateOf }}
              className="rounded-sm text-accent hover:underline"
            >
              webhook {delivery.duplicateOf}
            </Link>
          ),
        },
  ]
}

function namesOf(delivery: DeliveryDetail): readonly (Fact | null)[] {
  const { eventId, attemptId, endpointId, paymentId, withdrawalId, orderId } = delivery
  return [
    delivery.remoteAddress === null
      ? null
      : {
          name: 'From',
          value: <span className="font-mono text-xs">{delivery.remoteAddress}</span>,
        },
    delivery.secret && {
      name: 'Secret',
      value: (
        <>
          {delivery.secret.label}{' '}
          <span className="font-mono text-xs text-faint">{delivery.secret.id}</span>
        </>
      ),
    },
    idFact('Event', eventId),
    idFact('Attempt', attemptId),
    idFact('Endpoint', endpointId),
    orderId === null ? null : { name: 'Order', value: orderId },
    idFact('Payment', paymentId),
    idFact('Withdrawal', withdrawalId),
  ]
}

function hashesOf({ bodySha256, signedSha256 }: DeliveryDetail): readonly (Fact | null)[] {
  return [idFact('Body SHA-256', bodySha256), idFact('Signed SHA-256', signedSha256)]
}

function idFact(name: string, value: string | null): Fact | null {
  return value === null ? null : { name, value: <Identifier value={value} label={name} full /> }
}
