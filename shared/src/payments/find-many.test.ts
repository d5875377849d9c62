import { expect, test } from 'vitest'
import { amountCents } from '../money/amount-cents-schema.ts'
import { type FoundLine, totalsOf } from './find-many.ts'
import { paymentId } from './payment.ts'

const hit = (id: string, cents: number | null, currency = 'USD') => ({
  id: paymentId.parse(id),
  orderId: null,
  status: 'completed',
  amountCents: cents === null ? null : amountCents.parse(cents),
  currency,
  createdAt: '2026-11-01T12:00:00.000Z',
  matchedOn: 'order_id' as const,
  exact: true,
})

const line = (part: Partial<FoundLine>): FoundLine => ({
  line: 1,
  text: 'A-1',
  repeatedOn: [],
  hits: [],
  hitCount: part.hits?.length ?? 0,
  miss: part.hits ? null : { reason: 'unknown', near: [], isLookedInto: true },
  ...part,
})

test('a payment that several lines lead to is summed once, exactly, per currency', () => {
  const totals = totalsOf([
    line({ hits: [hit('a', 9_007_199_254_740_991), hit('b', 9_007_199_254_740_991)] }),
    line({ hits: [hit('a', 9_007_199_254_740_991), hit('c', 5, 'EUR')], repeatedOn: [3] }),
    line({ hits: [hit('d', null)], hitCount: 40 }),
    line({}),
  ])
  expect(totals).toEqual({
    found: 3,
    missing: 1,
    repeated: 1,
    payments: 4,
    sums: [
      { currency: 'EUR', cents: 5n },
      { currency: 'USD', cents: 18_014_398_509_481_982n },
    ],
    withoutAmount: 1,
    overfull: 1,
  })
})
