import { attemptQuery, deliveryQuery, eventQuery } from '../../control/webhooks.routes.ts'
import { endpointChange, newEndpoint, rotation } from '../../webhooks/endpoints.ts'
import { resendWish } from '../../webhooks/resend-events.ts'
import { queryParameters } from '../json-schema.ts'
import type { ControlRoute } from './control-route.ts'
import { historyNotes } from './history-notes.ts'

const about = {
  eventId: { description: 'About one event only.' },
  endpointId: { description: 'Of one endpoint only.' },
}
const ofSubject = { description: 'About one payment or withdrawal only.' }
const inactive = 'The endpoint is disabled.'

/** Webhook endpoints, and everything that was sent to them. */
export const webhookRoutes: readonly ControlRoute[] = [
  {
    id: 'listEndpoints',
    method: 'get',
    path: '/webhooks',
    summary: 'List the endpoints',
    answer: 'The endpoints with their figures; of a secret, its beginning.',
  },
  {
    id: 'addEndpoint',
    method: 'post',
    path: '/webhooks',
    summary: 'Add an endpoint',
    answer: 'The endpoint, and this once its secret.',
    isCreated: true,
    body: {
      schema: newEndpoint,
      example: { url: 'http://localhost:3000/webhooks/spacepay', name: 'My shop' },
    },
  },
  {
    id: 'getEndpoint',
    method: 'get',
    path: '/webhooks/{id}',
    summary: 'Get an endpoint',
    answer: 'The endpoint with its figures.',
  },
  {
    id: 'changeEndpoint',
    method: 'patch',
    path: '/webhooks/{id}',
    summary: 'Change, disable or enable an endpoint',
    answer: 'The endpoint.',
    body: { schema: endpointChange, example: { status: 'INACTIVE' } },
  },
  {
    id: 'removeEndpoint',
    method: 'delete',
    path: '/webhooks/{id}',
    summary: 'Remove an endpoint',
    answer: null,
  },
  {
    id: 'rotateSecret',
    method: 'post',
    path: '/webhooks/{id}/rotate',
    summary: 'Give an endpoint a new secret',
    answer: 'The endpoint, and this once its new secret.',
    body: { schema: rotation, example: {}, isOptional: true },
  },
  {
    id: 'testEndpoint',
    method: 'post',
    path: '/webhooks/{id}/test',
    summary: 'Send a webhook.test',
    answer: 'The attempt and what came of it.',
    conflict: inactive,
  },
  {
    id: 'listEvents',
    method: 'get',
    path: '/webhooks/events',
    summary: 'List events',
    answer: 'A page of what happened.',
    query: queryParameters(eventQuery, {
      subjectId: ofSubject,
      type: { description: 'One type only.' },
      ...historyNotes,
    }),
  },
  {
    id: 'getEvent',
    method: 'get',
    path: '/webhooks/events/{id}',
    summary: 'Get an event',
    answer: 'The event with its body.',
  },
  {
    id: 'listDeliveries',
    method: 'get',
    path: '/webhooks/deliveries',
    summary: 'List deliveries',
    answer: 'A page of events on their way to endpoints.',
    query: queryParameters(deliveryQuery, {
      ...about,
      state: { description: 'One state only.' },
      ...historyNotes,
    }),
  },
  {
    id: 'listAttempts',
    method: 'get',
    path: '/webhooks/attempts',
    summary: 'List attempts',
    answer: 'A page of attempts, and how many deliveries wait.',
    query: queryParameters(attemptQuery, {
      ...about,
      subjectId: ofSubject,
      eventType: { description: 'One type of event only.' },
      outcome: { description: 'What came of it.' },
      fault: { description: 'Struck by this effect only.' },
      ...historyNotes,
    }),
  },
  {
    id: 'getAttempt',
    method: 'get',
    path: '/webhooks/attempts/{id}',
    summary: 'Get an attempt',
    answer: 'The attempt with headers and bodies, as sent and as answered.',
  },
  {
    id: 'getQueue',
    method: 'get',
    path: '/webhooks/queue',
    summary: 'See what waits',
    answer: 'How many deliveries wait and are under way, and when the next is due.',
  },
  {
    id: 'resendEvents',
    method: 'post',
    path: '/webhooks/resend',
    summary: 'Send again',
    answer: 'How many events went out, in how many deliveries.',
    body: { schema: resendWish, example: { since: '2026-04-01T12:00:00.000Z' } },
    conflict: 'The endpoint that is named is disabled or another merchant’s.',
  },
]
