import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { possibleOutcomes, simulatePayer } from '../control/simulate.ts'
import { pageHeaders, serveAsset } from '../pages/page.ts'
import { centsOf } from '../pages/typed-dollars.ts'
import { paymentBySecret, quotePayment } from '../payments/payer.routes.ts'
import {
  leadingQuote,
  payerOutcomes,
  paymentStatuses,
  type PaymentRecord,
} from '../payments/payment-record.ts'
import { AMOUNT_MAX_CENTS, checkoutUrl } from '../payments/payments.routes.ts'
import { tokensOf } from '../registry/tokens.ts'
import { ApiError, invalidParameter } from '../wire/api-error.ts'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'
import { checkoutPage, noPaymentPage } from './checkout-page.ts'
import { pageVersion, progressOf } from './stage.ts'

const reference = z.object({ paymentId: z.string(), secret: z.string() })
const choice = reference.extend({ tokenId: z.string(), amount: z.string().optional() })
const act = reference.extend({
  outcome: z.enum(payerOutcomes),
  /** What the payer saw when pressing: a second press must not pay a second time. */
  seen: z.enum(paymentStatuses).default('pending'),
})

/** The hosted checkout. Forms only, so that it works without the script. */
export function checkoutRoutes(scope: FastifyInstance, world: World): void {
  serveAsset(scope, '/checkout.js', new URL('./checkout.js', import.meta.url))
  serveAsset(scope, '/checkout.css', new URL('./checkout.css', import.meta.url))

  scope.get('/checkout/state', (request, reply) => {
    const payment = paymentFor(world, request.query)
    return reply.header('Cache-Control', 'no-store').send({
      version: pageVersion(world, payment),
      now: world.clock.now(),
      progress: progressOf(world, payment),
    })
  })

  scope.register(async (pages) => {
    pages.setErrorHandler((error, _request, reply) => {
      if (!(error instanceof ApiError)) throw error
      return reply.code(error.status).headers(pageHeaders).send(noPaymentPage(error.message))
    })
    checkoutPageRoutes(pages, world)
  })
}

function checkoutPageRoutes(scope: FastifyInstance, world: World): void {
  scope.get('/checkout', (request, reply) =>
    reply.headers(pageHeaders).send(checkoutPage(world, paymentFor(world, request.query))),
  )

  scope.post('/checkout/quote', (request, reply) => {
    const payment = paymentFor(world, request.body)
    const wish = readInput(choice, request.body)
    const token = tokensOf(world.settings.profile).find(({ id }) => id === wish.tokenId)
    if (!token) throw invalidParameter('tokenId', 'There is no such token.')
    const depositCents = wantedCents(payment, wish.amount)
    if (depositCents === 'unreadable') {
      const problem = 'Enter an amount such as 25 or 49.90.'
      return reply
        .code(422)
        .headers(pageHeaders)
        .send(checkoutPage(world, payment, problem))
    }
    // A page left open may ask after the end; it is shown the end instead.
    if (payment.status === 'pending') quotePayment(world, payment, { token, depositCents })
    return reply.redirect(pathOf(checkoutUrl(world, payment)), 303)
  })

  scope.post('/checkout/simulate', (request, reply) => {
    const payment = paymentFor(world, request.body)
    const { outcome, seen } = readInput(act, request.body)
    if (payment.status === seen && possibleOutcomes(payment).includes(outcome)) {
      simulatePayer(world, payment.id, { outcome })
    }
    return reply.redirect(pathOf(checkoutUrl(world, payment)), 303)
  })
}

function paymentFor(world: World, input: unknown): PaymentRecord {
  const { paymentId, secret } = readInput(reference, input)
  return paymentBySecret(world, paymentId, secret)
}

/** What a depositor wants to pay: as typed, or what the quote so far was about; null is any amount. */
function wantedCents(
  payment: PaymentRecord,
  typed: string | undefined,
): number | null | 'unreadable' {
  if (payment.type !== 'deposit') return null
  if (typed === undefined) return leadingQuote(payment)?.dueCents || null
  const cents = centsOf(typed)
  return cents === null || cents < 1 || cents > AMOUNT_MAX_CENTS ? 'unreadable' : cents
}

/** Redirects stay on whatever address the visitor came by. */
function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}
