import type { SandboxSettings } from '../settings.ts'
import { type ErrorCode, errorTable } from './error-table.ts'
import { schemaNamed } from './json-schema.ts'
import type {
  Body,
  Example,
  Header,
  Operation,
  Parameter,
  Reference,
  Response,
  Schema,
} from './openapi-document.ts'

/** One route, with what is the same on all routes of its kind left out. */
export interface RoutePlan {
  readonly id: string
  readonly tag: string
  readonly summary: string
  readonly description: string
  readonly access: Access
  readonly isPost?: boolean
  readonly parameters?: readonly Parameter[]
  readonly body?: Body
  readonly answer: {
    readonly status: number
    readonly description: string
    readonly schema: Schema
    readonly sample: unknown
  }
  /** Beside those that its access brings along. */
  readonly errors?: readonly ErrorCode[]
}

type Access = 'secretKey' | 'paymentSecret' | 'public'

/** The route as OpenAPI describes it, with its credential, headers and refusals. */
export function operation(settings: SandboxSettings, plan: RoutePlan): Operation {
  const { access, answer, isPost = false } = plan
  const isRepeatable = isPost && access === 'secretKey'
  return {
    operationId: plan.id,
    tags: [plan.tag],
    summary: plan.summary,
    description: plan.description,
    security: access === 'public' ? [] : [{ [access]: [] }],
    parameters: [...(plan.parameters ?? []), ...(isRepeatable ? [idempotencyKey] : [])],
    ...(plan.body && { requestBody: plan.body }),
    responses: {
      [answer.status]: {
        description: answer.description,
        headers: {
          ...requestIdHeader,
          ...(isRepeatable && { 'Idempotency-Replayed': replayedHeader }),
        },
        content: {
          'application/json': {
            schema: answer.schema,
            examples: { answer: { summary: answer.description, value: answer.sample } },
          },
        },
      },
      ...refusals(settings, [
        ...(plan.errors ?? []),
        ...errorsByAccess[access],
        ...(isPost ? postErrors : []),
        ...(isRepeatable ? (['idempotency_conflict'] as const) : []),
      ]),
    },
  }
}

const errorsByAccess = {
  secretKey: ['invalid_api_key', 'rate_limited', 'server_error'],
  paymentSecret: ['invalid_api_key', 'payment_not_found', 'server_error'],
  public: [],
} as const satisfies Record<Access, readonly ErrorCode[]>

const postErrors = ['parameter_invalid', 'request_too_large', 'unsupported_media_type'] as const

/** A body of JSON with its examples by name. */
export function jsonBody(
  schema: Schema,
  examples: Readonly<Record<string, Example>>,
  isRequired = true,
): Body {
  return { required: isRequired, content: { 'application/json': { schema, examples } } }
}

const words: Readonly<Record<number, string>> = {
  400: 'The request does not have the documented form.',
  401: 'The credential is missing or wrong.',
  404: 'There is no such thing.',
  409: 'The Idempotency-Key is taken.',
  413: 'The body is too large.',
  415: 'The body is no JSON.',
  422: 'Well-formed, and refused.',
  429: 'Too many requests.',
  500: 'The service failed.',
}

function refusals(
  settings: SandboxSettings,
  codes: readonly ErrorCode[],
): Readonly<Record<string, Response>> {
  const table = errorTable(settings)
  const byStatus = Map.groupBy(new Set(codes), (code) => table[code].error.status)
  return Object.fromEntries(
    [...byStatus].map(([status, grouped]) => [String(status), refusal(status, grouped)]),
  )
}

function refusal(status: number, codes: readonly ErrorCode[]): Response {
  const examples = codes.map((code): [ErrorCode, Reference] => [
    code,
    { $ref: `#/components/examples/${code}` },
  ])
  return {
    description: words[status] ?? 'Refused.',
    headers: {
      ...requestIdHeader,
      ...((status === 429 || status === 409) && { 'Retry-After': retryAfterHeader }),
    },
    content: {
      'application/json': {
        schema: schemaNamed('Error'),
        examples: Object.fromEntries(examples),
      },
    },
  }
}

export const requestIdHeader: Readonly<Record<string, Header>> = {
  'X-Request-Id': {
    required: true,
    description: 'Names this request in the logs.',
    schema: { type: 'string' },
  },
}

const retryAfterHeader: Header = {
  required: true,
  description: 'Seconds to wait before the next try.',
  schema: { type: 'integer', minimum: 0 },
}

const replayedHeader: Header = {
  required: false,
  description: 'true when this is the kept answer to an earlier request with the same key.',
  schema: { type: 'string', const: 'true' },
}

const idempotencyKey: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'One per attempt of the customer, best a UUID. Within 24 hours the same key and body get the first answer again, and nothing is made twice; the same key with another body is refused with 409. Send the same key again after a lost answer.',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[ -~]+$' },
  example: '5f1d7a52-6f0e-4a51-9d2c-1b8e3c0f7a44',
}

/** The id in a path. */
export function pathId(name: string, description: string, example: unknown): Parameter {
  return { name, in: 'path', required: true, description, schema: { type: 'string' }, example }
}
