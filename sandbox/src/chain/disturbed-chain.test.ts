import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { type RunningSandbox, startSandbox } from '../start-sandbox.ts'
import { clientOf, withdrawalsPath } from '../testing/sandbox-client.ts'

const BASE_SEPOLIA = 84_532
const inside = z.looseObject({
  status: z.string(),
  transaction: z
    .looseObject({ hash: z.string(), block: z.number(), confirmations: z.number() })
    .nullable(),
})

/** A sandbox whose time stands, with blocks of one second, and a payment that has just been paid. */
async function paidPayment() {
  const now = new Date('2026-11-01T10:00:00.000Z')
  const sandbox = await startSandbox({ blockMs: 1_000, now: () => now })
  const client = clientOf(sandbox)
  const { paymentId } = await client.create()
  await client.simulate(paymentId, 'exact')
  return {
    sandbox,
    client,
    paymentId,
    look: async () => inside.parse((await client.get(`/__sandbox/payments/${paymentId}`)).body),
    pass: (blocks: number) => client.post('/__sandbox/clock/advance', { ms: blocks * 1_000 }),
    chain: (wish: unknown) => client.post(`/__sandbox/chains/${BASE_SEPOLIA}`, wish),
    reorganise: (wish: unknown) => client.post(`/__sandbox/chains/${BASE_SEPOLIA}/reorg`, wish),
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  }
}

describe('a chain that makes no blocks', () => {
  test('leaves what is not confirmed as it is, and goes on where it stopped', async () => {
    await using place = await paidPayment()
    await place.pass(4)
    expect((await place.look()).transaction?.confirmations).toBe(4)
    const { body } = await place.chain({ isStalled: true })
    expect(body).toMatchObject({ isStalled: true, stalledAt: '2026-11-01T10:00:04.000Z' })
    await place.pass(3_600)
    expect(await place.look()).toMatchObject({
      status: 'processing',
      transaction: { confirmations: 4 },
    })
    await place.chain({ isStalled: false })
    await place.pass(5)
    expect(await place.look()).toMatchObject({
      status: 'processing',
      transaction: { confirmations: 9 },
    })
    await place.pass(1)
    expect((await place.look()).status).toBe('completed')
  })

  test('takes no new transaction into a block before it goes on', async () => {
    await using place = await paidPayment()
    await place.chain({ isStalled: true })
    const { paymentId } = await place.client.create()
    await place.client.simulate(paymentId, 'exact')
    await place.pass(600)
    const late = async () =>
      inside.parse((await place.client.get(`/__sandbox/payments/${paymentId}`)).body)
    expect(await late()).toMatchObject({ status: 'processing', transaction: { confirmations: 0 } })
    await place.chain({ isStalled: false })
    await place.pass(10)
    expect((await late()).status).toBe('completed')
  })

  test('stays so over a restart', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'sandbox-chain-'))
    const options = { blockMs: 1_000, dataFile: join(folder.path, 'journal.jsonl') }
    const chains = z.object({ data: z.array(z.looseObject({ isStalled: z.boolean() })) })
    {
      await using sandbox = await startSandbox(options)
      await clientOf(sandbox).post('/__sandbox/chains/eip155:84532', { isStalled: true })
    }
    await using sandbox = await startSandbox(options)
    const { body } = await clientOf(sandbox).get('/__sandbox/chains')
    expect(chains.parse(body).data.map(({ isStalled }) => isStalled)).toEqual([
      true,
      ...Array<boolean>(6).fill(false),
    ])
  })

  test('keeps withdrawals on their way, too', async () => {
    await using place = await paidPayment()
    const { body } = await place.client.post(withdrawalsPath, {
      amountInCents: 5_000,
      chainId: BASE_SEPOLIA,
      recipientAddress: '0x52908400098527886e0f7030069857d2e4169ee7',
    })
    const { id } = z.looseObject({ id: z.string() }).parse(body)
    const look = async () => (await place.client.get(`${withdrawalsPath}/${id}`)).body
    await place.pass(3)
    await place.chain({ isStalled: true })
    await place.pass(3_600)
    expect(await look()).toMatchObject({ status: 'processing' })
    await place.chain({ isStalled: false })
    await place.pass(12)
    expect(await look()).toMatchObject({ status: 'completed' })
  })
})

test('on a congested chain a transaction waits for room in a block', async () => {
  await using place = await paidPayment()
  await place.chain({ congestionBlocks: 30 })
  const { paymentId } = await place.client.create()
  await place.client.simulate(paymentId, 'exact')
  const look = async () =>
    inside.parse((await place.client.get(`/__sandbox/payments/${paymentId}`)).body)
  await place.pass(30)
  expect((await look()).transaction?.confirmations).toBe(0)
  // The one before was sent when there was room.
  expect((await place.look()).status).toBe('completed')
  await place.pass(1)
  expect((await look()).transaction?.confirmations).toBe(1)
  await place.pass(9)
  expect((await look()).status).toBe('completed')
})

describe('a reorganisation', () => {
  test('takes the confirmations of a transaction, which is mined again', async () => {
    await using place = await paidPayment()
    await place.pass(6)
    const before = await place.look()
    expect(before.transaction?.confirmations).toBe(6)
    const { body } = await place.reorganise({ depth: 8 })
    expect(body).toMatchObject({ moved: { payments: 1, withdrawals: 0 } })
    const after = await place.look()
    expect(after).toMatchObject({
      status: 'processing',
      transaction: { confirmations: 0, hash: before.transaction?.hash },
    })
    await place.pass(13)
    expect(await place.look()).toMatchObject({
      status: 'processing',
      transaction: { confirmations: 9 },
    })
    await place.pass(1)
    expect((await place.look()).status).toBe('completed')
  })

  test('reaches no deeper than it says, and no other network', async () => {
    await using place = await paidPayment()
    await place.pass(6)
    expect((await place.reorganise({ depth: 5 })).body).toMatchObject({ moved: { payments: 0 } })
    const other = await place.client.post('/__sandbox/chains/1/reorg', { depth: 100 })
    expect(other.body).toMatchObject({ moved: { payments: 0, withdrawals: 0 } })
    expect((await place.look()).transaction?.confirmations).toBe(6)
  })

  test('that drops a transaction for good leaves the payment failed, without a receipt', async () => {
    await using place = await paidPayment()
    await place.pass(6)
    await place.reorganise({ depth: 8, fate: 'dropped' })
    await place.pass(30)
    expect((await place.look()).status).toBe('failed')
    expect((await place.client.payment(place.paymentId)).receipt).toBeNull()
  })

  test('changes nothing about a payment that is completed', async () => {
    await using place = await paidPayment()
    await place.pass(10)
    const completed = await place.client.payment(place.paymentId)
    expect(completed.status).toBe('completed')
    await place.reorganise({ depth: 50, fate: 'dropped' })
    expect(await place.client.payment(place.paymentId)).toEqual(completed)
  })
})

describe('the block explorer', () => {
  const explore = async ({ url }: RunningSandbox, path: string) => {
    const response = await fetch(`${url}/explorer${path}`)
    return { status: response.status, page: await response.text() }
  }

  test('shows a transaction as it is confirmed, its block and its addresses', async () => {
    await using place = await paidPayment()
    await place.pass(3)
    const { transaction } = await place.look()
    const tx = await explore(place.sandbox, `/eip155:84532/tx/${transaction?.hash}`)
    expect(tx.page).toContain('3 of 10 confirmations')
    expect(tx.page).toContain('150.74 USDC')
    const address = /address\/(0x[0-9a-f]{40})/.exec(tx.page)?.[1]
    for (const path of [
      '/84532',
      `/84532/address/${address}`,
      `/84532/block/${transaction?.block}`,
    ]) {
      expect((await explore(place.sandbox, path)).page).toContain(`/tx/${transaction?.hash}`)
    }
    await place.pass(7)
    const settled = await explore(place.sandbox, `/eip155:84532/tx/${transaction?.hash}`)
    expect(settled.page).toContain('Confirmed')
  })

  test('shows both halves of an amount in two transactions', async () => {
    await using sandbox = await startSandbox({ blockMs: 1_000 })
    const client = clientOf(sandbox)
    const { paymentId } = await client.create()
    await client.simulate(paymentId, 'two')
    const { page } = await explore(sandbox, '/eip155:84532')
    expect(page.match(/75\.37 USDC/g)).toHaveLength(2)
  })

  test.each([
    ['/eip155:84532/tx/0xabc', 404],
    ['/eip155:84532/block/x', 404],
    ['/nowhere', 404],
    ['/eip155:84532/address/%3Cscript%3E', 200],
  ])('answers %s with %i and nothing that runs', async (path, status) => {
    await using sandbox = await startSandbox()
    const seen = await explore(sandbox, path)
    expect(seen.status).toBe(status)
    expect(seen.page).not.toContain('<script>')
  })
})
