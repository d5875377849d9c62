import { amountCents } from '@desk/shared/money/amount-cents-schema'
import { paymentId } from '@desk/shared/payments/payment'
import { everyPayment, type PaymentQuery } from '@desk/shared/payments/payment-query'
import type { PaymentTerm } from '@desk/shared/payments/payment-term'
import { encodeCursor } from '../../src/payments/payment-cursor.ts'
import { type Ask, barePath, deskPath, listCall, summaryCall } from './asked.ts'
import { benchPerson } from './bench-person.ts'
import type { Drawn } from './drawn-payments.ts'
import { pageGoal, type Scenario } from './scenario.ts'

const everything: Ask = ['list', []]

/** The list as it opens, its pages, and every kind of filter. */
export function listScenarios(drawn: readonly Drawn[]): Scenario[] {
  return [
    {
      name: 'list as the page opens it',
      goal: pageGoal,
      desk: [
        deskPath(
          listCall({}),
          summaryCall({}),
          { procedure: 'payments.facets' },
          { procedure: 'views.list' },
          { procedure: 'preferences.list' },
        ),
      ],
      bare: [barePath(everything, ['sum of all', []], ['facets', []])],
    },
    { name: 'newest page', goal: pageGoal, ...asked([[{}, everything]]) },
    {
      name: 'page at any depth',
      goal: pageGoal,
      desk: drawn.map(({ id, micros }) => deskPath(listCall({}, cursorAt(id, micros)))),
      bare: drawn.map(({ createdAt, id }) => barePath(['page', [createdAt, id]])),
    },
    ...filters.map(([name, pairs]) => ({ name, goal: pageGoal, ...asked(pairs) })),
  ]
}

type Pair = readonly [query: Partial<PaymentQuery>, ask: Ask]

/** Common and rare, and some that hardly exist: an expired payment seldom names a token. */
export const statusesAndTokens = ['completed', 'failed', 'expired'].flatMap((status) =>
  ['USDC', 'USDT', 'EURC'].map((token) => [status, token] as const),
)

const filters: readonly (readonly [name: string, pairs: readonly Pair[]])[] = [
  ['a status', ofEach(['completed', 'failed', 'processing'], 'statuses', 'status')],
  ['a type', ofEach(['payment', 'deposit'], 'types', 'type')],
  ['a token', ofEach(['USDC', 'EURC'], 'tokens', 'token')],
  ['a network', ofEach(['eip155:8453', 'eip155:10'], 'networks', 'network')],
  [
    'status and token',
    statusesAndTokens.map(([status, token]) => [
      { statuses: [status], tokens: [token] },
      ['status and token', [status, token]],
    ]),
  ],
  [
    'an amount range',
    [
      [amounts(1_000, 1_100), ['amounts', [1_000, 1_100]]],
      [amounts(10_000, 150_000), ['amounts', [10_000, 150_000]]],
    ],
  ],
  [
    'a month',
    // Months in which the business zone has no summer time begin and end with those of UTC.
    ['2026-01', '2026-02'].map((month) => {
      const next = month === '2026-01' ? '2026-02' : '2026-03'
      const days = {
        createdFrom: `${month}-01`,
        createdTo: month === '2026-01' ? '2026-01-31' : '2026-02-28',
      }
      return [days, ['days', [`${month}-01T00:00:00Z`, `${next}-01T00:00:00Z`]]]
    }),
  ],
  ['by amount', [[{ sort: 'amount_desc' }, ['by amount', []]]]],
  ['judged underpaid', [[{ judgements: ['underpaid'] }, ['flagged', ['underpaid']]]]],
  ['judged stuck', [[{ judgements: ['stuck'] }, ['judged', ['stuck']]]]],
  ['left out: a status', [[left('status', 'completed'), ['not this status', ['completed']]]]],
  ['with a note', [[wanted('has', 'note'), ['noted', []]]]],
  ['with a tag', [[wanted('tag', 'vip'), ['tagged', ['vip']]]]],
  ['handed over to me', [[wanted('assignee', 'me'), ['assigned', [benchPerson.email]]]]],
]

function ofEach(
  values: readonly string[],
  filter: 'statuses' | 'types' | 'tokens' | 'networks',
  statement: string,
): Pair[] {
  return values.map((value) => [{ [filter]: [value] }, [statement, [value]]])
}

function amounts(min: number, max: number): Partial<PaymentQuery> {
  return { minCents: amountCents.parse(min), maxCents: amountCents.parse(max) }
}

function wanted(name: PaymentTerm['name'], value: string): Partial<PaymentQuery> {
  return { terms: [{ name, key: null, value, isNot: false }] }
}

function left(name: PaymentTerm['name'], value: string): Partial<PaymentQuery> {
  return { terms: [{ name, key: null, value, isNot: true }] }
}

function asked(pairs: readonly Pair[]): Pick<Scenario, 'desk' | 'bare'> {
  return {
    desk: pairs.map(([query]) => deskPath(listCall(query))),
    bare: pairs.map(([, ask]) => barePath(ask)),
  }
}

function cursorAt(id: string, micros: number): string {
  return encodeCursor({ key: micros, id: paymentId.parse(id) }, everyPayment)
}
