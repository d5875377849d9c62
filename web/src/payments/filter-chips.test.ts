import { expect, test } from 'vitest'
import { amountCents } from '@desk/shared/money/amount-cents-schema'
import { parseSearch } from '@desk/shared/payments/parse-search'
import { everyPayment } from '@desk/shared/payments/payment-query'
import { filterChips, isNarrowed, withoutFilters } from './filter-chips.ts'

const today = '2026-11-22'

test('every filter but the text is a chip in words', () => {
  const query = {
    ...everyPayment,
    text: 'ORDER-1',
    statuses: ['completed', 'on_hold'],
    networks: ['eip155:8453', 'eip155:137'],
    minCents: amountCents.parse(1_000),
    createdFrom: '2026-11-16',
    createdTo: today,
  }
  expect(filterChips(query, today).map(({ name, value }) => `${name} ${value}`)).toEqual([
    'created 16 Nov – 22 Nov',
    'status Completed, on_hold',
    'amount ≥ $10.00',
    'network Base, Polygon',
  ])
})

test('judgements, days that move along and typed conditions are chips too, each to be taken away alone', () => {
  const { query } = parseSearch(
    'created:last-7d is:late,stuck order:A-1 -status:failed meta.customer_id:cus_51 -network:base',
  )
  const chips = filterChips(query, today)
  expect(chips.map(({ name, value }) => `${name} ${value}`)).toEqual([
    'created last 7 days',
    'is late or stuck',
    'order begins A-1',
    'not status failed',
    'customer_id cus_51',
    'not network Base',
  ])
  const rest = chips.find(({ value }) => value === 'cus_51')?.without
  expect(rest?.terms.map(({ name }) => name)).toEqual(['order', 'status', 'network'])
})

test('taking a chip away leaves all other filters', () => {
  const query = { ...everyPayment, text: 'x', statuses: ['failed'], tokens: ['USDC'] }
  const status = filterChips(query, today).find(({ name }) => name === 'status')
  expect(status?.without).toEqual({ ...query, statuses: [] })
})

test('clearing keeps the order of the list', () => {
  const query = { ...everyPayment, text: 'x', sort: 'amount_asc' as const }
  expect(withoutFilters(query)).toEqual({ ...everyPayment, sort: 'amount_asc' })
})

test('an empty list is told apart from a narrowed one by what is asked, whatever the order', () => {
  expect(isNarrowed(everyPayment)).toBe(false)
  expect(isNarrowed({ ...everyPayment, sort: 'amount_asc' })).toBe(false)
  expect(isNarrowed({ ...everyPayment, statuses: ['failed'] })).toBe(true)
  expect(isNarrowed({ ...everyPayment, maxCents: amountCents.parse(0) })).toBe(true)
  expect(isNarrowed({ ...everyPayment, text: 'x' })).toBe(true)
})
