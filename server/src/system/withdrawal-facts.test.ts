import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../testing/test-database.ts'
import { readWithdrawalFacts } from './withdrawal-facts.queries.ts'
import { insertRequests, requester } from '../withdrawals/request-rows.fixtures.ts'

const at = '2026-11-23T09:00:00.000Z'

test('what nobody can tell of is counted from when it began', async () => {
  await using database = await testDatabase()
  const { db, owner } = database
  const finn = await requester(owner)
  await insertRequests(owner, finn, [
    { state: 'unknown', state_at: '2026-11-23T08:00:00.000Z' },
    { state: 'unknown', state_at: at },
    { state: 'sending', state_at: at },
  ])
  expect(await readWithdrawalFacts(db)).toMatchObject({
    unknown: 2,
    oldestUnknownAt: '2026-11-23T08:00:00.000Z',
  })
})

test('a stop says its cause and reason', async () => {
  await using database = await testDatabase()
  const { db, owner } = database
  const reason = 'SpacePay answered 401'
  await owner
    .updateTable('withdrawal_stop')
    .set({ is_stopped: true, cause: 'unauthorized', reason, at })
    .execute()
  expect(await readWithdrawalFacts(db)).toMatchObject({
    stop: { cause: 'unauthorized', reason, at },
  })
})

test('a balance is low on its own network, all dollar tokens together, and never where it is not known', async () => {
  await using database = await testDatabase()
  const { db, owner } = database
  const balance = (network: string, token: string, cents: number | null) => ({
    network,
    token_symbol: token,
    token_decimals: 6,
    base_units: cents === null ? null : `${cents}0000`,
    cents,
    read_at: at,
  })
  await owner
    .insertInto('wallet_balance')
    .values([
      balance('eip155:1', 'USDC', 60_000),
      balance('eip155:1', 'USDT', 60_000),
      balance('eip155:10', 'USDC', 99_999),
      balance('eip155:8453', 'USDC', null),
    ])
    .execute()
  const low = async () => (await readWithdrawalFacts(db)).lowBalances
  expect(await low()).toEqual([{ network: 'eip155:10', cents: 99_999 }])
  await sql`update withdrawal_policy set content = content || '{"lowBalanceCents": null}'`.execute(
    owner,
  )
  expect(await low()).toEqual([])
})
