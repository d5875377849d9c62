import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { guardControl } from '../control/guard-control.ts'
import { openPayment } from '../payments/open-payment.ts'
import { checkoutUrl } from '../payments/payments.routes.ts'
import { mainMerchant } from '../registry/merchant.ts'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'
import { pageHeaders, serveAsset } from './page.ts'
import { startPage } from './start-page.ts'
import { centsOf } from './typed-dollars.ts'

const order = z.object({ amount: z.string(), orderId: z.string().min(1).max(255) })

/** The start page, which makes a payment, and the styles of all pages. */
export function pageRoutes(scope: FastifyInstance, world: World): void {
  serveAsset(scope, '/pages.css', new URL('./pages.css', import.meta.url))
  scope.register(async (guarded) => {
    // It shows the keys.
    guardControl(guarded, world)
    startRoutes(guarded, world)
  })
}

function startRoutes(scope: FastifyInstance, world: World): void {
  scope.get('/', (_request, reply) => reply.headers(pageHeaders).send(startPage(world, null)))

  scope.post('/', (request, reply) => {
    const wish = readInput(order, request.body)
    const amountCents = centsOf(wish.amount)
    if (amountCents === null || amountCents < world.settings.amountMinCents) {
      const problem = `Enter an amount of at least ${world.settings.amountMinCents} cents, such as 49.99.`
      return reply.code(422).headers(pageHeaders).send(startPage(world, problem))
    }
    const payment = openPayment(world, {
      merchantId: mainMerchant.id,
      type: 'payment',
      amountCents,
      orderId: wish.orderId,
      redirectUrl: null,
      customMetadata: null,
      customerRefId: null,
    })
    const { pathname, search } = new URL(checkoutUrl(world, payment))
    // Stays on whatever address the visitor came by.
    return reply.redirect(pathname + search, 303)
  })
}
