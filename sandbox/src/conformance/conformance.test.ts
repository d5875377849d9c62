import { describe, expect, test } from 'vitest'
import { startSandbox } from '../start-sandbox.ts'
import type { GroupName } from './check.ts'
import { type Asked, type Lie, startLyingProxy, type Told } from './lying-proxy.ts'
import { type CheckResult, runChecks } from './run-checks.ts'
import type { TrialOptions } from './trial.ts'

const payments = '/v1/external/secretkey-auth/payments'
const withdrawals = '/v1/external/secretkey-auth/withdrawals'

/** Webhook retries follow within milliseconds. */
const hurried = { historyCount: 80, overrides: { retryDivisor: 100_000 } }

function optionsFor(baseUrl: string, more: Partial<TrialOptions> = {}): TrialOptions {
  return {
    baseUrl,
    secretKey: 'sk_test_sandbox_merchant',
    otherKey: 'sk_test_sandbox_other',
    withdrawTo: '0x52908400098527886e0f7030069857d2e4169ee7',
    webhooks: { registered: null, waitMs: 5_000 },
    ...more,
  }
}

const notPassed = (results: readonly CheckResult[]) =>
  results.filter((result) => result.outcome !== 'pass')
const failedNames = (results: readonly CheckResult[]) =>
  results.filter((result) => result.outcome === 'fail').map((result) => result.name)

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
})

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

interface LieRow {
  readonly what: string
  readonly group: GroupName
  readonly lie: Lie
  readonly fails: readonly string[]
}

/** Rewrites the answers of one route. */
const onAnswer = (isMeant: (asked: Asked) => boolean, change: (told: Told) => Told): Lie => ({
  answer: (told, asked) => (isMeant(asked) ? change(told) : told),
})
const isCreate = ({ method, path }: Asked) => method === 'POST' && path === payments
const isList = ({ method, path }: Asked) => method === 'GET' && path.startsWith(`${payments}?`)
const swap = (from: RegExp | string, to: string) => (told: Told) => ({
  ...told,
  body: told.body.replaceAll(from, to),
})

const lies: readonly LieRow[] = [
  {
    what: 'the health route is down',
    group: 'shapes',
    lie: onAnswer(
      ({ path }) => path === '/v1',
      () => ({ status: 503, body: '' }),
    ),
    fails: ['the health route answers 200 without a key'],
  },
  {
    what: 'reading a payment answers the envelope of create',
    group: 'shapes',
    lie: onAnswer(
      ({ method, path }) => method === 'GET' && path.startsWith(`${payments}/`),
      (told) => ({ ...told, body: `{"payment":${told.body}}` }),
    ),
    fails: [
      'a payment is read bare, and is the one that was created',
      'a completed payment has a receipt with its transaction, and a pending one has none',
    ],
  },
  {
    what: 'quotes take a stablecoin for one of 18 decimals',
    group: 'shapes',
    lie: onAnswer(isCreate, swap(/("expectedAmountAsset":"\d+)/g, '$1000000000000')),
    fails: ['quotes are worth what is due at their rate, and belong to their payment'],
  },
  {
    what: 'lists hold amounts with a fraction',
    group: 'shapes',
    lie: onAnswer(isList, swap(/("amountInCents":\d+)/g, '$1.5')),
    fails: [
      'a list of payments has the published envelope, and payments of a published shape',
      'a completed payment has a receipt with its transaction, and a pending one has none',
    ],
  },
  {
    what: 'the payer owes less than the amount',
    group: 'shapes',
    lie: onAnswer(isCreate, swap(/"amountDueCents":\d+/g, '"amountDueCents":1')),
    fails: [
      'quotes are worth what is due at their rate, and belong to their payment',
      'fees: the payer owes at least the amount, the merchant gets at most the amount',
    ],
  },
  {
    what: 'balances are off by a decimal',
    group: 'shapes',
    lie: onAnswer(
      ({ path }) => path.endsWith('/wallet/balances'),
      swap(/("amountRaw":"\d+)/g, '$10'),
    ),
    fails: ['wallet balances have the published shape'],
  },
  {
    what: 'the registry shows a blocked token',
    group: 'registry',
    lie: onAnswer(
      ({ path }) => path.startsWith('/v1/external/tokens?'),
      swap(/"status":"active"/g, '"status":"blocked"'),
    ),
    fails: ['tokens are listed without a key, active ones only, each with its chain'],
  },
  {
    what: 'the registry ignores filters',
    group: 'registry',
    lie: {
      ask: (asked) => ({
        ...asked,
        path: asked.path.replace(/(?<=tokens\?)(symbol|chainId|contractAddress)=[^&]*/, ''),
      }),
    },
    fails: ['tokens are filtered by chain, by symbol in any case and by address in any case'],
  },
  {
    what: 'payers see what the merchant gets',
    group: 'payer',
    lie: onAnswer(
      ({ path }) => path.includes('/payment-secret-auth/'),
      swap('"currency":', '"amountMerchantNetCents":1,"currency":'),
    ),
    fails: ['the payment secret opens the payment, without what the merchant gets'],
  },
  {
    what: 'any payment secret opens any payment',
    group: 'payer',
    lie: onAnswer(
      ({ path }) => path.includes('/payment-secret-auth/'),
      (told) => (told.status === 401 ? { status: 200, body: '{}' } : told),
    ),
    fails: [
      'a missing or wrong payment secret, the merchant key and the secret of another payment are 401',
    ],
  },
  {
    what: 'quotes are always in the default token',
    group: 'payer',
    lie: {
      ask: (asked) =>
        asked.path.endsWith('/quotes') ? { ...asked, body: asked.body && '{}' } : asked,
    },
    fails: [
      'a quote is made in the token that is named, for what is due at its rate',
      'a quote in a token that does not exist is refused',
    ],
  },
  {
    what: 'withdrawals ignore their idempotency key',
    group: 'withdrawals',
    lie: { ask: (asked) => (asked.path === withdrawals ? withoutKey(asked) : asked) },
    fails: ['a withdrawal is created, read and listed, and its key repeated creates no second one'],
  },
  {
    what: 'withdrawals to bad addresses are accepted',
    group: 'withdrawals',
    lie: {
      ask: (asked) => ({ ...asked, body: asked.body.replace('"0x123"', `"0x${'12'.repeat(20)}"`) }),
    },
    fails: ['a withdrawal to a bad address is refused'],
  },
  {
    what: 'a wrong key opens everything',
    group: 'errors',
    lie: { ask: withKeyInsteadOf(/wrong/) },
    fails: ['a wrong secret key is 401'],
  },
  {
    what: 'one merchant reads the payments of another',
    group: 'errors',
    lie: { ask: withKeyInsteadOf(/other/) },
    fails: ['the payment of another merchant is 404, and in no list'],
  },
  {
    what: 'merchants share their idempotency keys',
    group: 'idempotency',
    lie: { ask: withKeyInsteadOf(/other/) },
    fails: ['a key used by one merchant is free for another'],
  },
  {
    what: 'a key of any kind is not asked for',
    group: 'errors',
    lie: {
      ask: (asked) => ({
        ...asked,
        headers: { ...asked.headers, 'x-spacepay-secret-key': 'sk_test_sandbox_merchant' },
      }),
    },
    fails: [
      'a missing secret key is 401 on every merchant route',
      'a wrong secret key is 401',
      'the secret key as a bearer token is 401',
      'the payment of another merchant is 404, and in no list',
    ],
  },
  {
    what: 'an unknown payment is a defect',
    group: 'errors',
    lie: onAnswer(
      ({ path }) => path.startsWith(`${payments}/`),
      (told) => (told.status === 404 ? { ...told, status: 500 } : told),
    ),
    fails: ['an unknown payment is 404', 'the payment of another merchant is 404, and in no list'],
  },
  {
    what: 'a refusal is a page of HTML',
    group: 'errors',
    lie: onAnswer(
      ({ path }) => path.startsWith(`${withdrawals}/`),
      (told) => (told.status === 404 ? { ...told, body: '<h1>Not found</h1>' } : told),
    ),
    fails: ['an unknown withdrawal is 404'],
  },
  {
    what: 'small amounts are raised to the minimum',
    group: 'errors',
    lie: {
      ask: (asked) => ({ ...asked, body: asked.body.replace('"amount":1,', '"amount":250,') }),
    },
    fails: ['a payment with an amount of one cent is refused'],
  },
  {
    what: 'a repeated key creates a second payment',
    group: 'idempotency',
    lie: { ask: withoutKey },
    fails: [
      'the same key and body again answer the first payment, its secret included',
      'the same body written in another order and spacing counts as the same',
      'the same key with another body is 409',
      'the same key sent many times at once creates one payment',
    ],
  },
  {
    what: 'a key with another body answers the first payment',
    group: 'idempotency',
    lie: {
      ask: (asked) => ({ ...asked, body: asked.body.replace('"amount":15000', '"amount":14999') }),
    },
    fails: ['the same key with another body is 409'],
  },
  {
    what: 'without a key the body is the key',
    group: 'idempotency',
    lie: {
      ask: (asked) =>
        isCreate(asked) && asked.headers['idempotency-key'] === undefined
          ? {
              ...asked,
              headers: { ...asked.headers, 'idempotency-key': asked.body.slice(0, 200) },
            }
          : asked,
    },
    fails: ['another key, or none, creates another payment from the same body'],
  },
  {
    what: 'a key taken on one route is taken on all',
    group: 'idempotency',
    lie: onAnswer(
      ({ path }) => path === withdrawals,
      () => ({ status: 409, body: '{"code":"idempotency_conflict","message":"Taken."}' }),
    ),
    fails: ['a key used for a payment is free for a withdrawal'],
  },
  {
    what: 'pages are shifted by a row',
    group: 'pagination',
    lie: {
      ask: (asked) => ({
        ...asked,
        path: asked.path.replace(
          /offset=([1-9]\d*)/,
          (_, offset: string) => `offset=${Number(offset) - 1}`,
        ),
      }),
    },
    fails: [
      'pages walked by createdAt ASC are the one large page: nothing twice, nothing left out',
      'limit, offset, hasMore, totalPages and currentPage agree with each other and the rows',
    ],
  },
  {
    what: 'pages leave a row out between them',
    group: 'pagination',
    lie: {
      ask: (asked) => ({
        ...asked,
        path: asked.path.replace(/(limit=3&offset=)3$/, '$14'),
      }),
      answer: swap('"offset":4,', '"offset":3,'),
    },
    fails: [
      'pages walked by createdAt ASC are the one large page: nothing twice, nothing left out',
    ],
  },
  {
    what: 'there is always more',
    group: 'pagination',
    lie: onAnswer(isList, swap('"hasMore":false', '"hasMore":true')),
    fails: [
      'limit, offset, hasMore, totalPages and currentPage agree with each other and the rows',
    ],
  },
  {
    what: 'pages are counted from zero',
    group: 'pagination',
    lie: onAnswer(isList, swap('"currentPage":2', '"currentPage":1')),
    fails: [
      'limit, offset, hasMore, totalPages and currentPage agree with each other and the rows',
    ],
  },
  {
    what: 'the sort order is ignored',
    group: 'pagination',
    lie: {
      ask: (asked) => ({ ...asked, path: asked.path.replace('sortOrder=ASC', 'sortOrder=DESC') }),
    },
    fails: ['payments are sorted by time and by amount, both ways'],
  },
  {
    what: 'the status filter is ignored',
    group: 'pagination',
    lie: { ask: (asked) => ({ ...asked, path: asked.path.replace(/status=(?!paid)\w+/, '') }) },
    fails: [
      'each status filters payments by that status',
      'search finds a payment by its id, together with a status',
    ],
  },
  {
    what: 'the type filter is ignored',
    group: 'pagination',
    lie: { ask: (asked) => ({ ...asked, path: asked.path.replace(/type=(?!gift)\w+/, '') }) },
    fails: ['type filters payments and deposits'],
  },
  {
    what: 'a list of 1,001 is cut to 1,000 in silence',
    group: 'pagination',
    lie: { ask: (asked) => ({ ...asked, path: asked.path.replace('limit=1001', 'limit=1000') }) },
    fails: ['limit is 1 to 1000 on every list, and offset from 0'],
  },
  {
    what: 'webhooks are signed with another secret',
    group: 'webhooks',
    lie: onAnswer(
      ({ path }) => path === '/__sandbox/webhooks',
      swap(/("secretKeyOnlyOnce":")[^"]*/g, '$1whsec_of_somebody_else'),
    ),
    fails: [
      'the signature is the hex HMAC-SHA256 of the timestamp header, a dot and the raw body',
      'an event answered with 500 is told again: the same event, a new delivery, signed anew',
      'a payment that is paid is told as payment.updated, and the API agrees',
      'a new withdrawal is told as withdrawal.created',
    ],
  },
  {
    what: 'webhooks leave out the event id',
    group: 'webhooks',
    lie: hook((headers) => ({ ...headers, 'x-spacepay-event-id': '' })),
    fails: [
      'a new payment is told, with all five headers',
      'every event has an id of its own, every delivery too, and the endpoint one id for all',
    ],
  },
  {
    what: 'every attempt of an event has an event id of its own',
    group: 'webhooks',
    lie: hook((headers) => ({
      ...headers,
      'x-spacepay-event-id': headers['x-spacepay-delivery-id'] ?? '',
    })),
    fails: [
      'an event answered with 500 is told again: the same event, a new delivery, signed anew',
    ],
  },
  {
    what: 'all deliveries have one id',
    group: 'webhooks',
    lie: hook((headers) => ({ ...headers, 'x-spacepay-delivery-id': 'one' })),
    fails: [
      'every event has an id of its own, every delivery too, and the endpoint one id for all',
      'an event answered with 500 is told again: the same event, a new delivery, signed anew',
    ],
  },
  {
    what: 'webhooks are not told again',
    group: 'webhooks',
    lie: { webhookAnswer: () => ({ status: 200, body: '' }) },
    fails: [
      'an event answered with 500 is told again: the same event, a new delivery, signed anew',
    ],
  },
]

/** Whoever shows a key of this kind is taken for the main merchant. */
function withKeyInsteadOf(kind: RegExp) {
  return (asked: Asked): Asked =>
    kind.test(asked.headers['x-spacepay-secret-key'] ?? '')
      ? {
          ...asked,
          headers: { ...asked.headers, 'x-spacepay-secret-key': 'sk_test_sandbox_merchant' },
        }
      : asked
}

function withoutKey(asked: Asked): Asked {
  const { 'idempotency-key': _, ...headers } = asked.headers
  return { ...asked, headers }
}

function hook(change: (headers: Asked['headers']) => Asked['headers']): Lie {
  return { webhook: (asked) => ({ ...asked, headers: change(asked.headers) }) }
}

describe('a service that lies is found out, by the check about it', () => {
  test.each(lies)('$group: $what', async ({ group, lie, fails }) => {
    await using sandbox = await startSandbox(hurried)
    await using proxy = await startLyingProxy(sandbox.url, lie)
    const webhooks = { registered: null, waitMs: 1_500 }
    const results = await runChecks(optionsFor(proxy.url, { webhooks }), { groups: [group] })
    expect(failedNames(results)).toStrictEqual(fails)
  })

  test('a proxy that tells no lie passes, so that the lies above are what is found', async () => {
    await using sandbox = await startSandbox({ ...hurried, historyCount: 400 })
    const honest: Lie = { webhook: (asked) => asked }
    await using proxy = await startLyingProxy(sandbox.url, honest)
    expect(notPassed(await runChecks(optionsFor(proxy.url)))).toStrictEqual([])
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

  test('but not in two that disagree', async () => {
    await using sandbox = await startSandbox(hurried)
    await using proxy = await startLyingProxy(sandbox.url, {
      answer: (told) => swap('"statusCode":404', '"statusCode":400')(told),
    })
    const results = await runChecks(optionsFor(proxy.url), { groups: ['errors'] })
    expect(failedNames(results)).toStrictEqual([
      'an unknown payment is 404',
      'an unknown withdrawal is 404',
      'the payment of another merchant is 404, and in no list',
    ])
  })
})
