import { expect, test } from 'vitest'
import type { Gateway } from '../gateway/gateway.ts'
import { testDatabase } from '../testing/test-database.ts'
import { dollarCents, learnBalances } from './watch-balances.ts'

const at = new Date('2026-11-23T09:00:00.000Z')
type Balances = NonNullable<Awaited<ReturnType<Gateway['walletBalances']>>>
type Balance = Balances['value'][number]

function balance(network: string | null, symbol: string, baseUnits: string | null): Balance {
  const token = { id: null, symbol, contractAddress: null, decimals: 6, isNative: false }
  return { network, token, baseUnits }
}

function answering(...value: Balance[]): Pick<Gateway, 'walletBalances'> {
  return { walletBalances: async () => ({ value, raw: null, readAt: at }) }
}

test('what the wallet holds is kept as it was read last, and what cannot be read is not zero', async () => {
  await using database = await testDatabase()
  const { db } = database
  const first = answering(
    balance('eip155:1', 'USDC', '125500000'),
    balance('eip155:10', 'USDC', null),
    balance('eip155:56', 'BNB', '7'),
    balance(null, 'USDC', '1'),
    balance('eip155:56', 'BNB', '8'),
  )
  await learnBalances({ db, gateway: first, now: () => at })
  const kept = () =>
    db
      .selectFrom('wallet_balance')
      .select(['network', 'token_symbol', 'cents'])
      .orderBy('network')
      .execute()
  expect(await kept()).toEqual([
    { network: 'eip155:1', token_symbol: 'USDC', cents: 12_550 },
    { network: 'eip155:10', token_symbol: 'USDC', cents: null },
    { network: 'eip155:56', token_symbol: 'BNB', cents: null },
  ])
  const later = new Date(at.getTime() + 300_000)
  const second = answering(balance('eip155:1', 'USDC', '99999'))
  await learnBalances({ db, gateway: second, now: () => later })
  expect(await kept()).toEqual([{ network: 'eip155:1', token_symbol: 'USDC', cents: 9 }])
})

test('a host without balances leaves nothing known', async () => {
  await using database = await testDatabase()
  const gateway = { walletBalances: async () => null }
  await learnBalances({ db: database.db, gateway, now: () => at })
  expect(await database.db.selectFrom('wallet_balance').selectAll().execute()).toEqual([])
})

test('only a dollar’s token is worth dollars, rounded down, with any number of decimals', () => {
  expect(dollarCents({ symbol: 'usdt', decimals: 18 }, '1999999999999999999')).toBe(199)
  expect(dollarCents({ symbol: 'USDC', decimals: 0 }, '3')).toBe(300)
  expect(dollarCents({ symbol: 'ETH', decimals: 18 }, '1000000000000000000')).toBeNull()
  expect(dollarCents({ symbol: 'USDC', decimals: null }, '3')).toBeNull()
  expect(dollarCents({ symbol: 'USDC', decimals: 0 }, `${10n ** 20n}`)).toBeNull()
})
