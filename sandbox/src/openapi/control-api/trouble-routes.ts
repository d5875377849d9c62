import * as z from 'zod'
import { apiOrder, webhookOrder } from '../../control/fault-order.ts'
import { hitQuery } from '../../control/faults.routes.ts'
import { clockAdvance } from '../../control/move-clock.ts'
import { freshStart } from '../../control/start-over.ts'
import { requestQuery } from '../../control/state.routes.ts'
import { switchesWish } from '../../control/switches.ts'
import { queryParameters } from '../json-schema.ts'
import type { ControlRoute } from './control-route.ts'

/** Faults that are switched on, and the log of those that struck. */
export const faultRoutes: readonly ControlRoute[] = [
  {
    id: 'listFaults',
    method: 'get',
    path: '/faults',
    summary: 'List faults and their log',
    answer: 'Faults that are active, and what they struck.',
    query: queryParameters(hitQuery, {
      faultId: { description: 'Hits of one fault only.' },
      effect: { description: 'Hits of one effect only.' },
      operation: { description: 'Hits on one route only.' },
      subjectId: { description: 'Hits about one payment or withdrawal only.' },
      eventId: { description: 'Hits on one webhook event only.' },
      requestId: { description: 'The hit on one request only.' },
      since: {
        description: 'Hits from this moment on.',
        type: 'string',
        format: 'date-time',
      },
    }),
  },
  {
    id: 'listEffects',
    method: 'get',
    path: '/faults/effects',
    summary: 'List what can be switched on',
    answer: 'Every effect: what it does, where it makes sense, and its parameters.',
  },
  {
    id: 'addFault',
    method: 'post',
    path: '/faults',
    summary: 'Switch a fault on',
    answer:
      'The fault with its id. What effects there are, and with what parameters, is listed at GET /__sandbox/faults/effects.',
    isCreated: true,
    body: {
      schema: z.union([apiOrder, webhookOrder]),
      example: { on: 'payments.list', effect: { kind: 'status', status: 500 }, next: 3 },
    },
  },
  {
    id: 'removeFault',
    method: 'delete',
    path: '/faults/{id}',
    summary: 'Switch a fault off',
    answer: null,
  },
  {
    id: 'removeFaults',
    method: 'delete',
    path: '/faults',
    summary: 'Switch all faults off',
    answer: null,
  },
  {
    id: 'clearFaultLog',
    method: 'delete',
    path: '/faults/log',
    summary: 'Empty the log of faults',
    answer: null,
  },
]

/** Time, switches, records and scenarios. */
export const sandboxRoutes: readonly ControlRoute[] = [
  {
    id: 'getState',
    method: 'get',
    path: '/state',
    summary: 'See where the sandbox stands',
    answer: 'Its time, its origin, and how much it holds.',
  },
  {
    id: 'advanceClock',
    method: 'post',
    path: '/clock/advance',
    summary: 'Move the clock',
    answer: 'The new time. What came due meanwhile has happened.',
    body: { schema: clockAdvance, example: { ms: 600_000 } },
  },
  {
    id: 'startOver',
    method: 'post',
    path: '/reset',
    summary: 'Start over',
    answer: 'How much there is now. Webhook endpoints stay.',
    body: { schema: freshStart, example: { historyCount: 100 }, isOptional: true },
  },
  {
    id: 'getLedger',
    method: 'get',
    path: '/ledger',
    summary: 'See which withdrawals were accepted',
    answer: 'Every withdrawal since the history ended, and their sum.',
  },
  {
    id: 'listRequests',
    method: 'get',
    path: '/requests',
    summary: 'See which calls came in',
    answer: 'The last calls of the API, oldest first.',
    query: queryParameters(requestQuery, {
      operation: { description: 'Calls of one route only.' },
    }),
  },
  {
    id: 'getSwitches',
    method: 'get',
    path: '/switches',
    summary: 'See the switches',
    answer: 'What is on and what is off.',
  },
  {
    id: 'changeSwitches',
    method: 'patch',
    path: '/switches',
    summary: 'Turn switches',
    answer: 'The switches.',
    body: { schema: switchesWish, example: { payload: 'full', retryDivisor: 60 } },
  },
  {
    id: 'listScenarios',
    method: 'get',
    path: '/scenarios',
    summary: 'List the training scenarios',
    answer: 'The scenarios and which of them are running.',
  },
  {
    id: 'startScenario',
    method: 'post',
    path: '/scenarios/{name}',
    summary: 'Start a scenario',
    answer: 'The scenario.',
    isCreated: true,
    body: {
      schema: z.strictObject({
        minutes: z.int().min(1).optional().describe('How long, in sandbox time.'),
        pace: z.number().min(0.1).max(10).default(1).describe('How often, against the usual.'),
      }),
      example: { minutes: 30, pace: 2 },
      isOptional: true,
    },
    conflict: 'It is running already.',
  },
  {
    id: 'stopScenario',
    method: 'delete',
    path: '/scenarios/{name}',
    summary: 'Stop a scenario',
    answer: 'The scenario. Its troubles are gone.',
    conflict: 'It is not running.',
  },
]
