import type { Db } from '../database.ts'
import { learn } from '../payments/apply-projection.ts'
import { apiAnswer, wirePayment, wireReceipt } from '../payments/observation.fixtures.ts'
import { countOnce } from '../settlements/rollups.ts'

/** Each answer is newer than the ones before. */
let answers = 0

/** Completed at that instant with a merchant fee of ten cents; made then too unless said otherwise. */
export function settledAt(id: string, at: string, ...[cents, madeAt]: readonly [number, string?]) {
  const receipt = wireReceipt({ txTimestamp: at, completedAt: at })
  answers += 1
  return apiAnswer(
    answers,
    wirePayment({
      id,
      createdAt: madeAt ?? at,
      amountInCents: cents,
      amountMerchantNetCents: cents - 10,
      merchantFeeCents: 10,
      swapFeeCents: null,
      convenienceFeeCents: null,
      status: 'completed',
      receipt,
    }),
  )
}

/** Has Desk learn them. */
export async function learnSettled(db: Db, told: Parameters<typeof learn>[1]): Promise<void> {
  await db.transaction().execute((trx) => learn(trx, told))
}

/** Counts until the sums are level. */
export async function countAll(db: Db, now: () => Date, zone = 'Europe/London'): Promise<void> {
  while (await countOnce({ db, now, zone }));
}
