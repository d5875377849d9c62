import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { confirmationsAt } from '../chain/simulated-chain.ts'
import { actAsPayer } from '../payments/advance-payment.ts'
import { openPayment } from '../payments/open-payment.ts'
import { paymentBySecret, quotePayment } from '../payments/payer.routes.ts'
import { payerOutcomes } from '../payments/payment-record.ts'
import { checkoutUrl } from '../payments/payments.routes.ts'
import { chainOf } from '../registry/chains.ts'
import { findToken, tokenOf } from '../registry/tokens.ts'
import { invalidParameter } from '../wire/api-error.ts'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'
import { checkoutPage, pageVersion } from './checkout-page.ts'
import { pageHeaders } from './page.ts'
import { startPage } from './start-page.ts'

const reference = z.object({ paymentId: z.string(), secret: z.string() })
const choice = reference.extend({ tokenId: z.string() })
const act = reference.extend({ outcome: z.enum(payerOutcomes) })
const order = z.object({ amount: z.string(), orderId: z.string().min(1).max(255) })

const styles = readFileSync(new URL('./checkout.css', import.meta.url), 'utf8')
const script = readFileSync(new URL('./checkout.js', import.meta.url), 'utf8')

/** The pages for people: a start page to make a payment, and the checkout to pay it. Forms only, so that they work without the script. */
export function checkoutRoutes(scope: FastifyInstance, world: World): void {
  scope.get('/checkout.css', (_request, reply) => reply.type('text/css').send(styles))
  scope.get('/checkout.js', (_request, reply) => reply.type('text/javascript').send(script))

  scope.get('/', (_request, reply) => reply.headers(pageHeaders).send(startPage(world, null)))

  scope.post('/', (request, reply) => {
    const wish = readInput(order, request.body)
    const amountCents = centsOf(wish.amount)
    if (amountCents === null || amountCents < world.settings.amountMinCents) {
      const problem = `Enter an amount of at least ${world.settings.amountMinCents} cents, such as 49.99.`
      return reply.code(422).headers(pageHeaders).send(startPage(world, problem))
    }
    const payment = openPayment(world, {
      type: 'payment',
      amountCents,
      orderId: wish.orderId,
      redirectUrl: null,
      customMetadata: null,
      customerRefId: null,
    })
    return reply.redirect(pathOf(checkoutUrl(world, payment)), 303)
  })

  scope.get('/checkout', (request, reply) => {
    const { paymentId, secret } = readInput(reference, request.query)
    const payment = paymentBySecret(world, paymentId, secret)
    return reply.headers(pageHeaders).send(checkoutPage(payment, world.clock.now()))
  })

  scope.get('/checkout/state', (request, reply) => {
    const { paymentId, secret } = readInput(reference, request.query)
    const payment = paymentBySecret(world, paymentId, secret)
    const now = world.clock.now()
    const { transaction } = payment
    return reply.header('Cache-Control', 'no-store').send({
      version: pageVersion(payment, now),
      confirmations: transaction
        ? confirmationsAt(transaction, chainOf(tokenOf(transaction)), now)
        : 0,
    })
  })

  scope.post('/checkout/quote', (request, reply) => {
    const wish = readInput(choice, request.body)
    const payment = paymentBySecret(world, wish.paymentId, wish.secret)
    const token = findToken(wish.tokenId)
    if (!token) throw invalidParameter('tokenId', 'There is no such token.')
    // A page left open may ask after the end; it is shown the end instead.
    if (payment.status === 'pending') quotePayment(world, payment, { token, depositCents: null })
    return reply.redirect(pathOf(checkoutUrl(world, payment)), 303)
  })

  scope.post('/checkout/simulate', (request, reply) => {
    const wish = readInput(act, request.body)
    const payment = paymentBySecret(world, wish.paymentId, wish.secret)
    if (payment.status === 'pending') {
      actAsPayer(world, payment, { outcome: wish.outcome, at: world.clock.now() })
    }
    return reply.redirect(pathOf(checkoutUrl(world, payment)), 303)
  })
}

/** Dollars as people type them, `49.99` → 4999, read digit by digit; null when they are no amount. */
function centsOf(dollars: string): number | null {
  const digits = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(dollars.trim())
  if (!digits) return null
  return Number(digits[1]) * 100 + Number((digits[2] ?? '').padEnd(2, '0'))
}

/** Redirects stay on whatever address the visitor came by. */
function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}
