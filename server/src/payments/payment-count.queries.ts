import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import type { Db } from '../database.ts'
import type { SearchPlace } from './payment-conditions.ts'
import { matches, understand } from './payment-matching.ts'

/** How many payments a query matches, counted no further than `limit`. */
export async function countPayments(
  reads: Db,
  query: PaymentQuery,
  { place, limit }: { readonly place: SearchPlace; readonly limit: number },
): Promise<number> {
  const matching = await understand(reads, query, place)
  const { count } = await reads
    .selectFrom((eb) =>
      eb
        .selectFrom('payment')
        .select('id')
        .where((eb) => matches(eb, matching))
        .limit(limit)
        .as('matched'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return count
}
