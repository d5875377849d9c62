import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { notFound } from '../wire/api-error.ts'
import { readInput } from '../wire/read-input.ts'
import { receiverUrl } from '../webhooks/receiver-url.ts'
import type { EndpointRecord, EventRecord } from '../webhooks/webhook-record.ts'
import type { World } from '../world.ts'

const newEndpoint = z.object({
  url: receiverUrl,
  name: z.string().max(255).default('Endpoint'),
  secret: z.string().min(8).max(255).optional(),
})
const attemptQuery = z.object({
  eventId: z.string().optional(),
  subjectId: z.string().optional(),
  limit: z.coerce.number().pipe(z.int().min(1).max(50_000)).default(1_000),
})
/** One event, everything about one payment or withdrawal, or all events since a moment. */
const resendWish = z.union([
  z.object({ eventId: z.string() }),
  z.object({ subjectId: z.string() }),
  z.object({ since: z.iso.datetime() }),
])

/** Webhook endpoints, what was sent to them, and sending it again. */
export function webhookRoutes(scope: FastifyInstance, world: World): void {
  const { store } = world.webhooks

  scope.get('/webhooks', () => ({
    data: store.endpoints().map((endpoint) => endpointJson(endpoint)),
  }))

  scope.post('/webhooks', (request, reply) => {
    const wish = readInput(newEndpoint, request.body)
    const endpoint: EndpointRecord = {
      id: randomUUID(),
      name: wish.name,
      url: wish.url,
      secret: wish.secret ?? `whsec_${randomBytes(16).toString('hex')}`,
      status: 'ACTIVE',
      createdAt: world.clock.now(),
    }
    store.putEndpoint(endpoint)
    return reply.code(201).send({ ...endpointJson(endpoint), secretKeyOnlyOnce: endpoint.secret })
  })

  scope.delete<{ Params: { id: string } }>('/webhooks/:id', (request, reply) => {
    if (!store.removeEndpoint(request.params.id)) {
      throw notFound('endpoint_not_found', 'There is no such webhook endpoint.')
    }
    return reply.code(204).send()
  })

  scope.get('/webhooks/attempts', (request) => {
    const query = readInput(attemptQuery, request.query)
    const found = store
      .attempts()
      .filter(
        (attempt) =>
          (query.eventId === undefined || attempt.eventId === query.eventId) &&
          (query.subjectId === undefined || attempt.subjectId === query.subjectId),
      )
    return { data: found.slice(-query.limit), waiting: store.waiting().length }
  })

  scope.get('/webhooks/events', () => ({ data: store.events().slice(-1_000) }))

  scope.post('/webhooks/resend', (request) => {
    const wish = readInput(resendWish, request.body)
    const events = store.events().filter((event) => isWanted(event, wish))
    const deliveries = events.reduce((sum, event) => sum + world.webhooks.resend(event), 0)
    return { events: events.length, deliveries }
  })
}

function isWanted(event: EventRecord, wish: z.infer<typeof resendWish>): boolean {
  if ('eventId' in wish) return event.id === wish.eventId
  if ('subjectId' in wish) return event.subjectId === wish.subjectId
  return event.createdAt >= Date.parse(wish.since)
}

function endpointJson(endpoint: EndpointRecord) {
  return {
    id: endpoint.id,
    name: endpoint.name,
    url: endpoint.url,
    status: endpoint.status,
    secretPrefix: endpoint.secret.slice(0, 8),
    createdAt: new Date(endpoint.createdAt).toISOString(),
  }
}
