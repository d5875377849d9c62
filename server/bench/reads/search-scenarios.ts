import { type PaymentQuery } from '@desk/shared/payments/payment-query'
import type { PaymentTerm } from '@desk/shared/payments/payment-term'
import { type Ask, barePath, deskPath, listCall } from './asked.ts'
import type { Drawn } from './drawn-payments.ts'
import { oneGoal, type Scenario, searchGoal } from './scenario.ts'

type Pair = readonly [query: Partial<PaymentQuery>, ask: Ask]

/** Every kind of free text, and one payment by everything that names it. */
export function searchScenarios(drawn: readonly Drawn[], rows: number): Scenario[] {
  const goal = searchGoal(rows)
  return [
    ...Object.entries(searches(drawn)).map(([name, pairs]) => ({
      name,
      goal,
      desk: pairs.map(([query]) => deskPath(listCall(query))),
      bare: pairs.map(([, ask]) => barePath(ask)),
    })),
    {
      name: 'an address, in the list',
      goal: oneGoal,
      desk: drawn.map(({ address }) => deskPath(listCall({ text: address }))),
      bare: drawn.map(({ address }) => barePath(['carriers', [address]])),
    },
    {
      name: 'payment in full, by id',
      goal: oneGoal,
      desk: drawn.map(({ id }) => deskPath({ procedure: 'payments.detail', input: { id } })),
      bare: drawn.map(({ id }) => barePath(['id', [id]])),
    },
    ...(['id', 'order', 'address', 'sender', 'hash'] as const).map((key) => ({
      name: `find by ${names[key]}`,
      goal: oneGoal,
      desk: drawn.map((one) => deskPath({ procedure: 'payments.find', input: { text: one[key] } })),
      bare: drawn.map((one) => barePath(['identifier', [one[key]]])),
    })),
  ]
}

const names = {
  id: 'id',
  order: 'order id',
  address: 'address',
  sender: 'sender',
  hash: 'hash',
} as const

const customers = Array.from({ length: 100 }, (_, index) => `cust_${1_001 + index * 7}`)

function searches(drawn: readonly Drawn[]): Record<string, readonly Pair[]> {
  return {
    'part of an order id': drawn.map(({ order }) => substring(partOf(order))),
    'part of a hash': drawn.map(({ hash }) => substring(hash.slice(20, 30))),
    'two words': drawn.map(({ order }) => [
      { text: `${partOf(order)} web` },
      ['two substrings', [`%${partOf(order).toLowerCase()}%`, '%web%']],
    ]),
    'what nobody has': drawn.map(({ hash }) => substring(`zq${hash.slice(2, 8)}`)),
    'what everybody has': [substring('order-'), substring('channel')],
    'two letters': ['or', 'su', 'zz'].map((text) => [{ text }, ['beginning', [`${text}%`, text]]]),
    'a value of the metadata': customers.map((value) => [
      { terms: [{ name: 'meta', key: 'customer_id', value, isNot: false }] },
      ['substring', [`%customer_id=${value}%`]],
    ]),
    'order id begins': drawn.map(({ order }) => [
      beginning('order', order.slice(0, -2)),
      ['order beginning', [`${order.slice(0, -2).toLowerCase()}%`]],
    ]),
    'old order ids begin': ['ORDER-10', 'ORDER-1001', 'SUB-10'].map((value) => [
      beginning('order', value),
      ['order beginning', [`${value.toLowerCase()}%`]],
    ]),
    'hash begins': drawn.map(({ hash }) => [
      beginning('tx', hash.slice(0, 10)),
      ['hash beginning', [`%${hash.slice(0, 10)}%`, `${hash.slice(0, 10)}%`]],
    ]),
    'address begins': drawn.map(({ address }) => [
      beginning('address', address.slice(0, 10)),
      ['address beginning', [`%${address.slice(0, 10)}%`, `${address.slice(0, 10)}%`]],
    ]),
  }
}

function substring(text: string): Pair {
  return [{ text }, ['substring', [`%${text.toLowerCase()}%`]]]
}

function beginning(name: PaymentTerm['name'], value: string): Partial<PaymentQuery> {
  return { terms: [{ name, key: null, value, isNot: false }] }
}

/** Seven characters from the end but for the last, as people type what they remember. */
function partOf(order: string): string {
  return order.slice(-8, -1)
}
