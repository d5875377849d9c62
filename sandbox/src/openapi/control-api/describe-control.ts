import * as z from 'zod'
import { ApiError, errorJson, invalidParameter, notFound } from '../../wire/api-error.ts'
import type { World } from '../../world.ts'
import { anyBodySchema, componentSchemas, schemaNamed } from '../json-schema.ts'
import type {
  Example,
  OpenApiDocument,
  Operation,
  PathItem,
  Response,
} from '../openapi-document.ts'
import { jsonBody, pathId, requestIdHeader } from '../operation.ts'
import { errorShape } from '../shapes/error-shape.ts'
import type { ControlRoute } from './control-route.ts'
import { moneyRoutes } from './money-routes.ts'
import { faultRoutes, sandboxRoutes } from './trouble-routes.ts'
import { webhookRoutes } from './webhook-routes.ts'

const groups = [
  {
    name: 'Money',
    description: 'What payers and networks do. Not SpacePay’s.',
    routes: moneyRoutes,
  },
  {
    name: 'Webhooks',
    description:
      'Endpoints, and everything sent to them. SpacePay has these in its dashboard, and no such routes.',
    routes: webhookRoutes,
  },
  {
    name: 'Faults',
    description: 'What goes wrong on purpose. Not SpacePay’s.',
    routes: faultRoutes,
  },
  {
    name: 'Sandbox',
    description: 'Time, switches, records and scenarios. Not SpacePay’s.',
    routes: sandboxRoutes,
  },
] as const

/** OpenAPI 3.1 of the sandbox's own control under /__sandbox, which is no part of SpacePay's API. */
export function describeControl(world: World): OpenApiDocument {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Control of this sandbox, which SpacePay does not have',
      version: '1.0.0-sandbox',
      description:
        'These routes belong to the sandbox alone: nothing here exists at SpacePay, so no shop may build on it. They are for tests and training.\n\nThey need no credential. They are served to this machine only, unless the sandbox was started with SANDBOX_CONTROL=anywhere, and never to a page of another web site.',
    },
    servers: [{ url: world.url(), description: 'This sandbox.' }],
    tags: groups.map(({ name, description }) => ({ name, description })),
    paths: pathsOf(
      groups.flatMap(({ name, routes }) => routes.map((route) => ({ route, tag: name }))),
    ),
    components: {
      schemas: componentSchemas({ Error: controlError }),
      examples: refusals,
      securitySchemes: {},
    },
  }
}

/** Control refuses in the same form as the API, with codes of its own. */
const controlError = errorShape.extend({
  error: errorShape.shape.error.extend({ code: z.string() }),
})

interface Placed {
  readonly route: ControlRoute
  readonly tag: string
}

function pathsOf(routes: readonly Placed[]): Readonly<Record<string, PathItem>> {
  const byPath = Map.groupBy(routes, ({ route }) => `/__sandbox${route.path}`)
  return Object.fromEntries(
    [...byPath].map(([path, placed]) => [
      path,
      Object.fromEntries(placed.map((one) => [one.route.method, operationOf(one)])),
    ]),
  )
}

function operationOf({ route, tag }: Placed): Operation {
  const ids = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) =>
    pathId(name, ...idNotes(name)),
  )
  return {
    operationId: route.id,
    tags: [tag],
    summary: route.summary,
    description: route.answer ?? 'Answers nothing.',
    security: [],
    parameters: [...ids, ...(route.query ?? [])],
    ...(route.body && {
      requestBody: jsonBody(
        anyBodySchema(route.body.schema),
        { example: { summary: route.summary, value: route.body.example } },
        route.body.isOptional !== true,
      ),
    }),
    responses: responsesOf(route, ids.length > 0),
  }
}

function responsesOf(route: ControlRoute, hasId: boolean): Readonly<Record<string, Response>> {
  const headers = requestIdHeader
  const success =
    route.answer === null
      ? { 204: { description: 'Done.', headers } }
      : {
          [route.isCreated ? 201 : 200]: {
            description: route.answer,
            headers,
            content: { 'application/json': { schema: { type: 'object' }, examples: {} } },
          } as const,
        }
  const takesInput = route.body !== undefined || route.query !== undefined
  return {
    ...success,
    ...(takesInput && { 400: refusal('parameter_invalid') }),
    403: refusal('control_forbidden'),
    ...(hasId && { 404: refusal('not_found') }),
    ...(route.conflict !== undefined && {
      409: { ...refusal('conflict'), description: route.conflict },
    }),
  }
}

const explained = {
  parameter_invalid: {
    when: 'The body or query does not have the documented form.',
    error: invalidParameter('ms', 'ms: must be a whole number'),
  },
  control_forbidden: {
    when: 'Another machine or another web site calls.',
    error: new ApiError(
      { status: 403, type: 'invalid_request_error', code: 'control_forbidden' },
      'The sandbox is not controlled by pages of other web sites.',
    ),
  },
  not_found: {
    when: 'There is no such thing.',
    error: notFound('fault_not_found', 'There is no such fault, or it is used up.'),
  },
  conflict: {
    when: 'It is not in a state for that.',
    error: new ApiError(
      { status: 409, type: 'invalid_request_error', code: 'payment_not_open' },
      'The payment is completed; only an open one can be simulated.',
    ),
  },
} as const

const refusals: Readonly<Record<string, Example>> = Object.fromEntries(
  Object.entries(explained).map(([name, { when, error }]) => [
    name,
    { summary: when, value: errorJson(error, 'req_7f2c1d9b04aa') },
  ]),
)

function refusal(name: keyof typeof explained): Response {
  return {
    description: explained[name].when,
    headers: requestIdHeader,
    content: {
      'application/json': {
        schema: schemaNamed('Error'),
        examples: { [name]: { $ref: `#/components/examples/${name}` } },
      },
    },
  }
}

function idNotes(name: string): [description: string, example: string] {
  if (name === 'chainId') return ['A number or a CAIP-2 id.', '84532']
  if (name === 'name') return ['The scenario’s name.', 'quiet-day']
  return ['Its id.', '0b7d8a0e-5a53-4b39-9d6e-2f2f4a3c9e11']
}
