import { isFields } from '../wire/strange-json.ts'
import type { EventRecord } from './webhook-record.ts'

type Fields = Readonly<Record<string, unknown>>

/** The word under which an event's data holds what it is about. */
export function nounOf(event: Pick<EventRecord, 'type'>): 'payment' | 'withdrawal' {
  return event.type.startsWith('withdrawal') ? 'withdrawal' : 'payment'
}

/** The body under another type, in every place that names it. */
export function withType(rawBody: string, type: string): string {
  const body: unknown = JSON.parse(rawBody)
  if (!isFields(body)) return rawBody
  return JSON.stringify({ ...body, type, ...('event' in body && { event: type }) })
}

/**
 * The body with its payment or withdrawal changed, also where a profile repeats its fields beside
 * it; null when the body holds none or `change` leaves it as it is.
 */
export function withObject(
  event: Pick<EventRecord, 'type' | 'rawBody'>,
  change: (object: Fields) => Fields | null,
): string | null {
  const body: unknown = JSON.parse(event.rawBody)
  const object = objectIn(event)
  const changed = object && change(object)
  if (!isFields(body) || !changed) return null
  const noun = nounOf(event)
  const flat = 'event' in body ? changed : {}
  const text = JSON.stringify({ ...body, data: { ...flat, [noun]: changed } })
  return text === event.rawBody ? null : text
}

/** What the event's body says of its payment or withdrawal; null when it is about something else. */
export function objectIn(event: Pick<EventRecord, 'type' | 'rawBody'>): Fields | null {
  const body: unknown = JSON.parse(event.rawBody)
  const data = isFields(body) ? body['data'] : null
  const object = isFields(data) ? data[nounOf(event)] : null
  return isFields(object) ? object : null
}

const snapshotFields: ReadonlySet<string> = new Set([
  'id',
  'type',
  'merchantId',
  'amountInCents',
  'amountDueCents',
  'currency',
  'status',
  'orderId',
  'createdAt',
])

/** The whole object as it is now, but in the state the event tells. */
export function grown(snapshot: Fields, full: Fields | null): Fields | null {
  return full && { ...full, ...snapshot }
}

/** The documented snapshot and nothing more. */
export function shrunk(object: Fields): Fields {
  return Object.fromEntries(Object.entries(object).filter(([name]) => snapshotFields.has(name)))
}
