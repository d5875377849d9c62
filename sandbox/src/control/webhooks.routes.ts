import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { deliveryStats } from '../webhooks/delivery-stats.ts'
import {
  addEndpoint,
  changeEndpoint,
  endpointChange,
  endpointNamed,
  newEndpoint,
  removeEndpoint,
  rotateSecret,
  rotation,
  sendTest,
} from '../webhooks/endpoints.ts'
import { readResendWish, resendEvents } from '../webhooks/resend-events.ts'
import {
  attemptDetailJson,
  attemptJson,
  deliveryJson,
  endpointJson,
  eventJson,
  statsJson,
} from '../webhooks/serialise-webhook.ts'
import {
  type AttemptRecord,
  deliveryStates,
  type EndpointRecord,
  eventTypes,
  isAccepted,
} from '../webhooks/webhook-record.ts'
import { notFound } from '../wire/api-error.ts'
import { type Page, pageJson } from '../wire/pagination.ts'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'

type ById = { Params: { id: string } }

const wholeNumber = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number)
const controlPage = {
  limit: wholeNumber.pipe(z.int().min(1).max(50_000)).default(1_000),
  offset: wholeNumber.default(0),
  sortOrder: z.enum(['ASC', 'DESC']).default('DESC'),
}
const about = { eventId: z.string().optional(), endpointId: z.string().optional() }
export const attemptQuery = z.object({
  ...about,
  subjectId: z.string().optional(),
  eventType: z.enum(eventTypes).optional(),
  outcome: z.enum(['accepted', 'refused', 'unanswered']).optional(),
  fault: z.string().optional(),
  ...controlPage,
})
export const deliveryQuery = z.object({
  ...about,
  state: z.enum(deliveryStates).optional(),
  ...controlPage,
})
export const eventQuery = z.object({
  subjectId: z.string().optional(),
  type: z.enum(eventTypes).optional(),
  ...controlPage,
})

/** Webhook endpoints, what was sent to them, and sending it again. */
export function webhookRoutes(scope: FastifyInstance, world: World): void {
  const { store } = world.webhooks
  const shown = (endpoint: EndpointRecord) => {
    const stats = deliveryStats(store).get(endpoint.id) ?? null
    return { ...endpointJson(endpoint, stats), stats: statsJson(stats) }
  }

  scope.get('/webhooks', () => {
    const stats = deliveryStats(store)
    return {
      data: store.endpoints().map((endpoint) => {
        const figures = stats.get(endpoint.id) ?? null
        return { ...endpointJson(endpoint, figures), stats: statsJson(figures) }
      }),
    }
  })

  scope.post('/webhooks', (request, reply) => {
    const endpoint = addEndpoint(world, readInput(newEndpoint, request.body))
    return reply.code(201).send({ ...shown(endpoint), secretKeyOnlyOnce: endpoint.secret })
  })

  scope.get<ById>('/webhooks/:id', (request) => shown(endpointNamed(world, request.params.id)))

  scope.patch<ById>('/webhooks/:id', (request) => {
    const endpoint = endpointNamed(world, request.params.id)
    return shown(changeEndpoint(world, endpoint, readInput(endpointChange, request.body)))
  })

  scope.post<ById>('/webhooks/:id/rotate', (request) => {
    const endpoint = endpointNamed(world, request.params.id)
    const rotated = rotateSecret(world, endpoint, readInput(rotation, request.body ?? {}))
    return { ...shown(rotated), secretKeyOnlyOnce: rotated.secret }
  })

  scope.post<ById>('/webhooks/:id/test', (request) =>
    sendTest(world, endpointNamed(world, request.params.id)).then((made) =>
      attemptDetailJson(made, store.event(made.eventId)),
    ),
  )

  scope.delete<ById>('/webhooks/:id', (request, reply) => {
    removeEndpoint(world, endpointNamed(world, request.params.id))
    return reply.code(204).send()
  })

  webhookHistoryRoutes(scope, world)

  scope.post('/webhooks/resend', (request) => resendEvents(world, readResendWish(request.body)))
}

/** What happened, on what way it is, and every attempt of telling it; newest first unless asked otherwise. */
function webhookHistoryRoutes(scope: FastifyInstance, world: World): void {
  const { store } = world.webhooks

  scope.get('/webhooks/attempts', (request) => {
    const query = readInput(attemptQuery, request.query)
    const page = pageOf(findAttempts(world, query), query)
    return { ...page, data: page.data.map(attemptJson), waiting: store.waiting().length }
  })

  scope.get<ById>('/webhooks/attempts/:id', (request) => {
    const attempt = store.attempt(request.params.id)
    if (!attempt) throw notFound('attempt_not_found', 'There is no such attempt.')
    return attemptDetailJson(attempt, store.event(attempt.eventId))
  })

  scope.get('/webhooks/deliveries', (request) => {
    const query = readInput(deliveryQuery, request.query)
    const found = store
      .deliveries()
      .filter(
        (delivery) =>
          isEqual(query.eventId, delivery.eventId) &&
          isEqual(query.endpointId, delivery.endpointId) &&
          isEqual(query.state, delivery.state),
      )
    const page = pageOf(found, query)
    return {
      ...page,
      data: page.data.map((delivery) => deliveryJson(delivery, store.event(delivery.eventId))),
    }
  })

  scope.get('/webhooks/events', (request) => {
    const query = readInput(eventQuery, request.query)
    const found = store
      .events()
      .filter(
        (event) => isEqual(query.subjectId, event.subjectId) && isEqual(query.type, event.type),
      )
    const page = pageOf(found, query)
    return { ...page, data: page.data.map(eventJson) }
  })

  scope.get<ById>('/webhooks/events/:id', (request) => {
    const event = store.event(request.params.id)
    if (!event) throw notFound('event_not_found', 'There is no such event.')
    return eventJson(event)
  })

  scope.get('/webhooks/queue', () => {
    const waiting = store.waiting()
    const next = waiting.reduce<number | null>(
      (least, { dueAt }) => Math.min(least ?? dueAt, dueAt),
      null,
    )
    return {
      waiting: waiting.length,
      overdue: waiting.filter(({ dueAt }) => dueAt <= world.clock.now()).length,
      inFlight: world.webhooks.inFlight(),
      nextAttemptAt: next === null ? null : new Date(next).toISOString(),
    }
  })
}

/** Attempts that fit a query, oldest first. */
export function findAttempts(
  world: World,
  query: Omit<z.infer<typeof attemptQuery>, keyof typeof controlPage>,
) {
  return world.webhooks.store
    .attempts()
    .filter(
      (attempt) =>
        isEqual(query.eventId, attempt.eventId) &&
        isEqual(query.endpointId, attempt.endpointId) &&
        isEqual(query.subjectId, attempt.subjectId) &&
        isEqual(query.eventType, attempt.eventType) &&
        isEqual(query.outcome, outcomeOf(attempt)) &&
        (query.fault === undefined || attempt.faults.includes(query.fault)),
    )
}

function outcomeOf(attempt: AttemptRecord) {
  if (attempt.status === null) return 'unanswered'
  return isAccepted(attempt) ? 'accepted' : 'refused'
}

function isEqual<T>(wanted: T | undefined, given: T): boolean {
  return wanted === undefined || wanted === given
}

function pageOf<T>(found: readonly T[], page: Page & { readonly sortOrder: 'ASC' | 'DESC' }) {
  const sorted = page.sortOrder === 'ASC' ? found : found.toReversed()
  return pageJson(sorted.slice(page.offset, page.offset + page.limit), found.length, page)
}
