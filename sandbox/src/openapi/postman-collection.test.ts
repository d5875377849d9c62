import { randomUUID } from 'node:crypto'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { startSandbox } from '../start-sandbox.ts'
import { clientOf } from '../testing/sandbox-client.ts'
import { documented } from './testing/documented.ts'

/*
 * The parts of the published format v2.1 that a collection of requests is made of, with nothing
 * beside them: https://schema.getpostman.com/json/collection/v2.1.0/collection.json
 */
const header = z.strictObject({
  key: z.string().min(1),
  value: z.string(),
  description: z.string().optional(),
})
const request = z.strictObject({
  name: z.string().min(1),
  request: z.strictObject({
    method: z.enum(['GET', 'POST', 'PATCH', 'DELETE']),
    description: z.string(),
    header: z.array(header),
    url: z.strictObject({
      raw: z.string(),
      host: z.array(z.string()),
      path: z.array(z.string()),
      query: z
        .array(
          z.strictObject({
            key: z.string(),
            value: z.string(),
            description: z.string(),
            disabled: z.boolean(),
          }),
        )
        .optional(),
    }),
    body: z
      .strictObject({
        mode: z.literal('raw'),
        raw: z.string(),
        options: z.strictObject({ raw: z.strictObject({ language: z.literal('json') }) }),
      })
      .optional(),
  }),
  response: z.array(z.never()),
  event: z
    .array(
      z.strictObject({
        listen: z.enum(['prerequest', 'test']),
        script: z.strictObject({ type: z.literal('text/javascript'), exec: z.array(z.string()) }),
      }),
    )
    .optional(),
})
const collection = z.strictObject({
  info: z.strictObject({
    name: z.string().min(1),
    description: z.string(),
    version: z.string(),
    schema: z.literal('https://schema.getpostman.com/json/collection/v2.1.0/collection.json'),
  }),
  variable: z.array(
    z.strictObject({
      key: z.string(),
      value: z.string(),
      type: z.literal('string'),
      description: z.string().optional(),
    }),
  ),
  item: z.array(
    z.strictObject({ name: z.string(), description: z.string(), item: z.array(request).min(1) }),
  ),
})

describe.each(['default', 'caip2', 'seed'] as const)(
  'the collection of the %s profile',
  (profile) => {
    test('runs from top to bottom, and each request is answered as the document says', async () => {
      await using sandbox = await startSandbox({ overrides: { profile } })
      const client = clientOf(sandbox)
      const book = documented((await client.get('/docs/swagger.json')).body)
      const { variable, item } = collection.parse((await client.get('/docs/postman.json')).body)
      const variables = new Map(variable.map(({ key, value }) => [key, value]))
      const filled = (text: string) =>
        text.replaceAll(/\{\{([$\w]+)\}\}/g, (_, name: string) => {
          const value = name === '$guid' ? randomUUID() : variables.get(name)
          if (!value) throw new Error(`${name} has no value`)
          return value
        })

      const called: string[] = []
      for (const { name, request, event } of item.flatMap((folder) => folder.item)) {
        const { method, url, header, body } = request
        const address = filled(url.raw)
        expect(address).toBe(filled([...url.host, ...url.path].join('/')))
        const response = await fetch(address, {
          method,
          headers: header.map(({ key, value }): [string, string] => [key, filled(value)]),
          ...(body && { body: filled(body.raw) }),
        })
        const answer = {
          status: response.status,
          headers: response.headers,
          body: await response.json(),
        }
        const operation = book.operationOf(method, new URL(address).pathname)
        expect({ name, status: answer.status < 300 }).toEqual({ name, status: true })
        expect(operation ? book.faultsIn(operation, answer) : 'not documented').toEqual([])
        called.push(operation?.operation.operationId ?? name)
        for (const { script } of event ?? []) {
          runInNewContext(script.exec.join('\n'), {
            pm: {
              response: { code: answer.status, json: () => answer.body },
              collectionVariables: {
                set: (key: string, value: string) => variables.set(key, value),
              },
            },
            decodeURIComponent,
          })
        }
      }
      expect(new Set(called)).toEqual(
        new Set(book.operations.map(({ operation }) => operation.operationId)),
      )
    })
  },
)

test('a secret key of one’s own is not handed out', async () => {
  await using sandbox = await startSandbox({ overrides: { secretKey: 'sk_test_of_my_own' } })
  const { body } = await clientOf(sandbox).get('/docs/postman.json')
  expect(JSON.stringify(body)).not.toContain('sk_test_of_my_own')
  expect(collection.parse(body).variable).toContainEqual(
    expect.objectContaining({ key: 'secretKey', value: '' }),
  )
})
