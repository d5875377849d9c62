import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { startSandbox } from '../start-sandbox.ts'
import { type Asked, startLyingProxy } from './lying-proxy.ts'
import { type CheckResult, runChecks } from './run-checks.ts'
import { failedNames, hurried, optionsFor } from './testing-trial.ts'

const notPassed = (results: readonly CheckResult[]) =>
  results.filter((result) => result.outcome !== 'pass')

const payments = '/v1/external/secretkey-auth/payments'
const withdrawals = '/v1/external/secretkey-auth/withdrawals'

describe('the sandbox passes every check', () => {
  test.each(['default', 'caip2', 'seed'] as const)('in profile %s', async (profile) => {
    await using sandbox = await startSandbox({
      historyCount: 400,
      overrides: { ...hurried.overrides, profile },
    })
    expect(notPassed(await runChecks(optionsFor(sandbox.url)))).toStrictEqual([])
  })

  test('empty, with only what nobody paid yet left open', async () => {
    await using sandbox = await startSandbox({ ...hurried, historyCount: 0 })
    const results = notPassed(await runChecks(optionsFor(sandbox.url)))
    expect(results.map((result) => result.outcome)).not.toContain('fail')
    expect(results.map((result) => result.name)).toStrictEqual([
      'a completed payment has a receipt with its transaction, and a pending one has none',
      'a failed withdrawal says why, and a completed one has its receipt',
    ])
  })

  test('under a tight rate limit, by waiting as long as it is told', async () => {
    await using sandbox = await startSandbox({
      ...hurried,
      rateLimit: { requests: 6, windowMs: 500 },
    })
    const results = await runChecks(optionsFor(sandbox.url), { groups: ['errors'] })
    expect(notPassed(results)).toStrictEqual([])
  })

  test('and leaves no webhook endpoint behind', async () => {
    await using sandbox = await startSandbox(hurried)
    await runChecks(optionsFor(sandbox.url), { groups: ['webhooks'] })
    const answer = await fetch(`${sandbox.url}/__sandbox/webhooks`)
    expect(await answer.json()).toEqual({ data: [] })
  })

  test('a proxy that tells no lie passes too, so that lies are what is found where one fails', async () => {
    await using sandbox = await startSandbox({ ...hurried, historyCount: 400 })
    const honest = { webhook: (asked: Asked) => asked }
    await using proxy = await startLyingProxy(sandbox.url, honest)
    expect(notPassed(await runChecks(optionsFor(proxy.url)))).toStrictEqual([])
  })
})

test('an endpoint registered by hand needs its secret and port', async () => {
  const port = await freePort()
  const webhookUrl = `http://127.0.0.1:${port}/by-hand`
  await using sandbox = await startSandbox({ ...hurried, webhookUrl })
  const run = async (secret: string) => {
    const webhooks = { registered: { secret, port }, waitMs: 4_000 }
    return runChecks(optionsFor(sandbox.url, { webhooks }), { groups: ['webhooks'] })
  }
  expect(notPassed(await run(sandbox.webhookSecret))).toStrictEqual([
    {
      group: 'webhooks',
      name: 'a payment that is paid is told as payment.updated, and the API agrees',
      outcome: 'skip',
      reason: 'nobody pays here: this needs a sandbox',
    },
  ])
  expect(failedNames(await run('whsec_another'))).toContain(
    'the signature is the hex HMAC-SHA256 of the timestamp header, a dot and the raw body',
  )
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}

describe('money', () => {
  test('without an address to withdraw to, no withdrawal comes about', async () => {
    await using sandbox = await startSandbox({ ...hurried, historyCount: 0 })
    const options = optionsFor(sandbox.url, { withdrawTo: null })
    const results = await runChecks(options)
    expect(failedNames(results)).toStrictEqual([])
    expect(results).toContainEqual({
      group: 'withdrawals',
      name: 'a withdrawal is created, read and listed, and its key repeated creates no second one',
      outcome: 'skip',
      reason: 'it could move money: give --withdraw-to',
    })
    const list = await fetch(sandbox.url + withdrawals, {
      headers: { 'X-SpacePay-Secret-Key': sandbox.secretKey },
    })
    expect(await list.json()).toMatchObject({ data: [] })
  })

  test('every payment it creates says where it came from', async () => {
    await using sandbox = await startSandbox({ ...hurried, historyCount: 0 })
    await runChecks(optionsFor(sandbox.url))
    const list = await fetch(`${sandbox.url}${payments}?limit=1000`, {
      headers: { 'X-SpacePay-Secret-Key': sandbox.secretKey },
    })
    const orders = /"orderId":"(?!CONFORMANCE-)/.exec(await list.text())
    expect(orders).toBeNull()
  })
})

describe('an error may be told in any one of the published shapes', () => {
  const shapes = {
    'of the pages': '{"error":{"type":TYPE,"code":"any","message":"No."}}',
    'of the marketing page': '{"code":"any","message":"No."}',
    'of the framework': '{"statusCode":STATUS,"message":["No."],"error":"Any"}',
  }
  test.each(Object.entries(shapes))('%s', async (_, shape) => {
    const types = new Map([
      [401, 'authentication_error'],
      [404, 'not_found_error'],
    ])
    await using sandbox = await startSandbox(hurried)
    await using proxy = await startLyingProxy(sandbox.url, {
      answer: ({ status, body }) => {
        const type = JSON.stringify(types.get(status) ?? 'invalid_request_error')
        const told = shape.replace('TYPE', type).replace('STATUS', String(status))
        return { status, body: status < 400 ? body : told }
      },
    })
    const results = await runChecks(optionsFor(proxy.url), { groups: ['errors'] })
    expect(notPassed(results)).toStrictEqual([])
  })

  test.each([
    ['"statusCode":404', '"statusCode":400'],
    ['"not_found_error"', '"api_error"'],
  ])('but not with one that contradicts the status: %s told as %s', async (right, wrong) => {
    await using sandbox = await startSandbox(hurried)
    await using proxy = await startLyingProxy(sandbox.url, {
      answer: ({ status, body }) => ({
        status,
        body: body.replace(right, wrong),
      }),
    })
    const results = await runChecks(optionsFor(proxy.url), { groups: ['errors'] })
    expect(failedNames(results)).toStrictEqual([
      'an unknown payment is 404',
      'an unknown withdrawal is 404',
      'the payment of another merchant is 404, and in no list',
    ])
  })
})
