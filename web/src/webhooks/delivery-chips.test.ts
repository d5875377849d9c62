import { expect, test } from 'vitest'
import type { DeliveryQuery } from '@desk/shared/webhooks/delivery-query'
import { deliveryChips } from './delivery-chips.ts'

const chips = (query: DeliveryQuery) => deliveryChips(query, { today: '2026-11-23', secrets: [] })

test.each([
  [{ from: '2026-11-01', to: '2026-11-15' }, '1 Nov – 15 Nov'],
  [{ from: '2026-11-15', to: '2026-11-15' }, '15 Nov'],
  [{ from: '2026-11-15T14:30', to: '2026-11-15T15:00' }, '15 Nov 14:30 – 15 Nov 15:00'],
  [{ from: '2026-11-15T14:30', to: '2026-11-16' }, '15 Nov 14:30 – 16 Nov'],
  [{ from: '2026-11-15T14:30' }, 'from 15 Nov 14:30'],
  [{ to: '2025-11-15T14:30' }, 'until 15 Nov 2025 14:30'],
])('the time %o reads “%s”, and goes as a whole', (query, value) => {
  expect(chips({ ...query, verdict: 'refused' })).toEqual([
    { name: 'time', value, without: { verdict: 'refused' } },
    expect.objectContaining({ name: 'verdict' }),
  ])
})

test('without a filter there is no chip', () => {
  expect(chips({})).toEqual([])
})
