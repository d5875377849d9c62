import * as z from 'zod'
import type { Db } from '../database.ts'
import { type Matching, matches } from './payment-matching.ts'

const SORTED_MAX = 50_000
/** What these find lies together, wherever in the list that is. */
const isApart: ReadonlySet<string> = new Set(['order', 'completed'])

const explained = z.tuple([
  z.object({
    'QUERY PLAN': z.tuple([z.object({ Plan: z.object({ 'Plan Rows': z.number() }) })]),
  }),
])

/**
 * Whether all that a query matches should be read and sorted, instead of being looked for in the order of
 * the list. Order ids mostly grow with time, and the planner does not know: for the beginning of old ones it
 * would walk past all newer payments, seconds for what else takes milliseconds. How many there are is the
 * planner's own guess, which costs no reading.
 */
export async function isSortedAsAWhole(reads: Db, matching: Matching): Promise<boolean> {
  if (!matching.query.terms.some(({ name, isNot }) => isApart.has(name) && !isNot)) return false
  const [answer] = explained.parse(
    await reads
      .selectFrom('payment')
      .select('id')
      .where((eb) => matches(eb, matching))
      .explain('json'),
  )
  return answer['QUERY PLAN'][0].Plan['Plan Rows'] <= SORTED_MAX
}
