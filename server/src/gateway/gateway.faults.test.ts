import { inspect } from 'node:util'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { GatewayError } from './gateway-error.ts'
import {
  answer,
  flood,
  halfABody,
  hang,
  html,
  redirect,
  reset,
  stall,
  startFaultyHost,
  type Behaviour,
} from './testing/faulty-host.ts'
import { testGateway, type TestGateway } from './testing/test-gateway.ts'
import { virtualTime } from './testing/virtual-time.ts'

const payment = { id: 'pay_1', status: 'pending', amountInCents: 14999, quotes: [] }
const withdrawal = { id: 'wd_1', status: 'pending', amountInCents: 5000 }
const ok = answer(200, payment)
const tooMany = (headers: Record<string, string> = {}) =>
  answer(429, { code: 'rate_limited' }, headers)
const newPayment = {
  type: 'payment',
  amountCents: amountCents.parse(14999),
  orderId: 'A-1',
} as const

const order = {
  amountCents: amountCents.parse(5000),
  network: 'eip155:84532',
  recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
  orderId: 'PAYOUT-17',
}

function withdraw(gateway: TestGateway, repeat: 'never' | 'same-key' = 'never') {
  const body = gateway.withdrawalBody(order)
  return gateway.createWithdrawal(body, { idempotencyKey: 'key-1', repeat })
}

async function failureOf(calling: Promise<unknown>): Promise<GatewayError> {
  return calling.then(
    () => expect.fail('the call succeeded'),
    (error: GatewayError) => error,
  )
}

/** For the circuit, which keeps its own time by the system clock. */
const systemTime = {
  now: () => new Date(),
  sleep: async (ms: number) => void vi.setSystemTime(Date.now() + ms),
}

afterEach(() => {
  vi.useRealTimers()
})

describe('being told to slow down', () => {
  test('nothing is sent before the seconds of Retry-After are over', async () => {
    const time = virtualTime()
    await using host = await startFaultyHost(time.now)
    await using gateway = testGateway(host.url, time)
    host.behave(tooMany({ 'retry-after': '7' }), ok)

    await gateway.getPayment('pay_1')

    const [first, second] = host.requests.map((request) => request.atMs)
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(7_000)
    expect((second ?? 0) - (first ?? 0)).toBeLessThan(8_000)
  })

  test('nothing is sent before the date of Retry-After', async () => {
    const time = virtualTime('2026-04-01T12:00:00.000Z')
    await using host = await startFaultyHost(time.now)
    await using gateway = testGateway(host.url, time)
    host.behave(tooMany({ 'retry-after': 'Wed, 01 Apr 2026 12:00:11 GMT' }), ok)

    await gateway.getPayment('pay_1')

    expect(host.requests[1]?.atMs).toBeGreaterThanOrEqual(Date.parse('2026-04-01T12:00:11.000Z'))
  })

  test('another call that shares the budget waits as well', async () => {
    const time = virtualTime()
    await using host = await startFaultyHost(time.now)
    await using gateway = testGateway(host.url, time)
    host.behave(tooMany({ 'retry-after': '7' }), answer(200, { data: [] }))
    const startedAt = time.now().getTime()

    await failureOf(gateway.createPayment(newPayment))
    await gateway.listPayments()

    expect((host.requests[1]?.atMs ?? 0) - startedAt).toBeGreaterThanOrEqual(7_000)
  })

  test('without Retry-After the pause grows and is jittered', async () => {
    const time = virtualTime()
    await using host = await startFaultyHost(time.now)
    await using gateway = testGateway(host.url, time, { random: () => 0.99 })
    host.behave(tooMany())

    const failure = await failureOf(gateway.getPayment('pay_1'))

    const at = host.requests.map((request) => request.atMs)
    const gaps = at.slice(1).map((ms, index) => ms - (at[index] ?? 0))
    expect(gaps).toEqual([495, 990, 1980, 3960])
    expect(failure).toMatchObject({ outcome: 'rate_limited', status: 429, attempts: 5 })
  })

  test('a longer Retry-After than a call may last is an error that says when to come back', async () => {
    const time = virtualTime('2026-04-01T12:00:00.000Z')
    await using host = await startFaultyHost(time.now)
    await using gateway = testGateway(host.url, time)
    host.behave(tooMany({ 'retry-after': '600' }))

    const first = await failureOf(gateway.getPayment('pay_1'))
    const second = await failureOf(gateway.getPayment('pay_2'))

    expect(first).toMatchObject({ outcome: 'rate_limited', status: 429, attempts: 1 })
    expect(second).toMatchObject({ outcome: 'rate_limited', code: 'rate_budget' })
    expect(second.retryAt?.getTime()).toBeGreaterThanOrEqual(Date.parse('2026-04-01T12:10:00Z'))
    expect(host.requests).toHaveLength(1)
    expect(gateway.health.current()).toMatchObject({ rateLimitedCount: 1 })
  })
})

describe('an outage', () => {
  test('a read is repeated with full jitter, five times at most', async () => {
    const time = virtualTime()
    await using host = await startFaultyHost()
    await using gateway = testGateway(host.url, time)
    host.behave(answer(503, ''), reset, answer(500, {}), ok)

    await expect(gateway.getPayment('pay_1')).resolves.toMatchObject({ value: { id: 'pay_1' } })
    expect(time.slept).toEqual([250, 500, 1000])
  })

  test('Retry-After of a 503 is obeyed', async () => {
    const time = virtualTime()
    await using host = await startFaultyHost()
    await using gateway = testGateway(host.url, time)
    host.behave(answer(503, '', { 'retry-after': '9' }), ok)

    await gateway.getPayment('pay_1')
    expect(time.slept).toEqual([9_250])
  })

  test('the circuit opens, so five minutes of outage cost few calls, and it closes again', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    await using host = await startFaultyHost()
    await using gateway = testGateway(host.url, { ...virtualTime(), ...systemTime })
    host.behave(answer(500, { code: 'server_error' }))

    const outcomes = new Set<string>()
    for (let second = 0; second < 300; second++) {
      outcomes.add((await failureOf(gateway.getPayment('pay_1'))).outcome)
      vi.setSystemTime(Date.now() + 1_000)
    }
    expect(outcomes).toEqual(new Set(['unavailable', 'circuit_open']))
    expect(host.requests.length).toBeLessThan(20)
    expect(gateway.health.current()).toMatchObject({
      circuit: 'open',
      lastFailure: { outcome: 'circuit_open' },
    })

    host.behave(ok)
    vi.setSystemTime(Date.now() + 61_000)
    await expect(gateway.getPayment('pay_1')).resolves.toMatchObject({ value: { id: 'pay_1' } })
    expect(gateway.health.current()).toMatchObject({ circuit: 'closed', retryAt: null })
  })

  test('an open circuit names the instant of the next try, sends nothing and spends no budget', async () => {
    let taken = 0
    const budget = { take: async () => void taken++, blockUntil: async () => undefined }
    await using host = await startFaultyHost()
    await using gateway = testGateway(host.url, virtualTime(), { budget })
    host.behave(answer(502, ''))
    await failureOf(gateway.getPayment('pay_1'))
    expect(taken).toBe(5)

    const failure = await failureOf(withdraw(gateway))

    expect(failure).toMatchObject({ outcome: 'circuit_open', mayHaveTakenEffect: false })
    expect(failure.retryAt?.getTime()).toBeGreaterThan(Date.now())
    expect(host.requests.filter((request) => request.method === 'POST')).toEqual([])
    expect(taken).toBe(5)
  })

  test.for([
    ['says nothing', hang],
    ['stops in mid-answer', stall],
  ] as const)('a host that %s is given up and its sockets are closed', async ([, fault]) => {
    await using host = await startFaultyHost()
    await using gateway = testGateway(host.url, virtualTime(), { timeouts: { readMs: 50 } })
    host.behave(fault)

    const failure = await failureOf(gateway.getPayment('pay_1'))

    expect(failure).toMatchObject({ outcome: 'unavailable', mayHaveTakenEffect: false })
    await vi.waitFor(() => expect(host.openSockets()).toBe(0))
  })

  test('closing the gateway cancels calls under way', async () => {
    await using host = await startFaultyHost()
    await using gateway = testGateway(host.url, virtualTime())
    host.behave(hang)
    const calling = failureOf(gateway.getPayment('pay_1'))
    await vi.waitFor(() => expect(host.requests).toHaveLength(1))

    await gateway.close()

    expect(await calling).toMatchObject({ outcome: 'unavailable', code: 'closed', attempts: 1 })
    await vi.waitFor(() => expect(host.openSockets()).toBe(0))
  })
})

describe('writes', () => {
  test('creating a payment is repeated under its key, with equal bytes', async () => {
    await using host = await startFaultyHost()
    await using gateway = testGateway(host.url, virtualTime())
    host.behave(reset, answer(500, ''), tooMany(), answer(201, { payment, secret: 's' }))

    await gateway.createPayment(newPayment, { idempotencyKey: 'key-1' })

    expect(host.requests).toHaveLength(4)
    expect(new Set(host.requests.map((request) => request.headers['idempotency-key']))).toEqual(
      new Set(['key-1']),
    )
    expect(new Set(host.requests.map((request) => request.body)).size).toBe(1)
  })

  test.for([
    ['a reset', reset],
    ['an error', answer(500, '')],
    ['a 429', tooMany()],
  ] as const)('without a key, %s is not followed by a second payment', async ([, fault]) => {
    await using host = await startFaultyHost()
    await using gateway = testGateway(host.url, virtualTime())
    host.behave(fault, answer(201, { payment, secret: 's' }))

    await failureOf(gateway.createPayment(newPayment))
    expect(host.requests).toHaveLength(1)
  })

  test.for<[string, Behaviour]>([
    ['hangs', hang],
    ['resets the connection', reset],
    ['sends half a body', halfABody],
    ['answers 500', answer(500, '')],
    ['answers 502', answer(502, '<html>')],
    ['answers 504', answer(504, '')],
    ['answers with HTML', html],
    ['answers with broken JSON', answer(201, '{"id":')],
    ['answers with another shape', answer(201, { hello: 1 })],
    ['redirects', redirect('/elsewhere')],
  ])(
    'a withdrawal whose host accepts it and %s goes out once and counts as unclear',
    async ([, fault]) => {
      await using host = await startFaultyHost()
      await using gateway = testGateway(host.url, virtualTime(), { timeouts: { writeMs: 100 } })
      host.behave(fault)

      const failure = await failureOf(withdraw(gateway))

      expect(failure).toMatchObject({ name: 'GatewayError', mayHaveTakenEffect: true, attempts: 1 })
      expect(host.requests).toHaveLength(1)
    },
  )

  test('a withdrawal told to come later is sent again, since it was not carried out', async () => {
    await using host = await startFaultyHost()
    await using gateway = testGateway(host.url, virtualTime())
    host.behave(tooMany({ 'retry-after': '2' }), answer(201, withdrawal))

    await withdraw(gateway)
    expect(host.requests).toHaveLength(2)
  })

  test('a withdrawal is repeated after a fault only when asked for, with equal key and bytes', async () => {
    await using host = await startFaultyHost()
    await using gateway = testGateway(host.url, virtualTime())
    host.behave(reset, answer(504, ''), answer(201, withdrawal))

    await withdraw(gateway, 'same-key')

    expect(host.requests).toHaveLength(3)
    const sent = host.requests.map(({ body, headers }) => [body, headers['idempotency-key']].join())
    expect(new Set(sent).size).toBe(1)
  })

  test('what was unclear once stays unclear, whatever a repeat is told', async () => {
    await using host = await startFaultyHost()
    await using gateway = testGateway(host.url, virtualTime())
    host.behave(reset, answer(422, { code: 'validation_error' }))

    const failure = await failureOf(withdraw(gateway, 'same-key'))
    expect(failure).toMatchObject({ outcome: 'refused', status: 422, mayHaveTakenEffect: true })
  })

  test('a host that cannot be reached cannot have carried anything out', async () => {
    const host = await startFaultyHost()
    await host[Symbol.asyncDispose]()
    await using gateway = testGateway(host.url, virtualTime())

    const failure = await failureOf(withdraw(gateway))
    expect(failure).toMatchObject({
      outcome: 'unavailable',
      code: 'ECONNREFUSED',
      mayHaveTakenEffect: false,
    })
  })

  test.for([
    [400, 'refused', false],
    [401, 'unauthorized', false],
    [403, 'unauthorized', false],
    [404, 'not_found', false],
    [409, 'conflict', true],
    [422, 'refused', false],
  ] as const)('%i is final: %s', async ([status, outcome, mayHaveTakenEffect]) => {
    await using host = await startFaultyHost()
    await using gateway = testGateway(host.url, virtualTime())
    host.behave(answer(status, {}, { 'retry-after': '1' }))

    const failure = await failureOf(withdraw(gateway, 'same-key'))

    expect(failure).toMatchObject({ outcome, status, mayHaveTakenEffect, attempts: 1 })
    expect(host.requests).toHaveLength(1)
  })

  test('EVM chain ids are sent in the form the host was last seen to use', async () => {
    await using host = await startFaultyHost()
    await using gateway = testGateway(host.url, virtualTime())
    expect(gateway.withdrawalBody(order)).toContain('"chainId":84532')

    host.behave(answer(200, { data: [{ chainId: 'eip155:1', name: 'Ethereum' }] }))
    await gateway.listChains()
    expect(gateway.withdrawalBody(order)).toContain('"chainId":"eip155:84532"')
  })
})

describe('answers that are not answers', () => {
  test.for<[string, Behaviour, string]>([
    ['HTML', html, 'not_json'],
    ['broken JSON', answer(200, '{"id": "pay_1", '), 'not_json'],
    ['an empty body', answer(200, ''), 'not_json'],
    ['another shape', answer(200, ['pay_1']), 'unexpected_shape'],
    ['a redirect', redirect('/elsewhere'), 'redirect_not_followed'],
  ])('%s is a clean error', async ([, fault, code]) => {
    await using host = await startFaultyHost()
    await using gateway = testGateway(host.url, virtualTime())
    host.behave(fault)

    const failure = await failureOf(gateway.getPayment('pay_1'))
    expect(failure).toMatchObject({ outcome: 'undecodable', code, mayHaveTakenEffect: false })
  })

  test('half a body is repeated and then an outage', async () => {
    await using host = await startFaultyHost()
    await using gateway = testGateway(host.url, virtualTime())
    host.behave(halfABody)

    const failure = await failureOf(gateway.getPayment('pay_1'))
    expect(failure).toMatchObject({ outcome: 'unavailable', attempts: 5 })
  })

  test('an answer of 50 MB is cut off long before its end', async () => {
    await using host = await startFaultyHost()
    await using gateway = testGateway(host.url, virtualTime())
    let sentBytes = 0
    host.behave(flood(50 * 1024 * 1024, (sent) => (sentBytes = sent)))

    const failure = await failureOf(gateway.listPayments())

    expect(failure).toMatchObject({
      outcome: 'undecodable',
      code: 'UND_ERR_RES_EXCEEDED_MAX_SIZE',
      attempts: 1,
    })
    await vi.waitFor(() => expect(host.openSockets()).toBe(0))
    expect(sentBytes).toBeLessThan(40 * 1024 * 1024)
  })

  test('a redirect to another host never reaches it, by read or by write', async () => {
    await using evil = await startFaultyHost()
    await using host = await startFaultyHost()
    await using gateway = testGateway(host.url, virtualTime())
    host.behave(redirect(`${evil.url}/v1/external/secretkey-auth/payments`))

    await failureOf(gateway.getPayment('pay_1'))
    await failureOf(gateway.listPayments())
    await failureOf(withdraw(gateway))

    expect(host.requests).toHaveLength(3)
    expect(evil.requests).toHaveLength(0)
  })

  test('an id made of dots does not reach another resource', async () => {
    await using host = await startFaultyHost()
    await using gateway = testGateway(host.url, virtualTime())

    expect(await failureOf(gateway.getPayment('..'))).toMatchObject({ outcome: 'not_found' })
    expect(host.requests).toHaveLength(0)
    await failureOf(gateway.getPayment('../withdrawals?x=1#y'))
    expect(host.requests[0]?.path).toBe(
      '/v1/external/secretkey-auth/payments/..%2Fwithdrawals%3Fx%3D1%23y',
    )
  })
})

describe('the secret key', () => {
  const canary = 'sk_test_canary_3f9a1c'

  test.for<[string, Behaviour]>([
    ['echoes it in an error', answer(422, { message: `bad key ${canary}`, code: canary })],
    ['echoes it in a header', answer(200, '', { 'content-type': canary, 'x-request-id': canary })],
    ['echoes it in a refusal', answer(401, { error: { message: canary, param: canary } })],
    ['sends rubbish', answer(200, canary)],
    ['resets the connection', reset],
    ['hangs', hang],
    ['sends half a body', halfABody],
  ])('is in no error, cause, log or health report when the host %s', async ([, fault]) => {
    await using host = await startFaultyHost()
    await using gateway = testGateway(host.url, virtualTime(), {
      secretKey: canary,
      timeouts: { readMs: 50 },
    })
    host.behave(fault)

    const failure = await failureOf(gateway.getPayment('pay_1'))

    expect(host.requests[0]?.headers['x-spacepay-secret-key']).toBe(canary)
    const everything = {
      failure,
      gateway,
      logged: gateway.logged,
      health: gateway.health.current(),
    }
    const depth = { depth: Infinity, showHidden: true, getters: true } as const
    expect(inspect(everything, depth)).not.toContain(canary)
    expect(JSON.stringify(everything)).not.toContain(canary)
    expect(failure.stack).not.toContain(canary)
    expect(gateway.logged.length).toBeGreaterThan(0)
  })
})

test('an error carries what support at SpacePay asks for', async () => {
  await using host = await startFaultyHost()
  await using gateway = testGateway(host.url, virtualTime())
  host.behave(
    answer(422, {
      error: {
        type: 'invalid_request_error',
        code: 'invalid_amount',
        message: 'amount must be at least 250 cents',
        param: 'amount',
      },
      code: 'validation_error',
      message: 'amount must be at least 250 cents',
      statusCode: 422,
      requestId: 'req_7f2c1d',
    }),
  )

  const failure = await failureOf(gateway.createPayment(newPayment))

  expect(failure).toMatchObject({
    outcome: 'refused',
    status: 422,
    code: 'invalid_amount',
    param: 'amount',
    requestId: 'req_7f2c1d',
    route: 'POST payments',
    message: 'POST payments: SpacePay answered 422: amount must be at least 250 cents',
  })
})
