import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import * as z from 'zod'
import { type RunningSandbox, startSandbox } from '../../start-sandbox.ts'
import { clientOf, paymentsPath } from '../../testing/sandbox-client.ts'
import { callData, richAddress } from './wallets.ts'

// A node that mines a thousand blocks takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

const BASE_SEPOLIA = 84532
const USDC = '0x00fc61d7de7655db3984db634e3489130ebeacf6'

const inside = z.object({
  status: z.string(),
  transaction: z
    .object({
      hash: z.string(),
      block: z.int(),
      amount: z.string(),
      sender: z.string(),
      confirmations: z.int(),
      isReverted: z.boolean(),
    })
    .nullable(),
  strays: z.array(z.object({ hash: z.string() })),
})
const created = z.object({
  id: z.string(),
  depositAddress: z.object({ address: z.string() }),
  quotes: z.array(z.object({ expectedAmountAsset: z.string() })),
})
const receipt = z.object({ blockNumber: z.string(), status: z.string() }).nullable()

test('a payer’s transaction is on the node, in the block the payment names, and confirms it', async () => {
  await using bench = await startBench()
  const payment = await bench.create()

  const seen = await bench.simulate(payment.id, 'exact')
  expect(seen.status).toBe('processing')
  const paid = await bench.reached(payment.id, 'completed')

  const mined = await bench.receiptOf(paid.transaction?.hash)
  expect(mined).toMatchObject({ status: '0x1' })
  expect(Number(mined?.blockNumber)).toBe(paid.transaction?.block)
  expect(await bench.tokensOf(payment.depositAddress.address)).toBe(
    BigInt(payment.quotes[0]?.expectedAmountAsset ?? 0),
  )
})

test('a wallet outside of the sandbox pays with test tokens, and too little of them fails', async () => {
  await using bench = await startBench()
  const [enough, tooLittle] = [await bench.create(), await bench.create()]
  const due = BigInt(enough.quotes[0]?.expectedAmountAsset ?? 0)

  const hash = await bench.sendTokens(enough.depositAddress.address, due)
  await bench.sendTokens(tooLittle.depositAddress.address, due - 1n)

  const paid = await bench.reached(enough.id, 'completed')
  expect(paid.transaction).toMatchObject({
    hash,
    sender: richAddress(1),
    amount: due.toString(),
  })
  expect(await bench.reached(tooLittle.id, 'failed')).toMatchObject({
    transaction: { isReverted: false },
  })

  const second = await bench.sendTokens(enough.depositAddress.address, due)
  const after = await bench.until(enough.id, ({ strays }) => strays.length > 0)
  expect(after).toMatchObject({ status: 'completed', strays: [{ hash: second }] })
})

test('a wallet pays with the network’s coin once it was quoted', async () => {
  await using bench = await startBench()
  const payment = await bench.create()
  const due = await bench.quoteCoin(payment)

  const hash = await bench.sendCoins(payment.depositAddress.address, due)

  expect(await bench.reached(payment.id, 'completed')).toMatchObject({ transaction: { hash } })
})

test('a transaction that fails on the node fails its payment', async () => {
  await using bench = await startBench()
  const payment = await bench.create()

  await bench.simulate(payment.id, 'fail')
  const failed = await bench.reached(payment.id, 'failed')

  expect(await bench.receiptOf(failed.transaction?.hash)).toMatchObject({ status: '0x0' })
  expect(await bench.tokensOf(payment.depositAddress.address)).toBe(0n)
})

test('a reorganisation takes a wallet’s transaction off the node and mines it again later', async () => {
  await using bench = await startBench({ blockMs: 100 })
  const payment = await bench.create()
  const due = BigInt(payment.quotes[0]?.expectedAmountAsset ?? 0)
  const hash = await bench.sendTokens(payment.depositAddress.address, due)
  const before = await bench.until(payment.id, ({ transaction }) => transaction !== null)

  await bench.reorganise('mined_again')
  await expect.poll(() => bench.receiptOf(hash), { interval: 5 }).toBeNull()

  const paid = await bench.reached(payment.id, 'completed')
  expect(paid.transaction?.hash).toBe(hash)
  expect(paid.transaction?.block).toBeGreaterThan(before.transaction?.block ?? 0)
  expect(Number((await bench.receiptOf(hash))?.blockNumber)).toBe(paid.transaction?.block)
})

test('a transaction that a reorganisation drops is never heard of again, and pays nothing', async () => {
  await using bench = await startBench({ blockMs: 100 })
  const payment = await bench.create()
  await bench.simulate(payment.id, 'exact')
  const { transaction } = await bench.until(
    payment.id,
    (now) => (now.transaction?.confirmations ?? 0) > 0,
  )

  await bench.reorganise('dropped')

  await bench.reached(payment.id, 'failed')
  expect(await bench.receiptOf(transaction?.hash)).toBeNull()
  expect(await bench.tokensOf(payment.depositAddress.address)).toBe(0n)
})

test('no block comes while the network stands, and a transaction waits until it goes on', async () => {
  await using bench = await startBench()
  await bench.change({ isStalled: true })
  const payment = await bench.create()
  await bench.simulate(payment.id, 'exact')
  const height = await bench.scheduledHeight()
  await expect.poll(bench.height, { interval: 5 }).toBe(height)

  await sleep(200)
  expect(await bench.height()).toBe(height)

  await bench.change({ isStalled: false })
  await bench.reached(payment.id, 'completed')
})

test('on a crowded network a payer waits for so many blocks', async () => {
  await using bench = await startBench()
  await bench.change({ congestionBlocks: 5 })
  const height = await bench.height()
  const payment = await bench.create()
  await bench.simulate(payment.id, 'exact')

  const paid = await bench.reached(payment.id, 'completed')
  expect(Number((await bench.receiptOf(paid.transaction?.hash))?.blockNumber)).toBe(
    paid.transaction?.block,
  )
  expect(paid.transaction?.block).toBeGreaterThan(height + 5)
})

test.each([
  ['a thousand blocks', 20_000],
  ['a month, for which a new node is begun', 30 * 86_400_000],
])('time that jumps by %s leaves what was under way to be mined and confirmed', async (_, ms) => {
  await using bench = await startBench()
  await bench.change({ congestionBlocks: 100 })
  const payment = await bench.create()
  await bench.simulate(payment.id, 'exact')

  await bench.advance(ms)

  const paid = await bench.reached(payment.id, 'completed')
  expect(await bench.receiptOf(paid.transaction?.hash)).toMatchObject({ status: '0x1' })
  await expect
    .poll(async () => (await bench.scheduledHeight()) - (await bench.height()), { timeout: 10_000 })
    .toBeLessThan(5)
})

test.skipIf(process.platform !== 'linux')(
  'a node that dies is replaced, and what was under way is confirmed on the new one',
  async () => {
    await using bench = await startBench({ blockMs: 50 })
    const payment = await bench.create()
    await bench.simulate(payment.id, 'exact')
    await bench.until(payment.id, (now) => (now.transaction?.confirmations ?? 0) > 0)
    await bench.change({ congestionBlocks: 20 })
    const later = await bench.create()
    await bench.simulate(later.id, 'exact')

    bench.killNode()

    const paid = await bench.reached(later.id, 'completed')
    expect(await bench.receiptOf(paid.transaction?.hash)).toMatchObject({ status: '0x1' })
  },
)

test('a program that is not there is said in a sentence', async () => {
  await expect(
    startSandbox({ overrides: { chain: 'anvil', anvilPath: '/nowhere/anvil' } }),
  ).rejects.toThrow('ANVIL_PATH names no program that can be run: /nowhere/anvil.')
})

async function startBench(options: { readonly blockMs?: number } = {}) {
  const sandbox = await startSandbox({
    ...options,
    overrides: { chain: 'anvil', anvilPort: 0 },
  })
  const client = clientOf(sandbox)
  const chainPath = `/__sandbox/chains/${BASE_SEPOLIA}`
  const paymentPath = (id: string) => `/__sandbox/payments/${id}`
  const until = async (id: string, is: (now: z.infer<typeof inside>) => boolean) => {
    let now = inside.parse((await client.get(paymentPath(id))).body)
    while (!is(now)) {
      await sleep(5)
      now = inside.parse((await client.get(paymentPath(id))).body)
    }
    return now
  }
  const send = (transaction: object) =>
    call(sandbox, 'eth_sendTransaction', [{ from: richAddress(1), ...transaction }], z.string())

  return {
    until,
    create: async () => {
      const { paymentId, secret } = await client.create({ amount: 4_200 })
      const { body } = await client.get(`${paymentsPath}/${paymentId}`)
      return { secret, ...created.parse(body) }
    },
    simulate: async (id: string, outcome: string) =>
      inside.parse((await client.post(`${paymentPath(id)}/simulate`, { outcome })).body),
    reached: (id: string, status: string) => until(id, (now) => now.status === status),
    change: (change: object) => client.post(chainPath, change),
    reorganise: (fate: string) => client.post(`${chainPath}/reorg`, { depth: 5, fate }),
    advance: (ms: number) => client.post('/__sandbox/clock/advance', { ms }),
    killNode: () => {
      for (const pid of ownNodes()) process.kill(pid, 'SIGKILL')
    },
    scheduledHeight: async () =>
      z.object({ height: z.int() }).parse((await client.post(chainPath, {})).body).height,
    sendTokens: (to: string, amount: bigint) =>
      send({ to: USDC, data: callData('transfer(address,uint256)', [to, amount]) }),
    sendCoins: (to: string, amount: bigint) => send({ to, value: `0x${amount.toString(16)}` }),
    quoteCoin: async ({ id, secret }: { readonly id: string; readonly secret: string }) => {
      const path = `/v1/external/payment-secret-auth/payments/${id}/quotes`
      const wish = { chainId: BASE_SEPOLIA, contractAddress: `0x${'0'.repeat(40)}` }
      const { body } = await client.post(path, wish, { 'X-SpacePay-Payment-Secret': secret })
      return BigInt(z.object({ expectedAmountAsset: z.string() }).parse(body).expectedAmountAsset)
    },
    receiptOf: (hash: string | undefined) =>
      call(sandbox, 'eth_getTransactionReceipt', [hash], receipt),
    tokensOf: async (address: string) =>
      BigInt(
        await call(
          sandbox,
          'eth_call',
          [{ to: USDC, data: callData('balanceOf(address)', [address]) }, 'latest'],
          z.string(),
        ),
      ),
    height: async () => Number(await call(sandbox, 'eth_blockNumber', [], z.string())),
    [Symbol.asyncDispose]: sandbox.close,
  }
}

/** What a wallet asks the node, whose address the sandbox tells. */
async function call<T>(
  sandbox: RunningSandbox,
  method: string,
  ...[params, shape]: [params: readonly unknown[], shape: z.ZodType<T>]
): Promise<T> {
  const chains = z.object({
    data: z.array(z.object({ chainId: z.unknown(), rpcUrl: z.string().nullable() })),
  })
  const { body } = await clientOf(sandbox).get('/__sandbox/chains')
  const url = chains.parse(body).data.find(({ chainId }) => chainId === BASE_SEPOLIA)?.rpcUrl ?? ''
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  })
  return z.object({ result: shape }).parse(await response.json()).result
}

/** The nodes that this process started and nobody else's. */
function ownNodes(): number[] {
  const threads = readdirSync('/proc/self/task')
  const children = threads.flatMap((id) =>
    readFileSync(`/proc/self/task/${id}/children`, 'utf8').split(' ').filter(Boolean),
  )
  return children
    .filter((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('anvil'))
    .map(Number)
}
