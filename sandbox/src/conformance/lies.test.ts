import { describe, expect, test } from 'vitest'
import { startSandbox } from '../start-sandbox.ts'
import type { GroupName } from './check.ts'
import { type Asked, type Lie, startLyingProxy, type Told } from './lying-proxy.ts'
import { runChecks } from './run-checks.ts'
import { failedNames, hurried, optionsFor } from './testing-trial.ts'

const payments = '/v1/external/secretkey-auth/payments'
const withdrawals = '/v1/external/secretkey-auth/withdrawals'
const chains = '/v1/external/chains'

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
    what: 'the OpenAPI document leaves payments out',
    group: 'shapes',
    lie: onAnswer(({ path }) => path === '/docs/swagger.json', swap(payments, '/v1/other')),
    fails: ['the OpenAPI document is served, and describes payments'],
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
    what: 'a new payment forgets its order id',
    group: 'shapes',
    lie: onAnswer(isCreate, swap(/"orderId":"CONFORMANCE[^"]*"/g, '"orderId":null')),
    fails: [
      'a created payment has a published shape and repeats what was asked for',
      'a payment is read bare, and is the one that was created',
    ],
  },
  {
    what: 'nobody learns where to pay',
    group: 'shapes',
    lie: onAnswer(isCreate, swap(/"depositAddress":\{[^}]*\},/g, '')),
    fails: [
      'a payment can be paid: it or one of its quotes has a deposit address',
      'a deposit needs no amount, and one customer keeps one deposit address',
    ],
  },
  {
    what: 'a returning customer is not known',
    group: 'shapes',
    lie: {
      ask: (asked) => ({ ...asked, body: asked.body.replace('"customerRefId"', '"ignored"') }),
    },
    fails: ['a deposit needs no amount, and one customer keeps one deposit address'],
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
    what: 'the registry lists chains that are off',
    group: 'registry',
    lie: onAnswer(({ path }) => path === chains, swap('"isEnabled":true', '"isEnabled":false')),
    fails: ['chains are listed without a key, enabled ones only, each once'],
  },
  {
    what: 'chains are not found by the id they are listed with',
    group: 'registry',
    lie: { ask: (asked) => ({ ...asked, path: asked.path.replace(/chains\/.*/, 'chains/0') }) },
    fails: ['a chain is found by the id it is listed with'],
  },
  {
    what: 'one token is taken for another',
    group: 'registry',
    lie: {
      ask: (asked) => ({
        ...asked,
        path: asked.path.replace(
          /tokens\/(?!0000).*/,
          'tokens/f9d14525-367d-4e16-b247-8d4ed23f1413',
        ),
      }),
    },
    fails: ['a token is found by its id'],
  },
  {
    what: 'what is unknown is empty',
    group: 'registry',
    lie: onAnswer(
      () => true,
      (told) => (told.status === 404 ? { status: 200, body: '{}' } : told),
    ),
    fails: ['an unknown chain and an unknown token are 404'],
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
    what: 'the status is a word of its own',
    group: 'payer',
    lie: onAnswer(({ path }) => path.endsWith('status'), swap('"pending"', '"open"')),
    fails: ['status answers id and status', 'refresh-status answers id and status'],
  },
  {
    what: 'quotes are listed in an envelope',
    group: 'payer',
    lie: onAnswer(
      ({ method, path }) => method === 'GET' && path.endsWith('/quotes'),
      (told) => ({ ...told, body: `{"data":${told.body}}` }),
    ),
    fails: ['a quote is made without naming a token, and is listed among the active ones'],
  },
  {
    what: 'the payment secret is as good as the key',
    group: 'payer',
    lie: {
      ask: (asked) =>
        asked.headers['x-spacepay-payment-secret'] === undefined ? asked : withMainKey(asked),
    },
    fails: ['the payment secret does not open the merchant’s routes'],
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
    what: 'a list of withdrawals does not say whether there is more',
    group: 'withdrawals',
    lie: onAnswer(
      ({ path }) => path.startsWith(`${withdrawals}?`) || path === withdrawals,
      swap('"hasMore":', '"more":'),
    ),
    fails: [
      'a list of withdrawals has the published envelope, and withdrawals of the published shape',
      'withdrawals are filtered by each status, and pages follow limit and offset',
      'a failed withdrawal says why, and a completed one has its receipt',
      'a withdrawal is created, read and listed, and its key repeated creates no second one',
    ],
  },
  {
    what: 'the status filter is ignored',
    group: 'withdrawals',
    lie: { ask: (asked) => ({ ...asked, path: asked.path.replace(/status=\w+/, '') }) },
    fails: [
      'withdrawals are filtered by each status, and pages follow limit and offset',
      'a failed withdrawal says why, and a completed one has its receipt',
    ],
  },
  {
    what: 'every withdrawal is accepted',
    group: 'withdrawals',
    lie: onAnswer(
      ({ method, path }) => method === 'POST' && path === withdrawals,
      (told) => (told.status < 400 ? told : { ...told, status: 201 }),
    ),
    fails: [
      'a withdrawal to a bad address is refused',
      'a withdrawal without an address is refused',
      'a withdrawal on an unknown chain is refused',
      'a withdrawal of nothing is refused',
      'a withdrawal of an amount in words is refused',
      'a withdrawal without an amount is refused',
      'a withdrawal above the maximum is refused',
      'a withdrawal is created, read and listed, and its key repeated creates no second one',
    ],
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
    what: 'a key of any kind is not asked for',
    group: 'errors',
    lie: { ask: withMainKey },
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
    what: 'every payment is accepted',
    group: 'errors',
    lie: onAnswer(isCreate, (told) =>
      told.status === 400 || told.status === 422 ? { ...told, status: 201 } : told,
    ),
    fails: [
      'a payment with malformed JSON is refused',
      'a payment with a body that is a list is refused',
      'a payment with an amount in text is refused',
      'a payment with a missing amount is refused',
      'a payment with a missing currency is refused',
      'a payment with a missing order id is refused',
      'a payment with another currency is refused',
      'a payment with an unknown type is refused',
      'a payment with metadata that is no text is refused',
      'a payment with an order id of 256 characters is refused',
      'a payment with an amount of one cent is refused',
      'a payment with a negative amount is refused',
      'a payment with an amount above the maximum is refused',
    ],
  },
  {
    what: 'merchants share their idempotency keys',
    group: 'idempotency',
    lie: { ask: withKeyInsteadOf(/other/) },
    fails: ['a key used by one merchant is free for another'],
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
    what: 'reading with a key repeats what the key created',
    group: 'idempotency',
    lie: onAnswer(
      ({ method, headers }) => method === 'GET' && headers['idempotency-key'] !== undefined,
      () => ({ status: 201, body: '{}' }),
    ),
    fails: ['reading ignores the key'],
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
    what: 'the oldest come first unless asked otherwise',
    group: 'pagination',
    lie: {
      ask: (asked) =>
        asked.path === payments ? { ...asked, path: `${payments}?sortOrder=ASC` } : asked,
    },
    fails: ['without parameters a page holds up to 100 payments, newest first'],
  },
  {
    what: 'what a query means is guessed',
    group: 'pagination',
    lie: {
      ask: (asked) => ({
        ...asked,
        path: asked.path.replace(/status=paid|type=gift|sortBy=mood|sortOrder=SIDEWAYS/, ''),
      }),
    },
    fails: ['an unknown status, type, sort field or order is refused'],
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
  {
    what: 'webhooks tell a time that was not signed',
    group: 'webhooks',
    lie: hook((headers) => ({ ...headers, 'x-spacepay-timestamp': '1600000000' })),
    fails: [
      'the signature is the hex HMAC-SHA256 of the timestamp header, a dot and the raw body',
      'the timestamp header is the time of sending, in seconds, milliseconds or ISO 8601',
      'an event answered with 500 is told again: the same event, a new delivery, signed anew',
      'a payment that is paid is told as payment.updated, and the API agrees',
      'a new withdrawal is told as withdrawal.created',
    ],
  },
  {
    what: 'webhooks tell another amount',
    group: 'webhooks',
    lie: {
      webhook: (asked) => ({
        ...asked,
        body: asked.body.replace('"amountInCents":14999', '"amountInCents":1'),
      }),
    },
    fails: [
      'the signature is the hex HMAC-SHA256 of the timestamp header, a dot and the raw body',
      'the body is { type, data, timestamp } with a snapshot of the payment, and no secret',
      'an event answered with 500 is told again: the same event, a new delivery, signed anew',
      'a payment that is paid is told as payment.updated, and the API agrees',
    ],
  },
]

/** Whoever shows a key of this kind is taken for the main merchant. */
function withKeyInsteadOf(kind: RegExp) {
  return (asked: Asked): Asked =>
    kind.test(asked.headers['x-spacepay-secret-key'] ?? '') ? withMainKey(asked) : asked
}

function withMainKey(asked: Asked): Asked {
  const headers = { ...asked.headers, 'x-spacepay-secret-key': 'sk_test_sandbox_merchant' }
  return { ...asked, headers }
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
    // Withdrawals that ended are rare in a short history.
    const historyCount = group === 'withdrawals' ? 400 : 80
    await using sandbox = await startSandbox({ ...hurried, historyCount })
    await using proxy = await startLyingProxy(sandbox.url, lie)
    const webhooks = { registered: null, waitMs: 4_000 }
    const results = await runChecks(optionsFor(proxy.url, { webhooks }), { groups: [group] })
    expect(failedNames(results)).toStrictEqual(fails)
  })
})

describe('what the sandbox’s own faults do is found too', () => {
  const found = async (fault: unknown, group: GroupName) => {
    await using sandbox = await startSandbox(hurried)
    await fetch(`${sandbox.url}/__sandbox/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    })
    const webhooks = { registered: null, waitMs: 2_000 }
    const results = await runChecks(optionsFor(sandbox.url, { webhooks }), { groups: [group] })
    return failedNames(results)
  }

  test('tampered webhooks do not fit their signature', async () => {
    const tamper = { on: 'webhook', effect: { kind: 'tamper' }, percent: 100 }
    expect(await found(tamper, 'webhooks')).toContain(
      'the signature is the hex HMAC-SHA256 of the timestamp header, a dot and the raw body',
    )
  })

  test('lost answers to create cost the key its meaning', async () => {
    const effect = { kind: 'malformed' }
    const lost = { on: 'payments.create', effect, phase: 'after', percent: 100 }
    expect(await found(lost, 'idempotency')).toContain(
      'the same key and body again answer the first payment, its secret included',
    )
  })

  test('a broken connection fails its check and no other', async () => {
    const reset = { on: 'payments.list', effect: { kind: 'reset' }, next: 1 }
    expect(await found(reset, 'shapes')).toStrictEqual([
      'a list of payments has the published envelope, and payments of a published shape',
    ])
  })

  test('429 is no fault, with or without Retry-After', async () => {
    const busy = { kind: 'status', status: 429 }
    expect(await found({ on: 'payments.create', effect: busy, next: 1 }, 'shapes')).toEqual([])
    const told = { ...busy, retryAfter: 1 }
    expect(await found({ on: 'payments.create', effect: told, next: 2 }, 'shapes')).toEqual([])
  })
})
