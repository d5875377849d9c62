import { createHmac } from 'node:crypto'
import diagnostics from 'node:diagnostics_channel'
import { Validator } from '@seriousme/openapi-schema-validator'
import type { FastifyInstance } from 'fastify'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { buildSandbox } from '../app.ts'
import { defaultSettings } from '../settings.ts'
import { startSandbox } from '../start-sandbox.ts'
import { clientOf } from '../testing/sandbox-client.ts'
import { documented } from './testing/documented.ts'

const profiles = ['default', 'caip2', 'seed'] as const

test('the document of the control is valid, apart, and has every route of it and no other', async () => {
  const routes = await servedRoutes('/__sandbox')
  await using sandbox = await startSandbox()
  const { body } = await clientOf(sandbox).get('/docs/control.json')
  const document = z.record(z.string(), z.unknown()).parse(body)
  expect(await new Validator().validate(document)).toStrictEqual({ valid: true })
  const { operations, bodyFaults } = documented(body)
  expect(operations.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(routes)
  for (const { pointer, operation } of operations) {
    const content = operation.requestBody?.content['application/json']
    for (const example of Object.values(content?.examples ?? {})) {
      const { value } = z.object({ value: z.unknown() }).parse(example)
      const at = `${pointer}/requestBody/content/application~1json/schema`
      expect({ pointer, faults: bodyFaults(at, value) }).toEqual({ pointer, faults: [] })
    }
  }
})

describe.each(profiles)('the document of the %s profile', (profile) => {
  const served = async (payload = 'minimal') => {
    await using sandbox = await startSandbox({ overrides: { profile } })
    await clientOf(sandbox).call('PATCH', '/__sandbox/switches', { body: { payload } })
    const { body } = await clientOf(sandbox).get('/docs/swagger.json')
    return body
  }

  test('is valid OpenAPI 3.1', async () => {
    const document = z.record(z.string(), z.unknown()).parse(await served())
    expect(document['openapi']).toBe('3.1.0')
    expect(await new Validator().validate(document)).toStrictEqual({ valid: true })
  })

  test.each(['minimal', 'full'])(
    'shows examples that are what it describes, with a %s payload',
    async (payload) => {
      const { bodyFaults, refusals, operations, webhooks } = documented(await served(payload))
      const faults = [...operations, ...webhooks].flatMap(({ pointer, operation }) => {
        const parts = [
          { at: '/requestBody', content: operation.requestBody?.content },
          ...Object.entries(operation.responses).map(([status, { content }]) => ({
            at: `/responses/${status}`,
            content,
          })),
        ]
        return parts.flatMap(({ at, content }) =>
          Object.values(content?.['application/json'].examples ?? {}).flatMap((example) =>
            bodyFaults(
              `${pointer}${at}/content/application~1json/schema`,
              '$ref' in example
                ? refusals[z.string().parse(example.$ref).replace('#/components/examples/', '')]
                    ?.value
                : example.value,
            ).map((fault) => `${operation.operationId} ${at} ${fault}`),
          ),
        )
      })
      expect(faults).toEqual([])
    },
  )

  test('signs its example webhooks by the rule it states', async () => {
    const { webhooks } = documented(await served())
    expect(webhooks.map(({ path }) => path)).toEqual([
      'payment.created',
      'payment.updated',
      'withdrawal.created',
      'withdrawal.updated',
    ])
    for (const { operation } of webhooks) {
      const header = (name: string) =>
        operation.parameters.find((parameter) => parameter.name === name)?.example
      const [example] = Object.values(
        operation.requestBody?.content['application/json'].examples ?? {},
      )
      const { value } = z.object({ value: z.unknown() }).parse(example)
      const signature = createHmac('sha256', 'whsec_sandbox_0123456789abcdef')
        .update(`${String(header('X-SpacePay-Timestamp'))}.${JSON.stringify(value)}`)
        .digest('hex')
      expect(header('X-SpacePay-Signature')).toBe(signature)
    }
  })
})

describe('the document is of this sandbox', () => {
  test('it has every route the server has under /v1, and no other', async () => {
    const routes = await servedRoutes('/v1')
    await using sandbox = await startSandbox()
    const { operations } = documented((await clientOf(sandbox).get('/docs/swagger.json')).body)
    expect(operations.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(routes)
  })

  test('it names the address payers use, and the limits that are set', async () => {
    await using sandbox = await startSandbox({
      rateLimit: { requests: 7, windowMs: 3_000 },
      overrides: { publicUrl: 'https://sandbox.example', amountMinCents: 400 },
    })
    const { body } = await clientOf(sandbox).get('/docs/swagger.json')
    expect(body).toMatchObject({
      info: { description: expect.stringContaining('7 requests in 3 seconds') },
      servers: [{ url: 'https://sandbox.example' }],
      components: { schemas: { NewPayment: { properties: { amount: { minimum: 400 } } } } },
    })
  })
})

/** What the server really answers under a path, as it is written in OpenAPI. */
async function servedRoutes(root: string): Promise<readonly string[]> {
  const routes: string[] = []
  const listen = (message: unknown) => {
    const { fastify } = z.object({ fastify: z.custom<FastifyInstance>() }).parse(message)
    fastify.addHook('onRoute', ({ method, path }) => {
      // Fastify answers HEAD wherever it answers GET.
      for (const one of [method].flat().filter((name) => name !== 'HEAD')) {
        if (path.startsWith(root)) {
          routes.push(`${one.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`)
        }
      }
    })
  }
  diagnostics.subscribe('fastify.initialization', listen)
  const sandbox = buildSandbox({ ...defaultSettings, historyCount: 0 })
  diagnostics.unsubscribe('fastify.initialization', listen)
  await sandbox.app.ready()
  await sandbox.close()
  return routes.toSorted()
}
