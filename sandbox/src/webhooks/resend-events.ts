import * as z from 'zod'
import { ApiError, notFound } from '../wire/api-error.ts'
import type { World } from '../world.ts'
import { endpointNamed, refuseInactive } from './endpoints.ts'
import type { EndpointRecord, EventRecord } from './webhook-record.ts'

const to = { endpointId: z.string().optional() }

/** One delivery, one event, everything about one payment or withdrawal, or all events since a moment. */
export const resendWish = z.union([
  z.strictObject({ deliveryId: z.string() }),
  z.strictObject({ eventId: z.string(), ...to }),
  z.strictObject({ subjectId: z.string(), ...to }),
  z.strictObject({ since: z.iso.datetime(), ...to }),
])
type ResendWish = z.infer<typeof resendWish>

/** Reads what is wanted, or refuses with 400 and what there is to choose from. */
export function readResendWish(input: unknown): ResendWish {
  const read = resendWish.safeParse(input)
  if (read.success) return read.data
  throw new ApiError(
    { status: 400, type: 'invalid_request_error', code: 'parameter_invalid' },
    'Give deliveryId, or one of eventId, subjectId and since (ISO 8601), these with an endpointId if you like.',
  )
}

/**
 * Sends kept events again, as fresh deliveries with the same event ids, to the named endpoint or to
 * all that hear them. A disabled endpoint, and one of another merchant, is refused when it is named.
 */
export function resendEvents(
  world: World,
  wish: ResendWish,
): { readonly events: number; readonly deliveries: number } {
  if ('deliveryId' in wish) return resendDelivery(world, wish.deliveryId)
  const endpoint = wish.endpointId === undefined ? null : endpointNamed(world, wish.endpointId)
  if (endpoint) refuseInactive(endpoint)
  const wanted = world.webhooks.store.events().filter((event) => isWanted(event, wish))
  // A test was for its endpoint and for that moment only.
  const events = wanted.filter(({ type }) => type !== 'webhook.test')
  if (endpoint && events.some((event) => event.merchantId !== endpoint.merchantId)) {
    throw otherMerchant()
  }
  const deliveries = events.reduce(
    (sum, event) => sum + world.webhooks.resend(event, ...(endpoint ? [endpoint] : [])),
    0,
  )
  return { events: events.length, deliveries }
}

function resendDelivery(world: World, deliveryId: string) {
  const { store } = world.webhooks
  const earlier = store.attempt(deliveryId) ?? store.delivery(deliveryId)
  const event = earlier && store.event(earlier.eventId)
  if (!earlier || !event || event.type === 'webhook.test') {
    throw notFound('delivery_not_found', 'There is no such delivery, or it cannot be sent again.')
  }
  const endpoint: EndpointRecord = endpointNamed(world, earlier.endpointId)
  refuseInactive(endpoint)
  return { events: 1, deliveries: world.webhooks.resend(event, endpoint) }
}

function isWanted(
  event: EventRecord,
  wish: Exclude<ResendWish, { readonly deliveryId: string }>,
): boolean {
  if ('eventId' in wish) return event.id === wish.eventId
  if ('subjectId' in wish) return event.subjectId === wish.subjectId
  return event.createdAt >= Date.parse(wish.since)
}

function otherMerchant(): ApiError {
  return new ApiError(
    { status: 409, type: 'invalid_request_error', code: 'endpoint_of_other_merchant' },
    'The endpoint hears the events of another merchant.',
  )
}
