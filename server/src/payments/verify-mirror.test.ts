import { expect, test } from 'vitest'
import { learn } from './apply-projection.ts'
import {
  apiAnswer,
  eventTold,
  wirePayment,
  wireQuote,
  wireReceipt,
} from './observation.fixtures.ts'
import { testDatabase } from '../testing/test-database.ts'
import { verifyMirror } from './verify-mirror.ts'

test('what was learned is found as it stands, and whatever else stands there is named', async () => {
  await using database = await testDatabase()
  const { db, owner } = database
  const paid = { receipt: wireReceipt(), quotes: [wireQuote({ status: 'used' })] }
  for (const told of [
    eventTold(0),
    apiAnswer(10, wirePayment()),
    apiAnswer(90, wirePayment({ status: 'completed', ...paid })),
    apiAnswer(91, wirePayment({ id: 'payment-2' })),
    apiAnswer(92, wirePayment({ id: 'payment-2' })),
  ]) {
    await db.transaction().execute((trx) => learn(trx, [told]))
  }
  expect(await verifyMirror(db)).toEqual({
    ok: true,
    text: '2 payments are what their observations say.',
  })

  await owner
    .updateTable('payment')
    .set({ net_cents: 1, status: 'failed' })
    .where('id', '=', 'payment-1')
    .execute()
  await owner.deleteFrom('quote').where('payment_id', '=', 'payment-2').execute()
  await owner.insertInto('receipt').values({ payment_id: 'payment-2' }).execute()
  const { ok, text } = await verifyMirror(db)
  expect(ok).toBe(false)
  expect(text).toBe(
    'not what its observations say: payment-1 (payment: net_cents status); payment-2 (quote: missing, receipt: nobody told of it)',
  )
  await owner.deleteFrom('observation').where('payment_id', '=', 'payment-2').execute()
  expect((await verifyMirror(db)).text).toContain('payment-2 (nothing was ever learned of it)')
})
