import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { notFound, unprocessable } from '../wire/api-error.ts'
import { pageJson, pageQuery } from '../wire/pagination.ts'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'
import { openPayment } from './open-payment.ts'
import { paymentStatuses, paymentTypes, type PaymentRecord } from './payment-record.ts'
import { paymentJson, type PaymentView } from './serialise-payment.ts'

const AMOUNT_MAX_CENTS = 100_000_000

const openFields = {
  currency: z.literal('USD', 'must be USD'),
  orderId: z.string().min(1).max(255),
  redirectUrl: z.url('must be a URL').max(2_048).nullish(),
  customMetadata: z.string('must be a string holding JSON').max(2_048).nullish(),
  customerRefId: z.string().min(1).max(255).nullish(),
}
const kind = z.object({ type: z.enum(paymentTypes).default('payment') })
const newPayment = z.object({
  amount: z.number().refine(Number.isInteger, 'must be a whole number of cents'),
  ...openFields,
})
/** What a deposit says about its amount is ignored. */
const newDeposit = z.object(openFields)

const paymentQuery = z.object({
  type: z.enum(paymentTypes).optional(),
  status: z.enum(paymentStatuses).optional(),
  search: z.string().max(255).optional(),
  sortBy: z.enum(['createdAt', 'amountInCents']).default('createdAt'),
  sortOrder: z.enum(['ASC', 'DESC']).default('DESC'),
  ...pageQuery,
})

/** The merchant's payments: create, list, get. */
export function paymentRoutes(scope: FastifyInstance, world: World): void {
  scope.post('/payments', { config: { operation: 'payments.create' } }, (request, reply) => {
    const { type } = readInput(kind, request.body)
    const wish =
      type === 'deposit'
        ? { ...readInput(newDeposit, request.body), amount: null }
        : readInput(newPayment, request.body)
    const amountCents = wish.amount
    refuseUnwanted(world, amountCents)
    const payment = openPayment(world, {
      type,
      amountCents,
      orderId: wish.orderId,
      redirectUrl: wish.redirectUrl ?? null,
      customMetadata: wish.customMetadata ?? null,
      customerRefId: wish.customerRefId ?? null,
    })
    return reply.code(201).send(createdJson(world, payment))
  })

  scope.get('/payments', { config: { operation: 'payments.list' } }, (request) => {
    const query = readInput(paymentQuery, request.query)
    const { rows, total } = world.payments.list({
      ...query,
      type: query.type,
      status: query.status,
      search: query.search,
    })
    const view = { ...viewOf(world), inList: true }
    return pageJson(
      rows.map((payment) => paymentJson(payment, view)),
      total,
      query,
    )
  })

  scope.get<{ Params: { paymentId: string } }>(
    '/payments/:paymentId',
    { config: { operation: 'payments.get' } },
    (request) => {
      const payment = world.payments.find(request.params.paymentId)
      if (!payment) throw notFound('payment_not_found', 'There is no such payment.')
      return paymentJson(payment, viewOf(world))
    },
  )
}

/** How this sandbox shows payments right now. */
export function viewOf(world: World): PaymentView {
  const { echoMetadata, receiptUnsettled } = world.settings
  return { now: world.clock.now(), echoMetadata, receiptUnsettled }
}

/** The hosted page of a payment; it carries the payment secret, so it is as good as the payment itself. */
export function checkoutUrl(world: World, payment: PaymentRecord): string {
  return `${world.url()}/checkout?paymentId=${payment.id}&secret=${payment.secret}`
}

/** The documented envelope, and beside it the flat names of the marketing page's samples. */
function createdJson(world: World, payment: PaymentRecord) {
  const shown = paymentJson(payment, viewOf(world))
  const paymentUrl = checkoutUrl(world, payment)
  return {
    payment: shown,
    paymentId: payment.id,
    paymentUrl,
    secret: payment.secret,
    id: payment.id,
    status: shown.status,
    amount: shown.amountInCents,
    currency: shown.currency,
    orderId: shown.orderId,
    depositAddress: shown.depositAddress,
    quotes: shown.quotes,
    checkout_url: paymentUrl,
    payment_id: payment.id,
  }
}

function refuseUnwanted(world: World, amountCents: number | null): void {
  const { amountMinCents, depositsEnabled } = world.settings
  if (amountCents === null) {
    if (depositsEnabled) return
    throw unprocessable('deposits_disabled', 'Deposits are not enabled for this merchant.', 'type')
  }
  if (amountCents < amountMinCents) {
    throw unprocessable(
      'invalid_amount',
      `amount must be at least ${amountMinCents} cents`,
      'amount',
    )
  }
  if (amountCents > AMOUNT_MAX_CENTS) {
    throw unprocessable(
      'invalid_amount',
      `amount must be at most ${AMOUNT_MAX_CENTS} cents`,
      'amount',
    )
  }
}
