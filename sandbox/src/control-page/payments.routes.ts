import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import {
  paymentAct,
  simulatePayer,
  simulateWithdrawal,
  withdrawalEnd,
} from '../control/simulate.ts'
import { html } from '../pages/html.ts'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'
import { paymentPage } from './payment-page.ts'
import { paymentsPage, type RecordSearch } from './payments-page.ts'
import { sectionForms } from './section-forms.ts'
import { foreignText, statusBadge } from './shown.ts'
import type { Notices } from './told.ts'
import { typedFields, withNumbers } from './typed-fields.ts'
import { withdrawalsPage } from './withdrawals-page.ts'

const recordSearch = z.object({
  q: z.string().max(255).default(''),
  status: z.string().default(''),
  offset: z.int().default(0),
})
const everything: RecordSearch = { q: '', status: '', offset: 0 }
const reference = z.object({ id: z.string() })

/** Payments and withdrawals, and what the other side does with them. */
export function paymentRoutes(scope: FastifyInstance, world: World, notices: Notices): void {
  const searchOf = (query: unknown) =>
    readInput(recordSearch, withNumbers(typedFields(query), ['offset']))

  const payments = sectionForms(scope, {
    notices,
    home: '/control/payments',
    again: (told) => paymentsPage(world, everything, told),
    labels: { q: 'Search', outcome: 'Outcome' },
  })
  payments.page('/control/payments', ({ query }, told) =>
    paymentsPage(world, searchOf(query), told),
  )
  payments.page('/control/payments/:id', ({ params }, told) =>
    paymentPage(world, readInput(reference, params).id, told),
  )
  payments.act('payment', ({ body }) => {
    const act = readInput(paymentAct, body)
    const payment = simulatePayer(world, readInput(reference, body).id, act)
    return html`Payment of order ${foreignText(payment.orderId)} is now
    ${statusBadge(payment.status)}`
  })

  const withdrawals = sectionForms(scope, {
    notices,
    home: '/control/withdrawals',
    again: (told) => withdrawalsPage(world, everything, told),
    labels: { q: 'Search', outcome: 'Outcome' },
  })
  withdrawals.page('/control/withdrawals', ({ query }, told) =>
    withdrawalsPage(world, searchOf(query), told),
  )
  withdrawals.act('withdrawal', ({ body }) => {
    const end = readInput(withdrawalEnd, body)
    const { orderId, status } = simulateWithdrawal(world, readInput(reference, body).id, end)
    return html`Withdrawal ${foreignText(orderId)} is now ${statusBadge(status)}`
  })
}
