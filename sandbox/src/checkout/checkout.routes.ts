import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { possibleOutcomes, simulatePayer } from '../control/simulate.ts'
import { paymentBySecret, quotePayment } from '../payments/payer.routes.ts'
import { payerOutcomes } from '../payments/payment-record.ts'
import { checkoutUrl } from '../payments/payments.routes.ts'
import { findToken, tokenOf, tokensOf } from '../registry/tokens.ts'
import { invalidParameter } from '../wire/api-error.ts'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'
import { checkoutPage, pageVersion } from './checkout-page.ts'
import { pageHeaders, serveAsset } from '../pages/page.ts'

const reference = z.object({ paymentId: z.string(), secret: z.string() })
const choice = reference.extend({ tokenId: z.string() })
const act = reference.extend({ outcome: z.enum(payerOutcomes) })

/** The hosted checkout. Forms only, so that it works without the script. */
export function checkoutRoutes(scope: FastifyInstance, world: World): void {
  serveAsset(scope, '/checkout.css', new URL('./checkout.css', import.meta.url))
  serveAsset(scope, '/checkout.js', new URL('./checkout.js', import.meta.url))

  scope.get('/checkout', (request, reply) => {
    const { paymentId, secret } = readInput(reference, request.query)
    const payment = paymentBySecret(world, paymentId, secret)
    return reply.headers(pageHeaders).send(checkoutPage(world, payment))
  })

  scope.get('/checkout/state', (request, reply) => {
    const { paymentId, secret } = readInput(reference, request.query)
    const payment = paymentBySecret(world, paymentId, secret)
    const now = world.clock.now()
    const { transaction } = payment
    return reply.header('Cache-Control', 'no-store').send({
      version: pageVersion(payment, now),
      confirmations: transaction
        ? world.chains.confirmations(tokenOf(transaction).chainId, transaction.block, now)
        : 0,
    })
  })

  scope.post('/checkout/quote', (request, reply) => {
    const wish = readInput(choice, request.body)
    const payment = paymentBySecret(world, wish.paymentId, wish.secret)
    const token = findToken(wish.tokenId)
    if (!token || !tokensOf(world.settings.profile).includes(token))
      throw invalidParameter('tokenId', 'There is no such token.')
    // A page left open may ask after the end; it is shown the end instead.
    if (payment.status === 'pending') quotePayment(world, payment, { token, depositCents: null })
    return reply.redirect(pathOf(checkoutUrl(world, payment)), 303)
  })

  scope.post('/checkout/simulate', (request, reply) => {
    const wish = readInput(act, request.body)
    const payment = paymentBySecret(world, wish.paymentId, wish.secret)
    // A page left open may ask for what is over; it is shown how things stand instead.
    if (possibleOutcomes(payment).includes(wish.outcome)) simulatePayer(world, payment.id, wish)
    return reply.redirect(pathOf(checkoutUrl(world, payment)), 303)
  })
}

/** Redirects stay on whatever address the visitor came by. */
function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}
