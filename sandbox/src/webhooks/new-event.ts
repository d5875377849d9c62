import { randomUUID } from 'node:crypto'
import type { Profile } from '../registry/chains.ts'
import { eventBody } from './event-body.ts'
import { grown, withType } from './rewrite-body.ts'
import type { Subject } from './snapshot.ts'
import type { EventRecord, EventType } from './webhook-record.ts'

/** Something that happened at `at`; with `full` it is told with the whole object instead of the snapshot. */
export function newEvent(
  type: EventType,
  subject: Subject,
  told: {
    readonly at: number
    readonly full: Readonly<Record<string, unknown>> | null
    readonly profile: Profile
  },
): EventRecord {
  const data = Object.fromEntries(
    Object.entries(subject.data).map(([noun, object]) => [
      noun,
      grown(object, told.full) ?? object,
    ]),
  )
  return {
    id: newEventId(),
    type,
    merchantId: subject.merchantId,
    subjectId: subject.id,
    orderId: subject.orderId,
    rawBody: eventBody(type, data, told),
    createdAt: told.at,
  }
}

/** The same news as `payment.confirmed`, which only the integration page knows, under an id of its own. */
export function confirmedEvent(event: EventRecord): EventRecord {
  const rawBody = withType(event.rawBody, 'payment.confirmed')
  return { ...event, id: newEventId(), type: 'payment.confirmed', rawBody }
}

function newEventId(): string {
  return `evt_${randomUUID()}`
}
