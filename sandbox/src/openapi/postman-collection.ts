import type { Example, Method, OpenApiDocument, Operation, Parameter } from './openapi-document.ts'

const published = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json'

/**
 * The document's operations as a Postman collection, format v2.1: one folder for each tag, one request
 * for each example. The secret key is what its variable starts with.
 */
export function postmanCollection(document: OpenApiDocument, secretKey: string) {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method]
      return operation ? [{ method, path, operation }] : []
    }),
  )
  return {
    info: {
      name: document.info.title,
      description: document.info.description,
      version: document.info.version,
      schema: published,
    },
    variable: [
      { key: 'baseUrl', value: document.servers[0]?.url ?? '', type: 'string' },
      { key: 'secretKey', value: secretKey, type: 'string' },
      { key: 'paymentSecret', value: '', type: 'string' },
      ...pathVariables(operations),
    ],
    item: document.tags
      .map(({ name, description }) => ({
        name,
        description,
        item: operations
          .filter(({ operation }) => operation.tags.includes(name))
          .flatMap((place) => items(document, place)),
      }))
      .filter(({ item }) => item.length > 0),
  }
}

const methods = ['post', 'get', 'patch', 'delete'] as const satisfies readonly Method[]

interface Place {
  readonly method: Method
  readonly path: string
  readonly operation: Operation
}

function pathVariables(places: readonly Place[]) {
  const inPaths = new Map(
    places
      .flatMap(({ operation }) => operation.parameters)
      .filter((parameter) => parameter.in === 'path')
      .map(({ name, example, description }) => [name, { example, description }]),
  )
  return [...inPaths].map(([key, { example, description }]) => ({
    key,
    value: isMade(key) ? '' : String(example),
    type: 'string',
    description,
  }))
}

/** Ids that a create request has to come up with first. */
function isMade(name: string): boolean {
  return name === 'paymentId' || name === 'withdrawalId'
}

/** One request for each example of the body, or the one without a body. */
function items(document: OpenApiDocument, place: Place) {
  const { operation } = place
  const examples = Object.values(
    operation.requestBody?.content['application/json'].examples ?? {},
  ).filter((example): example is Example => 'value' in example)
  if (examples.length < 2) return [item(document, place, { body: examples[0] })]
  return examples.map((body) => item(document, place, { body, more: `: ${body.summary}` }))
}

function item(
  document: OpenApiDocument,
  place: Place,
  { body, more = '' }: { readonly body: Example | undefined; readonly more?: string },
) {
  const { operation } = place
  const exec = keeping[operation.operationId]
  return {
    name: operation.summary + more,
    request: {
      method: place.method.toUpperCase(),
      description: operation.description,
      header: headers(document, place, body !== undefined),
      url: url(place),
      ...(body && {
        body: {
          mode: 'raw',
          raw: JSON.stringify(body.value, null, 2),
          options: { raw: { language: 'json' } },
        },
      }),
    },
    response: [],
    ...(exec && { event: [{ listen: 'test', script: { type: 'text/javascript', exec } }] }),
  }
}

function headers(document: OpenApiDocument, { operation }: Place, hasBody: boolean) {
  const schemes = operation.security.flatMap((needed) => Object.keys(needed))
  return [
    ...schemes.map((scheme) => ({
      key: document.components.securitySchemes[scheme]?.name ?? scheme,
      value: `{{${scheme}}}`,
    })),
    ...(hasBody ? [{ key: 'Content-Type', value: 'application/json' }] : []),
    ...operation.parameters
      .filter((parameter) => parameter.in === 'header')
      // Postman makes a new UUID for each request.
      .map(({ name, description }) => ({ key: name, value: '{{$guid}}', description })),
  ]
}

function url({ path, operation }: Place) {
  const query = operation.parameters
    .filter((parameter) => parameter.in === 'query')
    .map((parameter) => ({
      key: parameter.name,
      value: queryValue(parameter),
      description: parameter.description,
      // Shown and left out, until it is ticked.
      disabled: true,
    }))
  const filled = path.replaceAll(/\{(\w+)\}/g, '{{$1}}')
  return {
    raw: `{{baseUrl}}${filled}`,
    host: ['{{baseUrl}}'],
    path: filled.split('/').slice(1),
    ...(query.length > 0 && { query }),
  }
}

function queryValue({ schema }: Parameter): string {
  const value = schema.default ?? schema.enum?.[0] ?? ''
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** What Postman does with an answer, so that the requests after it work at once. */
const keeping: Readonly<Record<string, readonly string[]>> = {
  createPayment: [
    'if (pm.response.code < 300) {',
    '  const created = pm.response.json()',
    "  pm.collectionVariables.set('paymentId', created.payment_id)",
    '  const secret = /[?&]secret=([^&]+)/.exec(created.checkout_url)',
    "  pm.collectionVariables.set('paymentSecret', decodeURIComponent(secret[1]))",
    '}',
  ],
  createWithdrawal: [
    'if (pm.response.code < 300) {',
    "  pm.collectionVariables.set('withdrawalId', pm.response.json().id)",
    '}',
  ],
}
