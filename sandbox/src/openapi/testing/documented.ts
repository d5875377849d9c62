import { type AnySchemaObject, Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import * as z from 'zod'
import type { Answer } from '../../testing/sandbox-client.ts'

const content = z.object({
  'application/json': z.object({
    schema: z.record(z.string(), z.unknown()),
    examples: z.record(
      z.string(),
      z.union([z.strictObject({ $ref: z.string() }), z.object({ value: z.unknown() })]),
    ),
  }),
})
const operation = z.object({
  operationId: z.string(),
  parameters: z.array(
    z.object({ name: z.string(), in: z.string(), example: z.unknown().optional() }),
  ),
  requestBody: z.object({ content }).optional(),
  responses: z.record(
    z.string(),
    z.object({
      headers: z.record(z.string(), z.object({ required: z.boolean() })),
      content: content.optional(),
    }),
  ),
})
const paths = z.record(z.string(), z.record(z.string(), operation))
const openApi = z.looseObject({
  paths,
  webhooks: paths.optional(),
  components: z.looseObject({ examples: z.record(z.string(), z.object({ value: z.unknown() })) }),
})
type OperationRead = z.infer<typeof operation>

interface PlacedOperation {
  readonly method: string
  readonly path: string
  readonly pointer: string
  readonly operation: OperationRead
}

/** A document as it was served, and what it says of calls and answers. */
export interface Documented {
  /** Every refusal by its code. */
  readonly refusals: Readonly<Record<string, { readonly value: unknown }>>
  readonly operations: readonly PlacedOperation[]
  readonly webhooks: readonly PlacedOperation[]
  /** Which operation a call is, by its method and path without the query. */
  readonly operationOf: (method: string, path: string) => PlacedOperation | null
  /** What in the answer is not as documented, members that nothing mentions included. */
  readonly faultsIn: (placed: PlacedOperation, answer: Answer) => readonly string[]
  /** What in a body is not as documented, by the JSON pointer of its schema. */
  readonly bodyFaults: (pointer: string, body: unknown) => readonly string[]
}

/** Reads a served document for comparison with what really goes over the wire. */
export function documented(served: unknown): Documented {
  const { paths, webhooks = {}, components } = openApi.parse(served)
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true })
  formats.default(ajv)
  // The document as a whole is no schema: its own words are not to be judged as keywords.
  ajv.addVocabulary(['openapi', 'info', 'servers', 'tags', 'paths', 'webhooks', 'components'])
  ajv.addSchema(closedDocument.parse(closed(served)), 'document')

  const checks = new Map<string, ValidateFunction>()
  const bodyFaults = (pointer: string, body: unknown) => {
    const check = checks.get(pointer) ?? ajv.compile({ $ref: `document#${encodeURI(pointer)}` })
    checks.set(pointer, check)
    if (check(body)) return []
    return (check.errors ?? []).map(
      ({ instancePath, message, params }) =>
        `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
    )
  }

  const operations = placed('/paths', paths)
  return {
    refusals: components.examples,
    operations,
    webhooks: placed('/webhooks', webhooks),
    operationOf: (method, path) =>
      operations.find((one) => one.method === method.toLowerCase() && isPathOf(one.path, path)) ??
      null,
    bodyFaults,
    faultsIn: ({ operation, pointer }, answer) => {
      const response = operation.responses[answer.status]
      if (!response) return [`status ${answer.status} is not documented`]
      const missing = Object.entries(response.headers)
        .filter(([name, { required }]) => required && !answer.headers.has(name))
        .map(([name]) => `header ${name} is missing`)
      const undocumented = ownHeaders
        .filter((name) => answer.headers.has(name) && !hasName(response.headers, name))
        .map((name) => `header ${name} is not documented`)
      const body = response.content
        ? bodyFaults(
            `${pointer}/responses/${answer.status}/content/application~1json/schema`,
            answer.body,
          )
        : answer.body === ''
          ? []
          : ['the answer has a body']
      return [...missing, ...undocumented, ...body]
    },
  }
}

const closedDocument = z.custom<AnySchemaObject>((value) => typeof value === 'object')

/** Headers that mean something to the API's callers. */
const ownHeaders = ['X-Request-Id', 'Idempotency-Replayed', 'Retry-After', 'Location'] as const

function hasName(headers: Readonly<Record<string, unknown>>, name: string): boolean {
  return Object.keys(headers).some((known) => known.toLowerCase() === name.toLowerCase())
}

function placed(root: string, items: z.infer<typeof paths>): readonly PlacedOperation[] {
  return Object.entries(items).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      method,
      path,
      pointer: `${root}/${path.replaceAll('~', '~0').replaceAll('/', '~1')}/${method}`,
      operation,
    })),
  )
}

function isPathOf(template: string, path: string): boolean {
  const wanted = template.split('/')
  const given = path.split('/')
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => part.startsWith('{') || part === given[index])
  )
}

/** The same with every described object closed, so that members nobody described are found. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      key === 'examples' || key === 'example' ? member : closed(member),
    ]),
  )
  const isOpenObject = members['type'] === 'object' && 'properties' in members
  return isOpenObject && !('additionalProperties' in members)
    ? { ...members, additionalProperties: false }
    : members
}
