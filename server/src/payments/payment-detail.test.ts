import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PaymentDetail } from '@desk/shared/payments/payment-detail'
import { actorWith, contextOf } from '../kernel/context.fixtures.ts'
import { createCallerFactory } from '../kernel/trpc.ts'
import { appRouter } from '../app-router.ts'
import { type TestDatabase, testDatabase } from '../testing/test-database.ts'
import { insertPayments } from './payment-rows.fixtures.ts'
import { statementsOf, supportCalls } from './payments.fixtures.ts'

const id = 'pay_1'
const hash = `0x${'ab12'.repeat(16)}`
const fullBody = '{ "id": "pay_1", "big": 12345678901234567890, "a": "\\u0000" }'

let database: TestDatabase
let detail: PaymentDetail
beforeAll(async () => {
  database = await testDatabase()
  await arrange()
  detail = await supportCalls(database.db).detail({ id })
})
afterAll(() => database[Symbol.asyncDispose]())

describe('a payment in full', () => {
  test('has its quotes newest first, those without a time last', () => {
    expect(detail.quotes.map((quote) => quote.id)).toEqual(['q_new', 'q_old', 'q_undated'])
    expect(detail.quotes[1]).toMatchObject({
      token: { symbol: 'USDC', decimals: 6, contractAddress: '0xc0ffee' },
      expectedBaseUnits: '89500000',
      amountDueCents: 8_950,
      rate: '1.0000',
    })
  })

  test('has what the chain says, digit for digit, with the token of the quote it settled', () => {
    expect(detail.receipt).toMatchObject({
      txHash: hash,
      receivedBaseUnits: '87400000',
      receivedUsd: '87.40',
      blockNumber: '123456789012345678901234567890',
      token: { symbol: 'USDC', contractAddress: '0xc0ffee' },
    })
  })

  test('tells what each source last said by when it was so, not by when it reached us', () => {
    expect(detail.webhookStory).toMatchObject({
      status: 'failed',
      learnedAt: '2026-11-22T14:26:33.000Z',
    })
    expect(detail.apiStory).toMatchObject({ source: 'api', status: 'failed' })
  })

  test('has the last answer of the API and the last webhook as they came, but for secrets', () => {
    expect(detail.rawAnswer).toBe(fullBody)
    expect(detail.rawWebhook).toBe('{"event":"failed","secret":"[hidden]"}')
  })

  test('has been processing since its money was seen', () => {
    expect(detail.processingSince).toBe('2026-11-22T14:25:51.000Z')
  })

  test('lists its deliveries newest first with repeats counted, not listed', () => {
    expect(
      detail.deliveries.map(({ eventId, duplicates, verdict }) => ({
        eventId,
        duplicates,
        verdict,
      })),
    ).toEqual([
      { eventId: 'evt_failed', duplicates: 2, verdict: 'valid' },
      { eventId: 'evt_created', duplicates: 0, verdict: 'valid' },
    ])
  })

  test('tells its story in sentences, oldest first', () => {
    expect(
      detail.timeline.map(({ at, kind, text }) => `${at.slice(11, 19)} ${kind}: ${text}`),
    ).toEqual([
      '14:14:02 created: Payment created for $89.50 with order ORDER-88269.',
      '14:14:03 webhook: Webhook payment.created said pending.',
      '14:14:10 quoted: Quoted 89.50 USDC on Ethereum, valid 10 minutes.',
      '14:15:00 api_read: SpacePay’s API said pending.'.replace('’', "'"),
      '14:17:40 quoted: Quoted ETH on Base, valid 45 seconds.',
      '14:25:51 seen_on_chain: 87.40 USDC seen on chain on Ethereum, 2.10 USDC ($2.10) less than quoted.',
      '14:26:30 confirmed: Transaction confirmed with 12 of 12 confirmations.',
      '14:26:33 webhook: Webhook payment.updated said failed, delivered 2 times more.',
      "14:26:34 api_read: SpacePay's API said failed.",
    ])
    expect(detail.timeline[5]?.txHash).toBe(hash)
  })

  test('takes the same number of statements however long its history', async () => {
    const { owner, url } = database
    const before = await statementsOf(url, (calls) => calls.detail({ id }))
    const more = Array.from({ length: 500 }, (_, index) => index)
    await owner
      .insertInto('observation')
      .values(more.map((index) => observation(`more_${index}`, { learned: '15:00:00' })))
      .execute()
    await owner
      .insertInto('quote')
      .values(more.map((index) => ({ ...anyQuote, id: `q_more_${index}`, token_symbol: 'USDT' })))
      .execute()
    const after = await statementsOf(url, (calls) => calls.detail({ id }))
    expect(before.length).toBeGreaterThan(0)
    expect(after.length).toBe(before.length)
  })

  test('stops at 200 of each kind, and still knows what the API said', async () => {
    const long = await supportCalls(database.db).detail({ id })
    expect(long.quotes).toHaveLength(200)
    expect(long.timeline.length).toBeLessThan(300)
    expect(long).toMatchObject({ rawAnswer: fullBody, apiStory: { status: 'failed' } })
  })
})

describe('a payment that is barely known', () => {
  test('is whole without quotes, receipt, observations or deliveries', async () => {
    await insertPayments(database.owner, [{ id: 'bare', amount_cents: null, type: 'deposit' }])
    const bare = await supportCalls(database.db).detail({ id: 'bare' })
    expect(bare).toMatchObject({
      quotes: [],
      receipt: null,
      webhookStory: null,
      apiStory: null,
      apiReadAt: null,
      processingSince: null,
      rawAnswer: null,
      rawWebhook: null,
      deliveries: [],
    })
    expect(bare.timeline.map(({ text }) => text)).toEqual(['Deposit created with an open amount.'])
  })

  test('has been processing since somebody first said so, where no money was told of', async () => {
    await insertPayments(database.owner, [{ id: 'waiting', status: 'processing' }])
    await database.owner
      .insertInto('observation')
      .values(
        (['14:31:00', '14:30:00', '14:32:00'] as const).map((learned) => ({
          ...observation(`waiting ${learned}`, { status: 'processing', learned }),
          payment_id: 'waiting',
        })),
      )
      .execute()
    const { processingSince } = await supportCalls(database.db).detail({ id: 'waiting' })
    expect(processingSince).toBe('2026-11-22T14:30:00.000Z')
  })

  test('keeps the last answer with something in it when the API knows the payment no more', async () => {
    await insertPayments(database.owner, [{ id: 'gone' }])
    const answer = { source: 'api', payment_id: 'gone' } as const
    await database.owner
      .insertInto('observation')
      .values([
        { ...observation('told', { learned: '14:30:00' }), ...answer, extent: 'full' },
        {
          ...observation('not known', { status: 'not_found', learned: '14:31:00' }),
          ...answer,
          extent: 'missing',
        },
      ])
      .execute()
    expect(await supportCalls(database.db).detail({ id: 'gone' })).toMatchObject({
      rawAnswer: '{"event":"told"}',
      apiStory: { status: 'not_found' },
    })
  })

  test('is refused by name when Desk does not have it, with the way out', async () => {
    await expect(supportCalls(database.db).detail({ id: 'pay_nowhere' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      cause: { code: 'payment_unknown' },
      message: expect.stringContaining('Refresh from SpacePay'),
    })
  })
})

describe('refreshing', () => {
  test('answers with the payment as it is after SpacePay was asked', async () => {
    const calls = callsWith({
      refresh: async () => {
        await database.owner
          .updateTable('payment')
          .set({ status: 'completed' })
          .where('id', '=', id)
          .execute()
        return { outcome: 'read', changed: true }
      },
    })
    expect(await calls.refresh({ id })).toMatchObject({ id, status: 'completed' })
  })

  test.each([
    [{ outcome: 'unknown_to_spacepay' as const }, 'payment_unknown_to_spacepay'],
    [{ outcome: 'unavailable' as const, reason: 'It timed out.' }, 'spacepay_unavailable'],
  ])('never passes the old row off as fresh: %j', async (outcome, code) => {
    const calls = callsWith({ refresh: async () => outcome })
    await expect(calls.refresh({ id })).rejects.toMatchObject({ cause: { code } })
  })

  test('is not for auditors, who change nothing', async () => {
    const calls = createCallerFactory(appRouter)(contextOf(database.db, actorWith(['auditor'])))
    await expect(calls.payments.refresh({ id })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(calls.payments.detail({ id })).resolves.toMatchObject({ id })
  })

  test('looking at a payment has SpacePay asked behind the answer', async () => {
    const asked: string[] = []
    const calls = callsWith({ readThrough: (one) => asked.push(one) })
    await calls.detail({ id })
    expect(asked).toEqual([id])
  })
})

function callsWith(payments: Partial<ReturnType<typeof contextOf>['payments']>) {
  const context = contextOf(database.db, actorWith(['support']))
  const create = createCallerFactory(appRouter)
  return create({ ...context, payments: { ...context.payments, ...payments } }).payments
}

const anyQuote = { payment_id: id, token_is_native: false, status: 'expired' }

const at = (time: string) => `2026-11-22T${time}Z`

async function arrange(): Promise<void> {
  const { owner } = database
  await insertPayments(owner, [
    {
      id,
      order_id: 'ORDER-88269',
      status: 'failed',
      amount_cents: 8_950,
      created_at: at('14:14:02'),
      custom_metadata: '{"customer_id":"cust_4829"}',
    },
  ])
  await owner
    .insertInto('quote')
    .values([
      { ...anyQuote, id: 'q_undated', token_symbol: 'USDT' },
      {
        ...anyQuote,
        id: 'q_old',
        status: 'used',
        token_symbol: 'USDC',
        token_decimals: 6,
        contract_address: '0xc0ffee',
        network: 'eip155:1',
        expected_base_units: '89500000',
        amount_due_cents: 8_950,
        rate: '1.0000',
        created_at: at('14:14:10'),
        expires_at: at('14:24:10'),
      },
      {
        ...anyQuote,
        id: 'q_new',
        token_symbol: 'ETH',
        network: 'eip155:8453',
        created_at: at('14:17:40'),
        expires_at: at('14:18:25'),
      },
    ])
    .execute()
  await owner
    .insertInto('receipt')
    .values({
      payment_id: id,
      tx_hash: hash,
      block_number: '123456789012345678901234567890',
      transaction_at: at('14:25:51'),
      completed_at: at('14:26:30'),
      token_symbol: 'USDC',
      token_decimals: 6,
      network: 'eip155:1',
      quote_id: 'q_old',
      received_base_units: '87400000',
      received_usd: '87.40',
      confirmations: 12,
      required_confirmations: 12,
    })
    .execute()
  await owner
    .insertInto('observation')
    .values([
      {
        ...observation('failed', { status: 'failed', occurred: '14:26:30', learned: '14:26:33' }),
        body: '{"event":"failed","secret":"ps_9f3c"}',
      },
      // Overtaken on its way: older, but learned later.
      observation('processing', {
        status: 'processing',
        occurred: '14:26:00',
        learned: '14:29:00',
      }),
      { ...observation('api_1', { learned: '14:15:00' }), source: 'api', extent: 'full' },
      {
        ...observation('api_2', { status: 'failed', learned: '14:26:34' }),
        source: 'api',
        extent: 'full',
        body: fullBody,
      },
    ])
    .execute()
  const { id: failed } = await owner
    .insertInto('webhook_delivery')
    .values([
      delivery('evt_created', {
        status: 'pending',
        event_type: 'payment.created',
        received: '14:14:03',
      }),
      delivery('evt_failed', {
        status: 'failed',
        event_type: 'payment.updated',
        received: '14:26:33',
      }),
    ])
    .returning('id')
    .execute()
    .then((rows) => rows[1] ?? { id: 0 })
  const repeat = { verdict: 'duplicate' as const, duplicate_of: failed }
  await owner
    .insertInto('webhook_delivery')
    .values([
      { ...delivery('evt_failed', { received: '14:27:33' }), ...repeat },
      { ...delivery('evt_failed', { received: '14:29:33' }), ...repeat },
    ])
    .execute()
}

function observation(
  name: string,
  {
    status = 'pending',
    occurred,
    learned,
  }: { status?: string; occurred?: string; learned: string },
) {
  const sha = createHash('sha256').update(name).digest()
  return {
    payment_id: id,
    source: 'webhook' as 'webhook' | 'api',
    extent: 'minimal' as 'minimal' | 'full',
    status,
    amount_cents: 8_950,
    occurred_at: at(occurred ?? learned),
    learned_at: at(learned),
    body_sha256: sha,
    facts_sha256: sha,
    body: `{"event":"${name}"}`,
  }
}

function delivery(
  event: string,
  {
    received,
    status = null,
    event_type = null,
  }: { received: string; status?: string | null; event_type?: string | null },
) {
  const sha = createHash('sha256')
    .update(event + received)
    .digest()
  return {
    event_id: event,
    timestamp_header: '1',
    received_at: at(received),
    signature_header: 's',
    headers: '{}',
    body: Buffer.from('{}'),
    body_sha256: sha,
    signed_sha256: sha,
    secret_id: 'one',
    verdict: 'valid' as const,
    event_type,
    status,
    payment_id: id,
  }
}
