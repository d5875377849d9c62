import { randomBytes, randomUUID } from 'node:crypto'
import * as z from 'zod'
import { mainMerchant, otherMerchant } from '../registry/merchant.ts'
import { ApiError, notFound } from '../wire/api-error.ts'
import type { World } from '../world.ts'
import { newEvent } from './new-event.ts'
import { receiverUrl } from './receiver-url.ts'
import type { AttemptRecord, EndpointRecord } from './webhook-record.ts'

const name = z.string().min(1).max(255)
const description = z.string().max(1_000)
const secret = z.string().min(8).max(255)

export const newEndpoint = z.strictObject({
  url: receiverUrl,
  name: name.default('Endpoint'),
  description: description.default(''),
  /** A made-up one unless given. */
  secret: secret.optional(),
  /** Whose events it hears. */
  merchantId: z.enum([mainMerchant.id, otherMerchant.id]).default(mainMerchant.id),
})

/** Any of them; what is left out stays. */
export const endpointChange = z
  .strictObject({ url: receiverUrl, name, description, status: z.enum(['ACTIVE', 'INACTIVE']) })
  .exactPartial()

export const rotation = z.strictObject({ secret: secret.optional() })

export function addEndpoint(world: World, wish: z.infer<typeof newEndpoint>): EndpointRecord {
  const endpoint: EndpointRecord = {
    ...wish,
    id: randomUUID(),
    secret: wish.secret ?? newSecret(),
    replacedSecret: null,
    status: 'ACTIVE',
    createdAt: world.clock.now(),
    updatedAt: null,
  }
  world.webhooks.store.putEndpoint(endpoint)
  return endpoint
}

/**
 * A disabled endpoint gets nothing: what happens meanwhile it never hears of, and what was already on
 * its way waits, to go out when the endpoint is enabled again.
 */
export function changeEndpoint(
  world: World,
  endpoint: EndpointRecord,
  change: z.infer<typeof endpointChange>,
): EndpointRecord {
  const changed = { ...endpoint, ...change, updatedAt: world.clock.now() }
  world.webhooks.store.putEndpoint(changed)
  if (endpoint.status === 'INACTIVE' && changed.status === 'ACTIVE') {
    world.webhooks.resume(endpoint.id)
  }
  return changed
}

/** From now on every attempt, repeats included, is signed with the new secret and no longer with the old. */
export function rotateSecret(
  world: World,
  endpoint: EndpointRecord,
  wish: z.infer<typeof rotation>,
): EndpointRecord {
  const rotated: EndpointRecord = {
    ...endpoint,
    secret: wish.secret ?? newSecret(),
    replacedSecret: endpoint.replacedSecret ?? endpoint.secret,
    updatedAt: world.clock.now(),
  }
  world.webhooks.store.putEndpoint(rotated)
  return rotated
}

/** What waits for it is given up. */
export function removeEndpoint(world: World, endpoint: EndpointRecord): void {
  world.webhooks.store.removeEndpoint(endpoint.id)
  world.webhooks.giveUp(endpoint.id)
}

/**
 * Sends one `webhook.test` and answers what came of it. No payment is in it, so that no shop takes it
 * for one; it is signed like every other, sent once, and no fault strikes it.
 */
export async function sendTest(world: World, endpoint: EndpointRecord): Promise<AttemptRecord> {
  refuseInactive(endpoint)
  const { id, merchantId } = endpoint
  const test = { id, isTest: true, message: 'If its signature fits, this endpoint is set up.' }
  const event = newEvent(
    'webhook.test',
    { id, merchantId, orderId: null, data: { test } },
    { at: world.clock.now(), full: null, profile: world.settings.profile },
  )
  const made = await world.webhooks.sendOnce(event, endpoint)
  if (!made) throw new Error('The sandbox was stopped before the test was answered.')
  return made
}

/** The endpoint, or 404. */
export function endpointNamed(world: World, id: string): EndpointRecord {
  const endpoint = world.webhooks.store.endpoint(id)
  if (!endpoint) throw notFound('endpoint_not_found', 'There is no such webhook endpoint.')
  return endpoint
}

export function refuseInactive(endpoint: EndpointRecord): void {
  if (endpoint.status === 'ACTIVE') return
  throw new ApiError(
    { status: 409, type: 'invalid_request_error', code: 'endpoint_inactive' },
    'The endpoint is disabled, so nothing is sent to it.',
  )
}

function newSecret(): string {
  return `whsec_${randomBytes(16).toString('hex')}`
}
