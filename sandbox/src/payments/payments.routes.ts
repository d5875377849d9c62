import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { amountRefused, notFound, unprocessable } from '../wire/api-error.ts'
import { pageJson, pageQuery } from '../wire/pagination.ts'
import { readInput } from '../wire/read-input.ts'
import { merchantBehind } from '../wire/secret-key-scope.ts'
import type { World } from '../world.ts'
import { openPayment } from './open-payment.ts'
import { paymentStatuses, paymentTypes, type PaymentRecord } from './payment-record.ts'
import { seedPaymentJson } from './seed-payment.ts'
import { paymentJson, type PaymentView } from './serialise-payment.ts'

export const AMOUNT_MAX_CENTS = 100_000_000

const openFields = {
  currency: z.literal('USD', 'must be USD'),
  orderId: z.string().min(1).max(255),
  redirectUrl: z.url('must be a URL').max(2_048).nullish(),
  customMetadata: z.string('must be a string holding JSON').max(2_048).nullish(),
  customerRefId: z.string().min(1).max(255).nullish(),
}
const kind = z.object({ type: z.enum(paymentTypes).default('payment') })
export const newPayment = z.object({
  amount: z.number().refine(Number.isInteger, 'must be a whole number of cents'),
  ...openFields,
})
/** What a deposit says about its amount is ignored. */
export const newDeposit = z.object(openFields)

export const paymentQuery = z.object({
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
      merchantId: merchantBehind(request).id,
      type,
      amountCents,
      orderId: wish.orderId,
      redirectUrl: wish.redirectUrl ?? null,
      customMetadata: wish.customMetadata ?? null,
      customerRefId: wish.customerRefId ?? null,
    })
    // The integration page's table says 200, every other source 201.
    const status = world.settings.profile === 'seed' ? 200 : 201
    return reply.code(status).send(createdJson(payment, viewOf(world), checkoutUrl(world, payment)))
  })

  scope.get('/payments', { config: { operation: 'payments.list' } }, (request) => {
    const query = readInput(paymentQuery, request.query)
    const { rows, total } = world.payments.list({
      ...query,
      merchantId: merchantBehind(request).id,
      type: query.type,
      status: query.status,
      search: query.search,
    })
    const view = { ...viewOf(world), inList: true }
    return pageJson(
      rows.map((payment) => shownPayment(payment, view)),
      total,
      query,
    )
  })

  scope.get<{ Params: { paymentId: string } }>(
    '/payments/:paymentId',
    { config: { operation: 'payments.get' } },
    (request) => {
      const payment = world.payments.find(request.params.paymentId)
      if (payment?.merchantId !== merchantBehind(request).id) {
        throw notFound('payment_not_found', 'There is no such payment.')
      }
      return shownPayment(payment, viewOf(world))
    },
  )
}

/** How this sandbox shows payments right now. */
export function viewOf(world: World): PaymentView {
  const { echoMetadata, receiptUnsettled, profile } = world.settings
  return { now: world.clock.now(), echoMetadata, receiptUnsettled, profile }
}

/** The payment as the merchant's routes show it in the sandbox's profile. */
export function shownPayment(payment: PaymentRecord, view: PaymentView) {
  const shown = paymentJson(payment, view)
  return view.profile === 'seed' ? seedPaymentJson(payment, shown) : shown
}

/** The hosted page of a payment; it carries the payment secret, so it is as good as the payment itself. */
export function checkoutUrl(world: World, payment: PaymentRecord): string {
  return `${world.url()}/checkout?paymentId=${payment.id}&secret=${payment.secret}`
}

/** The documented envelope, and beside it the flat names of the integration page's samples; in its own profile those alone. */
export function createdJson(payment: PaymentRecord, view: PaymentView, paymentUrl: string) {
  const shown = paymentJson(payment, view)
  if (view.profile === 'seed') {
    return {
      ...seedPaymentJson(payment, shown),
      checkout_url: paymentUrl,
      payment_id: payment.id,
    }
  }
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
    ...(shown.depositAddress && { depositAddress: shown.depositAddress }),
    quotes: shown.quotes,
    checkout_url: paymentUrl,
    payment_id: payment.id,
  }
}

function refuseUnwanted(world: World, amountCents: number | null): void {
  const { amountMinCents, profile } = world.settings
  const { depositsEnabled } = world.switches.get()
  if (amountCents === null) {
    if (depositsEnabled) return
    throw unprocessable('deposits_disabled', 'Deposits are not enabled for this merchant.', 'type')
  }
  if (amountCents < amountMinCents) {
    throw amountRefused(profile, 'amount', `must be at least ${amountMinCents} cents`)
  }
  if (amountCents > AMOUNT_MAX_CENTS) {
    throw amountRefused(profile, 'amount', `must be at most ${AMOUNT_MAX_CENTS} cents`)
  }
}
