import { expect, test } from 'vitest'
import { contextOf } from '../kernel/context.fixtures.ts'
import { syncSetup } from '../testing/sync-setup.ts'
import { arrange, createCaller, noon } from './asked-withdrawals.fixtures.ts'
import { learnTokenContracts } from './token-contracts.ts'

const usdcOnBase = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'

test('a fresh installation, without any payment, refuses the contract of a token as a destination', async () => {
  await using setup = await syncSetup({ historyCount: 0, pageLimit: 100 })
  const { database, gateway } = setup
  const desk = await arrange(database)
  const book = createCaller({ ...contextOf(database.db, desk.finn), now: () => noon }).destinations
  await learnTokenContracts({ db: database.db, gateway, now: () => noon })
  await learnTokenContracts({ db: database.db, gateway, now: () => noon })
  const asked = { network: 'eip155:8453', address: usdcOnBase, label: 'Supplier of coins' }
  await expect(book.propose(asked)).rejects.toThrow(/token/)
  expect(await book.passport(asked)).toMatchObject({ timesPaid: 0, destinationId: null })
  const { rows } = await book.page({})
  expect(rows.map(({ address }) => address)).not.toContain(usdcOnBase)
})
