import { describe, expect, test } from 'vitest'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import type { WithdrawalSnapshot } from '@desk/shared/withdrawals/withdrawal-snapshot'
import { failureOf, GatewayError, type GatewayOutcome } from '../gateway/gateway-error.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { testDatabase } from '../testing/test-database.ts'
import { arrange, hire, network, noon, supplier, tie } from './asked-withdrawals.fixtures.ts'
import { learnWithdrawals } from './learn-withdrawals.ts'
import { resolveByPerson } from './resolve-by-person.ts'
import { resolveOnce } from './resolve-unclear.ts'
import { holdSending } from './sending-lock.ts'
import { sendWithdrawal } from './send-withdrawal.ts'
import { withdrawalAnswer } from './withdrawal-observations.ts'

type Told = Partial<WithdrawalSnapshot>
type Answer = Told | GatewayOutcome

/** SpacePay as it answers calls in this test, and what it was asked. */
function spacepay() {
  const calls = { created: [] as string[], listed: 0 }
  const ledger: WithdrawalSnapshot[] = []
  const unreadable: object[] = []
  let answer: Answer = {}
  let made = 0
  const gateway: Pick<
    Gateway,
    'withdrawalBody' | 'createWithdrawal' | 'listWithdrawals' | 'getWithdrawal'
  > = {
    withdrawalBody: (order) => JSON.stringify(order),
    createWithdrawal: async (body) => {
      calls.created.push(body)
      if (typeof answer === 'string') throw failing(answer)
      made += 1
      const value = { ...snapshot(`wd_${made}`, orderIn(body)), ...answer }
      ledger.unshift(value)
      return { value, raw: wireOf(value), readAt: noon }
    },
    listWithdrawals: async ({ limit = 100, offset = 0 } = {}) => {
      calls.listed += 1
      const rows = ledger.slice(offset, offset + limit)
      return {
        rows: rows.map((value) => ({ value, raw: wireOf(value) })),
        rejected: unreadable.map((raw, index) => ({ index, id: null, problem: 'amount', raw })),
        total: ledger.length,
        offset,
        hasMore: offset + limit < ledger.length,
      }
    },
    getWithdrawal: async (id) => {
      const value = ledger.find((one) => one.id === id)
      if (!value) throw failing('not_found')
      return { value, raw: wireOf(value), readAt: noon }
    },
  }
  return {
    gateway,
    calls,
    ledger,
    unreadable,
    answers: (next: Answer) => {
      answer = next
    },
  }
}

function failing(outcome: GatewayOutcome): GatewayError {
  const isUnclear = ['unavailable', 'conflict', 'undecodable'].includes(outcome)
  const failure = failureOf(outcome, `It was ${outcome}.`, { mayHaveTakenEffect: isUnclear })
  return new GatewayError(failure, { route: 'POST /withdrawals', attempts: 1 })
}

function orderIn(body: string): string {
  const found = /"orderId":"([^"]+)"/.exec(body)
  return found?.[1] ?? ''
}

function snapshot(id: string, orderId: string): WithdrawalSnapshot {
  return {
    extent: 'full',
    id,
    amountCents: amountCents.parse(125_000),
    currency: 'USD',
    network,
    recipientAddress: supplier.toLowerCase(),
    status: 'pending',
    rawStatus: 'pending',
    orderId,
    customMetadata: null,
    errorMessage: null,
    receipt: null,
    createdAt: noon.toISOString(),
    updatedAt: noon.toISOString(),
  }
}

/** The same as SpacePay writes it. */
function wireOf({ amountCents, network: chainId, ...told }: WithdrawalSnapshot) {
  const { id, recipientAddress, status, currency, orderId, createdAt, updatedAt } = told
  return {
    id,
    amountInCents: amountCents,
    chainId,
    recipientAddress,
    status,
    currency,
    orderId,
    createdAt,
    updatedAt,
  }
}

/** One request that enough people approved, and a SpacePay to send it to. */
async function approvedRequest(database: Awaited<ReturnType<typeof testDatabase>>) {
  const desk = await arrange(database)
  const upstream = spacepay()
  const page = await desk.submitted()
  await desk.approve(desk.ana, page)
  const { order_id: orderId } = await desk.owner
    .selectFrom('withdrawal_request')
    .select('order_id')
    .where('id', '=', page.id)
    .executeTakeFirstOrThrow()
  const clock = { now: noon }
  const parts = { db: desk.db, gateway: upstream.gateway, now: () => clock.now }
  const quiet = { error: () => {} }
  return {
    ...desk,
    ...upstream,
    id: page.id,
    orderId,
    clock,
    send: () => sendWithdrawal({ ...parts, zone: 'Europe/London' }, page.id),
    resolve: () => resolveOnce({ ...parts, log: quiet }),
    later: (ms: number) => {
      clock.now = new Date(clock.now.getTime() + ms)
    },
    learn: (value: WithdrawalSnapshot) =>
      desk.db.transaction().execute((trx) => {
        const answer = withdrawalAnswer({
          value,
          raw: wireOf(value),
          askedAt: noon,
          answeredAt: noon,
        })
        return learnWithdrawals(trx, [answer])
      }),
    state: async () => {
      const row = await desk.owner
        .selectFrom('withdrawal_request')
        .select(['state', 'withdrawal_id as withdrawalId'])
        .where('id', '=', page.id)
        .executeTakeFirstOrThrow()
      return row
    },
    stopCause: async () => {
      const row = await desk.owner.selectFrom('withdrawal_stop').select('cause').executeTakeFirst()
      return row?.cause ?? null
    },
    byPerson: (actor: typeof desk.cleo, outcome: Outcome) => {
      const by = { actor, address: null, requestId: null, at: clock.now }
      const input = { id: page.id, outcome, evidence: 'SpacePay’s support said so.' }
      return resolveByPerson({ db: desk.db, gateway: upstream.gateway, by }, input)
    },
  }
}

type Outcome = Parameters<typeof resolveByPerson>[1]['outcome']

describe('what SpacePay says it made', () => {
  test.each<[string, Told]>([
    ['another amount', { amountCents: amountCents.parse(125_001) }],
    ['another address', { recipientAddress: '0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359' }],
    ['another network', { network: 'eip155:1' }],
    ['another order id', { orderId: 'ELSE' }],
    ['no order id', { orderId: null }],
  ])('with %s is this request’s money all the same', async (what, told) => {
    await using database = await testDatabase()
    const desk = await approvedRequest(database)
    desk.answers(told)
    await desk.send()
    expect(await desk.state()).toEqual({ state: 'submitted', withdrawalId: 'wd_1' })
    // What it leaves unsaid is no contradiction.
    expect(await desk.stopCause()).toBe(what === 'no order id' ? null : 'different_answer')
    await desk.resolve()
    await desk.send()
    expect(desk.calls.created).toHaveLength(1)
  })

  test('a second time for one request stops everything', async () => {
    await using database = await testDatabase()
    const desk = await approvedRequest(database)
    await desk.send()
    await desk.learn(snapshot('wd_double', desk.orderId))
    expect(await desk.stopCause()).toBe('different_answer')
    expect((await desk.state()).withdrawalId).toBe('wd_1')
  })

  test('a second time outweighs every other reason to stop', async () => {
    await using database = await testDatabase()
    const desk = await approvedRequest(database)
    await desk.send()
    await desk.owner
      .updateTable('withdrawal_stop')
      .set({ is_stopped: true, cause: 'unauthorized', reason: 'The key was refused' })
      .execute()
    await desk.learn(snapshot('wd_double', desk.orderId))
    expect(await desk.stopCause()).toBe('different_answer')
  })

  test('after a person had called it absent stops everything and is told', async () => {
    await using database = await testDatabase()
    const desk = await approvedRequest(database)
    desk.answers('unavailable')
    await desk.send()
    await desk.resolve()
    await desk.byPerson(desk.cleo, { kind: 'absent' })
    expect(await desk.state()).toMatchObject({ state: 'failed' })
    await desk.learn(snapshot('wd_late', desk.orderId))
    expect(await desk.stopCause()).toBe('different_answer')
    expect(await desk.state()).toEqual({ state: 'failed', withdrawalId: 'wd_late' })
  })

  test.each(['draft', 'cancelled', 'pending_approval'] as const)(
    'for a request that is %s here stops everything',
    async (state) => {
      await using database = await testDatabase()
      const desk = await approvedRequest(database)
      await desk.owner.updateTable('withdrawal_request').set({ state }).execute()
      await desk.learn(snapshot('wd_from_yesterday', desk.orderId))
      expect(await desk.stopCause()).toBe('different_answer')
    },
  )
})

describe('what is upstream already', () => {
  test('is adopted and not sent, also where the mirror knew it before', async () => {
    await using database = await testDatabase()
    const desk = await approvedRequest(database)
    const told = snapshot('wd_yesterday', desk.orderId)
    desk.ledger.push(told)
    await desk.owner.updateTable('withdrawal_request').set({ order_id: 'OTHER' }).execute()
    await desk.learn(told)
    await desk.owner.updateTable('withdrawal_request').set({ order_id: desk.orderId }).execute()
    await desk.send()
    expect(desk.calls.created).toEqual([])
    expect(await desk.state()).toEqual({ state: 'submitted', withdrawalId: 'wd_yesterday' })
  })

  test('is found wherever in the list it stands', async () => {
    await using database = await testDatabase()
    const desk = await approvedRequest(database)
    const old = (n: number) => ({
      ...snapshot(`old_${n}`, `OLD-${n}`),
      createdAt: new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString(),
    })
    // The oldest first: the order is not documented.
    desk.ledger.push(...Array.from({ length: 150 }, (_, n) => old(n)))
    desk.ledger.push(snapshot('wd_last', desk.orderId))
    await desk.send()
    expect(desk.calls.created).toEqual([])
    expect(await desk.state()).toMatchObject({ withdrawalId: 'wd_last' })
  })
})

describe('what may be upstream in a form that nobody can read', () => {
  test('is not sent, and not called absent', async () => {
    await using database = await testDatabase()
    const desk = await approvedRequest(database)
    desk.unreadable.push({ orderId: desk.orderId, amountInCents: 'a lot' })
    await expect(desk.send()).rejects.toThrow(desk.orderId)
    expect(desk.calls.created).toEqual([])
    desk.unreadable.splice(0)
    desk.answers('unavailable')
    await desk.send()
    desk.unreadable.push({ orderId: desk.orderId, amountInCents: 'a lot' })
    await desk.resolve()
    await expect(desk.byPerson(desk.cleo, { kind: 'absent' })).rejects.toThrow(/looked/)
  })

  test('keeps nothing back when it is about something else', async () => {
    await using database = await testDatabase()
    const desk = await approvedRequest(database)
    desk.unreadable.push({ orderId: 'ELSE', amountInCents: 'a lot' })
    await desk.send()
    expect(await desk.state()).toMatchObject({ state: 'submitted' })
  })
})

describe('what does not leave', () => {
  test('is not looked for upstream each time it is held', async () => {
    await using database = await testDatabase()
    const desk = await approvedRequest(database)
    const usable = new Date(noon.getTime() + 3_600_000)
    await desk.owner.updateTable('destination').set({ usable_from: usable }).execute()
    await desk.send()
    expect(desk.calls).toEqual({ created: [], listed: 0 })
    expect(await desk.state()).toMatchObject({ state: 'approved' })
  })

  test('waits for approval again where too few of its approvals still count', async () => {
    await using database = await testDatabase()
    const desk = await approvedRequest(database)
    await tie(desk.owner, desk.ana, desk.finn)
    await desk.send()
    expect(desk.calls.created).toEqual([])
    expect(await desk.state()).toMatchObject({ state: 'pending_approval' })
    await desk.approve(desk.ben, await desk.seen(desk.id))
    await desk.send()
    expect(await desk.state()).toMatchObject({ state: 'submitted' })
  })

  test('is a draft again where the row is not what was approved', async () => {
    await using database = await testDatabase()
    const desk = await approvedRequest(database)
    await desk.owner.updateTable('withdrawal_request').set({ amount_cents: 125_001 }).execute()
    await desk.send()
    expect(desk.calls.created).toEqual([])
    expect(await desk.state()).toMatchObject({ state: 'draft' })
  })
})

describe('an unclear sending', () => {
  const allowRepeats = async (desk: Awaited<ReturnType<typeof approvedRequest>>) => {
    const { content } = await desk.owner
      .selectFrom('withdrawal_policy')
      .select('content')
      .executeTakeFirstOrThrow()
    const changed = JSON.stringify({ ...Object(content), repeatsWithSameKey: true })
    await desk.owner.updateTable('withdrawal_policy').set({ content: changed }).execute()
  }

  test('is settled by nobody who asked for it, by whatever account', async () => {
    await using database = await testDatabase()
    const desk = await approvedRequest(database)
    desk.answers('unavailable')
    await desk.send()
    await desk.resolve()
    const second = await hire(desk.owner, 'Finn2', ['admin'])
    await tie(desk.owner, second, desk.finn)
    await expect(desk.byPerson(second, { kind: 'absent' })).rejects.toThrow(/You asked/)
    await expect(desk.byPerson(desk.ana, { kind: 'absent' })).rejects.toThrow(/role Admin/)
    expect(await desk.state()).toMatchObject({ state: 'unknown' })
  })

  test('is called absent only after Desk itself has looked for it', async () => {
    await using database = await testDatabase()
    const desk = await approvedRequest(database)
    desk.answers('unavailable')
    await desk.send()
    await expect(desk.byPerson(desk.cleo, { kind: 'absent' })).rejects.toThrow(/looked/)
    await desk.resolve()
    await desk.byPerson(desk.cleo, { kind: 'absent' })
    expect(await desk.state()).toMatchObject({ state: 'failed' })
  })

  test('is not called absent while Desk itself asks for it', async () => {
    await using database = await testDatabase()
    const desk = await approvedRequest(database)
    desk.answers('unavailable')
    await desk.send()
    await desk.resolve()
    await holdSending(desk.db, desk.id, async () => {
      await expect(desk.byPerson(desk.cleo, { kind: 'absent' })).rejects.toMatchObject({
        code: 'withdrawal_being_looked_for',
      })
    })
    await desk.byPerson(desk.cleo, { kind: 'absent' })
    expect(await desk.state()).toMatchObject({ state: 'failed' })
  })

  test('is called absent only after it was looked for behind its last repeat', async () => {
    await using database = await testDatabase()
    const desk = await approvedRequest(database)
    desk.answers('unavailable')
    await desk.send()
    await desk.resolve()
    await allowRepeats(desk)
    desk.later(60_000)
    await desk.resolve()
    await expect(desk.byPerson(desk.cleo, { kind: 'absent' })).rejects.toThrow(/looked/)
    desk.later(24 * 3_600_000)
    await desk.resolve()
    await desk.byPerson(desk.cleo, { kind: 'absent' })
    expect(await desk.state()).toMatchObject({ state: 'failed' })
  })

  test('is not settled with a withdrawal that is another request’s', async () => {
    await using database = await testDatabase()
    const desk = await approvedRequest(database)
    desk.answers('unavailable')
    await desk.send()
    const other = await desk.submitted()
    await desk.approve(desk.ana, other)
    desk.answers({})
    const parts = { db: desk.db, gateway: desk.gateway, now: () => noon, zone: 'Europe/London' }
    await sendWithdrawal(parts, other.id)
    desk.ledger.splice(0, 1, { ...snapshot('wd_1', ''), orderId: null })
    await expect(
      desk.byPerson(desk.cleo, { kind: 'adopt', withdrawalId: 'wd_1' }),
    ).rejects.toMatchObject({ code: 'withdrawal_is_another' })
  })

  test('is never repeated by default', async () => {
    await using database = await testDatabase()
    const desk = await approvedRequest(database)
    desk.answers('unavailable')
    await desk.send()
    for (let round = 0; round < 5; round += 1) {
      await desk.resolve()
      desk.later(3_600_000)
    }
    expect(desk.calls.created).toHaveLength(1)
  })

  test('is repeated with the same bytes where the policy says so, but not while all is stopped', async () => {
    await using database = await testDatabase()
    const desk = await approvedRequest(database)
    await allowRepeats(desk)
    desk.answers('unavailable')
    await desk.send()
    await desk.owner
      .updateTable('withdrawal_stop')
      .set({ is_stopped: true, cause: 'person', reason: 'A phone was lost' })
      .execute()
    await desk.resolve()
    expect(desk.calls.created).toHaveLength(1)
    await desk.owner
      .updateTable('withdrawal_stop')
      .set({ is_stopped: false, cause: null, reason: null })
      .execute()
    desk.later(60_000)
    await desk.resolve()
    expect(desk.calls.created).toHaveLength(2)
    expect(new Set(desk.calls.created).size).toBe(1)
    desk.later(24 * 3_600_000)
    await desk.resolve()
    expect(desk.calls.created).toHaveLength(2)
  })

  test.each(['refused', 'conflict', 'unauthorized'] as const)(
    'whose repeat is answered with %s is not repeated again',
    async (outcome) => {
      await using database = await testDatabase()
      const desk = await approvedRequest(database)
      await allowRepeats(desk)
      desk.answers('unavailable')
      await desk.send()
      desk.answers(outcome)
      for (let round = 0; round < 4; round += 1) {
        await desk.resolve()
        desk.later(600_000)
      }
      expect(desk.calls.created).toHaveLength(2)
      expect(await desk.stopCause()).toBe(outcome === 'unauthorized' ? 'unauthorized' : null)
      expect(await desk.state()).toMatchObject({ state: 'unknown' })
    },
  )
})
