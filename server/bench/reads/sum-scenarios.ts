import { type PaymentQuery } from '@desk/shared/payments/payment-query'
import { type Ask, barePath, deskPath, summaryCall } from './asked.ts'
import type { Drawn } from './drawn-payments.ts'
import { statusesAndTokens } from './list-scenarios.ts'
import type { Scenario } from './scenario.ts'

/** Count and sum of what a query matches; no promise but that of every read, to stay under a second. */
export function sumScenarios(drawn: readonly Drawn[]): Scenario[] {
  return [
    sums('sum of everything', [[{}, ['sum of all', []]]]),
    sums(
      'sum of a status',
      ['completed', 'expired', 'failed'].map((status) => [
        { statuses: [status] },
        ['sum of a status', [status]],
      ]),
    ),
    sums(
      'sum of status, token and month',
      statusesAndTokens.map(([status, token]) => [
        { statuses: [status], tokens: [token], createdFrom: '2026-01-01', createdTo: '2026-01-31' },
        ['sum of few', [status, token, '2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z']],
      ]),
    ),
    sums(
      'sum of a part of an order id',
      drawn.map(({ order }) => {
        const text = order.slice(-8, -1)
        return [{ text }, ['sum of substring', [`%${text.toLowerCase()}%`]]]
      }),
    ),
    sums('sum of what everybody has', [[{ text: 'order-' }, ['sum of substring', ['%order-%']]]]),
  ]
}

function sums(
  name: string,
  pairs: readonly (readonly [query: Partial<PaymentQuery>, ask: Ask])[],
): Scenario {
  return {
    name,
    goal: null,
    desk: pairs.map(([query]) => deskPath(summaryCall(query))),
    bare: pairs.map(([, ask]) => barePath(ask)),
  }
}
