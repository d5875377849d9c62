import { describe, expect, test } from 'vitest'
import { startSandbox } from '../start-sandbox.ts'
import { clientOf, paymentsPath, withdrawalsPath } from '../testing/sandbox-client.ts'

const payment = { amount: 14_999, currency: 'USD', orderId: 'ORDER-1' }
const withdrawal = {
  amountInCents: 5_000,
  chainId: 84532,
  recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
}
const invalid = 'invalid_request_error'

interface Row {
  readonly what: string
  readonly method?: string
  readonly path: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  readonly status: number
  readonly type: string
  readonly code: string
  readonly flat: string
  readonly param?: string
}

const bad400 = { status: 400, type: invalid, flat: 'invalid_request' }
const bad422 = { status: 422, type: invalid, flat: 'validation_error' }
const bad401 = {
  status: 401,
  type: 'authentication_error',
  code: 'invalid_api_key',
  flat: 'unauthorized',
}
const bad404 = { status: 404, type: 'not_found_error', flat: 'not_found' }
const create = { method: 'POST', path: paymentsPath }
const withdraw = { method: 'POST', path: withdrawalsPath }

const rows: readonly Row[] = [
  { what: 'malformed JSON', ...create, body: '{"amount":', ...bad400, code: 'parameter_invalid' },
  { what: 'an empty body', ...create, body: '', ...bad400, code: 'parameter_invalid' },
  { what: 'a body that is no object', ...create, body: '[]', ...bad400, code: 'parameter_invalid' },
  {
    what: 'a missing amount',
    ...create,
    body: { ...payment, amount: undefined },
    ...bad400,
    code: 'parameter_missing',
    param: 'amount',
  },
  {
    what: 'a missing order id',
    ...create,
    body: { ...payment, orderId: undefined },
    ...bad400,
    code: 'parameter_missing',
    param: 'orderId',
  },
  {
    what: 'a missing currency',
    ...create,
    body: { ...payment, currency: undefined },
    ...bad400,
    code: 'parameter_missing',
    param: 'currency',
  },
  {
    what: 'an amount in text',
    ...create,
    body: { ...payment, amount: '149.99' },
    ...bad400,
    code: 'parameter_invalid',
    param: 'amount',
  },
  {
    what: 'a fraction of a cent',
    ...create,
    body: { ...payment, amount: 300.5 },
    ...bad400,
    code: 'parameter_invalid',
    param: 'amount',
  },
  {
    what: 'another currency',
    ...create,
    body: { ...payment, currency: 'EUR' },
    ...bad400,
    code: 'parameter_invalid',
    param: 'currency',
  },
  {
    what: 'metadata as an object',
    ...create,
    body: { ...payment, customMetadata: { a: 1 } },
    ...bad400,
    code: 'parameter_invalid',
    param: 'customMetadata',
  },
  {
    what: 'metadata of 2,049 characters',
    ...create,
    body: { ...payment, customMetadata: 'x'.repeat(2_049) },
    ...bad400,
    code: 'parameter_invalid',
    param: 'customMetadata',
  },
  {
    what: 'an order id of 256 characters',
    ...create,
    body: { ...payment, orderId: 'x'.repeat(256) },
    ...bad400,
    code: 'parameter_invalid',
    param: 'orderId',
  },
  {
    what: 'an amount that is too low',
    ...create,
    body: { ...payment, amount: 249 },
    ...bad422,
    code: 'invalid_amount',
    param: 'amount',
  },
  {
    what: 'an amount that is too high',
    ...create,
    body: { ...payment, amount: 100_000_001 },
    ...bad422,
    code: 'invalid_amount',
    param: 'amount',
  },
  {
    what: 'a withdrawal that is too small',
    ...withdraw,
    body: { ...withdrawal, amountInCents: 99 },
    ...bad422,
    code: 'invalid_amount',
    param: 'amountInCents',
  },
  {
    what: 'a withdrawal of more than there is',
    ...withdraw,
    body: { ...withdrawal, amountInCents: 90_000_000 },
    ...bad422,
    code: 'insufficient_funds',
    param: 'amountInCents',
  },
  {
    what: 'a withdrawal to no address',
    ...withdraw,
    body: { ...withdrawal, recipientAddress: '0x123' },
    ...bad422,
    code: 'invalid_recipient_address',
    param: 'recipientAddress',
  },
  {
    what: 'a withdrawal to an address with a wrong checksum',
    ...withdraw,
    body: { ...withdrawal, recipientAddress: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD' },
    ...bad422,
    code: 'invalid_recipient_address',
    param: 'recipientAddress',
  },
  {
    what: 'a withdrawal on an unknown chain',
    ...withdraw,
    body: { ...withdrawal, chainId: 5 },
    ...bad400,
    code: 'parameter_invalid',
    param: 'chainId',
  },
  {
    what: 'a withdrawal without an address',
    ...withdraw,
    body: { ...withdrawal, recipientAddress: undefined },
    ...bad400,
    code: 'parameter_missing',
    param: 'recipientAddress',
  },
  {
    what: 'an empty secret key',
    path: paymentsPath,
    headers: { 'X-SpacePay-Secret-Key': '' },
    ...bad401,
  },
  {
    what: 'a wrong secret key',
    path: paymentsPath,
    headers: { 'X-SpacePay-Secret-Key': 'sk_test_other' },
    ...bad401,
  },
  {
    what: 'an unknown payment',
    path: `${paymentsPath}/nope`,
    ...bad404,
    code: 'payment_not_found',
  },
  {
    what: 'an unknown withdrawal',
    path: `${withdrawalsPath}/nope`,
    ...bad404,
    code: 'withdrawal_not_found',
  },
  {
    what: 'an unknown status in a list',
    path: `${paymentsPath}?status=paid`,
    ...bad400,
    code: 'parameter_invalid',
    param: 'status',
  },
  {
    what: 'a list of 1,001',
    path: `${paymentsPath}?limit=1001`,
    ...bad400,
    code: 'parameter_invalid',
    param: 'limit',
  },
  {
    what: 'a negative offset',
    path: `${paymentsPath}?offset=-1`,
    ...bad400,
    code: 'parameter_invalid',
    param: 'offset',
  },
  {
    what: 'a sort order in lower case',
    path: `${paymentsPath}?sortOrder=asc`,
    ...bad400,
    code: 'parameter_invalid',
    param: 'sortOrder',
  },
]

describe('a refusal says the same in every published shape', () => {
  test.each(rows)('$what: $status $code', async (row) => {
    await using sandbox = await startSandbox()
    const answer = await clientOf(sandbox).call(row.method ?? 'GET', row.path, {
      ...(row.body !== undefined && { body: row.body }),
      ...(row.headers && { headers: row.headers }),
    })
    const message = expect.stringMatching(/./)
    expect(answer.status).toBe(row.status)
    expect(answer.body).toStrictEqual({
      error: {
        type: row.type,
        code: row.code,
        message,
        ...(row.param !== undefined && { param: row.param }),
      },
      code: row.flat,
      message,
      statusCode: row.status,
      requestId: answer.headers.get('x-request-id'),
    })
  })
})

describe('a mistake that many make gets a hint', () => {
  test('the short path of the marketing page', async () => {
    await using sandbox = await startSandbox()
    const answer = await clientOf(sandbox).post('/v1/payments', payment)
    expect(answer).toMatchObject({
      status: 404,
      body: { message: expect.stringContaining('/v1/external/secretkey-auth/payments') },
    })
  })

  test('the secret key as a bearer token', async () => {
    await using sandbox = await startSandbox()
    const response = await fetch(sandbox.url + paymentsPath, {
      headers: { Authorization: `Bearer ${sandbox.secretKey}` },
    })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({
      message: expect.stringContaining('X-SpacePay-Secret-Key'),
    })
  })
})

describe('switched off for the merchant', () => {
  test('deposits and withdrawals are refused by name', async () => {
    await using sandbox = await startSandbox({
      overrides: { depositsEnabled: false, withdrawalsEnabled: false },
    })
    const client = clientOf(sandbox)
    expect(await client.post(paymentsPath, { ...payment, type: 'deposit' })).toMatchObject({
      status: 422,
      body: { code: 'validation_error', error: { code: 'deposits_disabled' } },
    })
    expect(await client.post(withdrawalsPath, withdrawal)).toMatchObject({
      status: 422,
      body: { error: { code: 'withdrawals_disabled' } },
    })
  })
})

describe('the rate limit', () => {
  test('refuses the request over the limit, says when to come back, and lets it in then', async () => {
    await using sandbox = await startSandbox({ rateLimit: { requests: 3, windowMs: 400 } })
    const client = clientOf(sandbox)
    for (let sent = 0; sent < 3; sent += 1) {
      expect((await client.get(paymentsPath)).status).toBe(200)
    }
    const refused = await client.get(paymentsPath)
    expect(refused).toMatchObject({
      status: 429,
      body: { code: 'rate_limited', error: { type: 'rate_limit_error', code: 'rate_limited' } },
    })
    expect(Number(refused.headers.get('retry-after'))).toBe(1)
    await expect.poll(async () => (await client.get(paymentsPath)).status).toBe(200)
  })

  test('does not count callers without the key', async () => {
    await using sandbox = await startSandbox({ rateLimit: { requests: 1, windowMs: 60_000 } })
    const client = clientOf(sandbox)
    const stranger = { 'X-SpacePay-Secret-Key': 'sk_test_other' }
    expect((await client.get(paymentsPath, stranger)).status).toBe(401)
    expect((await client.get(paymentsPath)).status).toBe(200)
  })
})
