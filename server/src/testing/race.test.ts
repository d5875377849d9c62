import { expect, test } from 'vitest'
import type { Db } from '../database.ts'
import { insertPayments } from '../payments/payment-rows.fixtures.ts'
import { raceForRow } from './race.ts'
import { testDatabase } from './test-database.ts'

const id = 'pay_contested'

test('two who judge a row under its lock cannot both find it untouched', async () => {
  await using database = await testDatabase()
  await insertPayments(database.owner, [{ id, status: 'pending' }])

  const claim = () => claimed(database.db, { isLocked: true })
  const outcomes = await raceForRow(database.db, { table: 'payment', id }, [claim, claim])

  expect(outcomes.filter(valueOf)).toHaveLength(1)
})

test('without the lock the race is lost every time, which is what shows a missing one', async () => {
  await using database = await testDatabase()
  await insertPayments(database.owner, [{ id, status: 'pending' }])

  const claim = () => claimed(database.db, { isLocked: false })
  const outcomes = await raceForRow(database.db, { table: 'payment', id }, [claim, claim])

  expect(outcomes.map(valueOf)).toEqual([true, true])
})

test('an attempt that fails is an outcome like any other', async () => {
  await using database = await testDatabase()
  await insertPayments(database.owner, [{ id }])

  const fail = async () => Promise.reject(new Error('refused'))
  const outcomes = await raceForRow(database.db, { table: 'payment', id }, [fail])

  expect(outcomes).toMatchObject([{ status: 'rejected', reason: { message: 'refused' } }])
})

/** Lock, judge, write: whether this one found the payment still pending. */
async function claimed(db: Db, { isLocked }: { readonly isLocked: boolean }): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const reading = trx.selectFrom('payment').select('status').where('id', '=', id)
    const found = await (isLocked ? reading.forUpdate() : reading).executeTakeFirstOrThrow()
    if (found.status !== 'pending') return false
    await trx.updateTable('payment').set({ status: 'processing' }).where('id', '=', id).execute()
    return true
  })
}

function valueOf(outcome: PromiseSettledResult<boolean>): boolean {
  if (outcome.status === 'rejected') throw outcome.reason
  return outcome.value
}
