import { everyPayment, type PaymentQuery } from '@desk/shared/payments/payment-query'
import { type Ask, barePath, deskPath } from '../reads/asked.ts'
import type { Scenario } from '../reads/scenario.ts'

/** The last day of the generated payments. */
const last = '2026-11-22'
const year = { from: '2025-11-23', before: '2024-11-23' }
/** Every payment of the days is read: eight at once have to be done within a turn at ten million, too. */
const day = { from: '2026-11-22', before: '2026-11-21' }

/** All charts of insights with the period before, of a year and of what rollups do not hold. */
export function chartScenarios(): Scenario[] {
  return [
    chart('a year', { query: {}, days: year, ask: 'charts' }),
    chart('a year of a status', {
      query: { statuses: ['completed'] },
      days: year,
      ask: 'charts of a status',
      value: 'completed',
    }),
    chart('a day of a text', {
      query: { text: 'channel=web' },
      days: day,
      ask: 'charts of a text',
      value: '%channel=web%',
    }),
  ]
}

interface Chart {
  readonly query: Partial<PaymentQuery>
  readonly days: { readonly from: string; readonly before: string }
  readonly ask: string
  readonly value?: string
}

function chart(name: string, { query, days, ask, value }: Chart): Scenario {
  const asked = { ...everyPayment, ...query, createdFrom: days.from, createdTo: last }
  const values = [days.before, last, days.from, ...(value === undefined ? [] : [value])]
  const bare: Ask = [ask, values]
  return {
    name,
    goal: null,
    desk: [deskPath({ procedure: 'insights.read', input: { query: asked } })],
    bare: [barePath(bare)],
  }
}
