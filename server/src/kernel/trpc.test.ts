import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import pino from 'pino'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { STEP_UP_FRESH_MS } from '@desk/shared/identity/session'
import { testDatabase } from '../testing/test-database.ts'
import type { Actor } from './actor.ts'
import { actorWith, contextOf, REQUEST_ID } from './context.fixtures.ts'
import { Refusal, type RefusalKind } from './refusal.ts'
import * as kernel from './trpc.ts'

const { allow, allowAnyone, allowStepUp, reportDefects, router } = kernel
const input = z.object({ id: z.string().min(3), page: z.int().optional() })

const testRouter = router({
  refuse: allowAnyone('greeting:read')
    .input(z.enum(['not_found', 'forbidden', 'conflict', 'invalid', 'rate_limited']))
    .query(({ input: kind }) => {
      throw new Refusal(kind, 'payment_is_odd', 'This payment is odd.')
    }),
  breakDown: allowAnyone('greeting:read').query(() => {
    throw new Error('connect failed with password canary-secret')
  }),
  breakTheDatabase: allowAnyone('greeting:read').query(({ ctx }) =>
    ctx.db.selectFrom('payment').select('id').where('amount_cents', '=', Number.NaN).execute(),
  ),
  lie: allowAnyone('greeting:read')
    .output(z.object({ id: z.string() }))
    .query(() => JSON.parse('{"canary":"canary-secret"}')),
  read: allow('payments:read')
    .input(input)
    .query(({ input, ctx }) => `${ctx.actor.name} read ${input.id}`),
  note: allow('payments:read')
    .input(input)
    .mutation(() => 'noted'),
  streamThatBreaks: allow('payments:read').subscription(async function* streamThatBreaks() {
    yield 'first'
    throw new Error('connect failed with password canary-secret')
  }),
  refresh: allow('payments:refresh')
    .input(input)
    .mutation(() => 'refreshed'),
  freshRefresh: allowStepUp('payments:refresh').mutation(() => 'refreshed'),
})

describe('what the browser is told', () => {
  test.each([
    ['not_found', 404],
    ['forbidden', 403],
    ['conflict', 409],
    ['invalid', 422],
    ['rate_limited', 429],
  ] as const)('a refusal of kind %s is %i with its code and its words', async (kind, status) => {
    await using desk = await deskWith(testRouter)
    const { response, body, lines } = await desk.get('refuse', kind satisfies RefusalKind)
    expect(response.status).toBe(status)
    expect(body.error.message).toBe('This payment is odd.')
    expect(body.error.data).toMatchObject({ refusal: 'payment_is_odd' })
    expect(lines).toEqual([])
  })

  test.each(['breakDown', 'breakTheDatabase', 'lie'])(
    'a defect in %s is "internal error" with a reference, and the log has the rest under that reference',
    async (procedure) => {
      await using desk = await deskWith(testRouter)
      const { response, text, body, lines } = await desk.get(procedure)
      expect(response.status).toBe(500)
      expect(body.error.message).toBe('internal error')
      expect(body.error.data).toMatchObject({ requestId: REQUEST_ID, refusal: null, fields: null })
      expect(text).not.toMatch(/canary|password|payment"|trpc\.test|\bat /)
      expect(lines).toHaveLength(1)
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({
        requestId: REQUEST_ID,
        procedure,
        err: { stack: expect.stringMatching(/\n +at /) },
      })
    },
  )

  test('wrong input is 400 and names the fields', async () => {
    await using desk = await deskWith(testRouter)
    const { response, body, lines } = await desk.get('read', { id: 'x', page: 'two' })
    expect(response.status).toBe(400)
    expect(body.error.data).toMatchObject({
      fields: [
        { field: 'id', message: 'Too small: expected string to have >=3 characters' },
        { field: 'page', message: 'Invalid input: expected number, received string' },
      ],
    })
    expect(body.error.message).toMatch(/^id: Too small.*\. page: Invalid input.*\.$/)
    expect(lines).toEqual([])
  })

  test('a defect in the middle of a stream is told and logged no differently', async () => {
    await using desk = await deskWith(testRouter)
    const { text, lines } = await desk.get('streamThatBreaks')
    expect(text).toMatch(/data: "first"/)
    expect(text).toMatch(/event: serialized-error\ndata: .*internal error.*req-42/)
    expect(text).not.toMatch(/canary|stack/)
    expect(lines.join('')).toContain('canary-secret')
  })

  test('no answer carries a stack, whatever NODE_ENV says', async () => {
    await using desk = await deskWith(testRouter)
    for (const [procedure, value] of [
      ['breakDown', undefined],
      ['refuse', 'conflict'],
      ['read', {}],
      ['nowhere', undefined],
    ] as const) {
      expect((await desk.get(procedure, value)).text).not.toMatch(/stack|node_modules|\.ts:/)
    }
  })
})

describe('permissions', () => {
  test('a visitor is told to sign in, a person without the right is refused, input unread', async () => {
    await using visitor = await deskWith(testRouter, null)
    expect((await visitor.get('read', { id: 'pay_1' })).response.status).toBe(401)
    await using auditor = await deskWith(testRouter)
    const refused = await auditor.post('refresh', '{"id":')
    expect(refused.response.status).toBe(403)
    expect(refused.body.error.message).toBe(
      'This needs the role Support, Finance or Admin. An admin can give it to you.',
    )
    expect((await auditor.get('read', { id: 'pay_1' })).text).toContain('Ada read pay_1')
  })

  test('a refused call is recorded even when its body is no JSON', async () => {
    await using auditor = await deskWith(testRouter)
    await auditor.post('refresh', '{"id":')
    await auditor.post('refresh', '{"id":"pay_1"}')
    expect(auditor.refused).toMatchObject([
      { path: 'refresh', outcome: 'refused', input: null },
      { path: 'refresh', outcome: 'refused', input: { id: 'pay_1' } },
    ])
  })

  test('a stale proof asks for a new one, on record only where the right was missing too', async () => {
    const stale = { provedAt: new Date(Date.now() - STEP_UP_FRESH_MS - 1_000) }
    await using support = await deskWith(testRouter, { ...actorWith(['support']), ...stale })
    const asked = await support.post('freshRefresh', '{}')
    expect(asked.response.status).toBe(403)
    expect(asked.body.error.data).toMatchObject({ refusal: 'step_up_required' })
    expect(support.refused).toEqual([])
    await using auditor = await deskWith(testRouter, { ...ada, ...stale })
    const refused = await auditor.post('freshRefresh', '{}')
    expect(refused.body.error.data).toMatchObject({ refusal: null, code: 'FORBIDDEN' })
    expect(auditor.refused).toMatchObject([{ path: 'freshRefresh' }])
  })

  test('a batch of an allowed and a forbidden call gives each its own answer', async () => {
    await using auditor = await deskWith(testRouter)
    const mixed = await auditor.batch('note,refresh', '{"0":{"id":"pay_1"},"1":{"id":"pay_1"}}')
    expect(mixed.response.status).toBe(207)
    expect(mixed.answers).toMatchObject([
      { result: { data: 'noted' } },
      { error: { data: { code: 'FORBIDDEN' } } },
    ])
    const queries = await auditor.get('read,breakDown', { 0: { id: 'pay_1' } }, 'batch=1&')
    expect(queries.response.status).toBe(207)
    expect(queries.text).toContain('Ada read pay_1')
    expect(queries.text).toContain('internal error')
  })

  test('a mutation cannot be reached by GET, nor with a body that a form could send', async () => {
    await using auditor = await deskWith(testRouter)
    expect((await auditor.get('refresh', { id: 'pay_1' })).response.status).toBe(405)
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const { response } = await auditor.post('refresh', '{"id":"pay_1"}', type)
      expect(response.status).toBe(415)
    }
  })

  test('a procedure cannot be declared without a permission, nor for visitors under one of ours', () => {
    expect(Object.keys(kernel).toSorted()).toEqual([
      'allow',
      'allowAnyone',
      'allowStepUp',
      'createCallerFactory',
      'reportDefects',
      'router',
    ])
    // @ts-expect-error no permission, no procedure
    allow()
    // @ts-expect-error the table has no such permission
    allow('payments:burn')
    // @ts-expect-error visitors may not have this one
    allowAnyone('payments:read')
    // @ts-expect-error signed-in people only, though visitors hold it too
    allow('greeting:read')
  })
})

/** The router behind tRPC's own HTTP adapter, as an auditor called Ada unless told otherwise. */
async function deskWith(tested: typeof testRouter, actor: Actor | null = ada) {
  const database = await testDatabase()
  const lines: string[] = []
  const log = pino({}, { write: (line: string) => void lines.push(line) })
  const refused: kernel.UnsuccessfulCall[] = []
  const context = {
    ...contextOf(database.db, actor),
    audit: { unsuccessful: async (call: kernel.UnsuccessfulCall) => void refused.push(call) },
  }
  const send = async (path: string, init: RequestInit) => {
    const response = await fetchRequestHandler({
      endpoint: '/trpc',
      req: new Request(`http://desk.example/trpc/${path}`, init),
      router: tested,
      createContext: () => context,
      onError: reportDefects(log),
    })
    const text = await response.text()
    const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
    const answers: unknown = isStream ? null : JSON.parse(text)
    return { response, text, lines, answers, body: failure.parse(answers) }
  }
  const post = (path: string, body: string, type = 'application/json') =>
    send(path, { method: 'POST', headers: { 'content-type': type }, body })
  return {
    refused,
    get: (path: string, value?: unknown, query = '') =>
      send(`${path}?${query}input=${encodeURIComponent(JSON.stringify(value) ?? '')}`, {}),
    post,
    batch: (paths: string, body: string) => post(`${paths}?batch=1`, body),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

const ada = actorWith(['auditor'])

const failure = z
  .object({ error: z.object({ message: z.string(), data: z.unknown() }) })
  .catch({ error: { message: '', data: null } })
