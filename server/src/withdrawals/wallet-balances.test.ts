import { expect, test } from 'vitest'
import { failureOf, GatewayError } from '../gateway/gateway-error.ts'
import type { Gateway } from '../gateway/gateway.ts'
import { testDatabase } from '../testing/test-database.ts'
import { createBalanceReader, readNetworkBalance } from './wallet-balances.ts'

const at = new Date('2026-11-23T09:00:00.000Z')
type Balance = NonNullable<Awaited<ReturnType<Gateway['walletBalances']>>>['value'][number]

function balance(network: string, symbol: string, baseUnits: string | null): Balance {
  const token = { id: null, symbol, contractAddress: null, decimals: 6, isNative: false }
  return { network, token, baseUnits }
}

const held = [
  balance('eip155:1', 'USDC', '500000000'),
  balance('eip155:1', 'USDT', '600000000'),
  balance('eip155:1', 'ETH', '7'),
  balance('eip155:10', 'USDC', '999999999'),
  balance('eip155:56', 'USDC', null),
  balance('eip155:137', 'USDC', '2000000000'),
  balance('eip155:137', 'USDT', null),
]

function watch(walletBalances: Gateway['walletBalances']) {
  return { gateway: { walletBalances }, log: { error: () => {} } }
}

test('dollars of a network stand together, and what cannot be read is neither zero nor low', async () => {
  await using database = await testDatabase()
  const { db } = database
  const read = createBalanceReader({
    db,
    now: () => at,
    ...watch(async () => ({ value: held, raw: null, readAt: at })),
  })
  const { networks, readAt, problem } = await read()
  expect([readAt, problem]).toEqual([at.toISOString(), null])
  // The policy that Desk starts with calls less than $1,000 low.
  expect(networks.map(({ network, cents, isLow }) => [network, cents, isLow])).toEqual([
    ['eip155:1', 110_000, false],
    ['eip155:10', 99_999, true],
    ['eip155:137', null, false],
    ['eip155:56', null, null],
  ])
  expect(networks[0]?.tokens.map(({ symbol, cents }) => [symbol, cents])).toEqual([
    ['USDT', 60_000],
    ['USDC', 50_000],
    ['ETH', null],
  ])
  expect(await readNetworkBalance(db, 'eip155:10')).toMatchObject({
    cents: 99_999,
    readAt: at.toISOString(),
  })
  expect(await readNetworkBalance(db, 'eip155:8453')).toBeNull()
})

test('many who look at once ask SpacePay once, and again only when it is half a minute old', async () => {
  await using database = await testDatabase()
  let calls = 0
  let now = at
  const read = createBalanceReader({
    db: database.db,
    now: () => now,
    ...watch(async () => {
      calls += 1
      return { value: held, raw: null, readAt: at }
    }),
  })
  await Promise.all([read(), read(), read()])
  now = new Date(at.getTime() + 29_000)
  await read()
  expect(calls).toBe(1)
  now = new Date(at.getTime() + 30_000)
  expect(await read()).toMatchObject({ readAt: now.toISOString() })
  expect(calls).toBe(2)
})

test('while SpacePay does not answer the last balances stand with their age and the reason', async () => {
  await using database = await testDatabase()
  const { db } = database
  let now = at
  let isDown = false
  const read = createBalanceReader({
    db,
    now: () => now,
    ...watch(async () => {
      if (isDown) {
        const failure = failureOf('unavailable', 'No answer.', { mayHaveTakenEffect: false })
        throw new GatewayError(failure, { route: 'GET walletBalances', attempts: 1 })
      }
      return { value: held, raw: null, readAt: at }
    }),
  })
  await read()
  isDown = true
  now = new Date(at.getTime() + 600_000)
  expect(await read()).toMatchObject({
    readAt: at.toISOString(),
    problem: expect.stringContaining('could not be asked'),
    networks: [{ cents: 110_000 }, {}, {}, {}],
  })
})

test('a host that tells no balances leaves none, which is not zero', async () => {
  await using database = await testDatabase()
  const read = createBalanceReader({ db: database.db, now: () => at, ...watch(async () => null) })
  expect(await read()).toEqual({ networks: [], readAt: null, problem: null })
})
