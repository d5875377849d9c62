import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { checkoutRoutes } from './checkout/checkout.routes.ts'
import { controlRoutes } from './control/control.routes.ts'
import { controlPageRoutes } from './control-page/control-page.routes.ts'
import { explorerRoutes } from './explorer/explorer.routes.ts'
import { createTraffic } from './history/traffic.ts'
import { advancePayment } from './payments/advance-payment.ts'
import { payerRoutes } from './payments/payer.routes.ts'
import { pageRoutes } from './pages/pages.routes.ts'
import { openapiRoutes } from './openapi/openapi.routes.ts'
import { paymentRoutes } from './payments/payments.routes.ts'
import { registryRoutes } from './registry/registry.routes.ts'
import type { SandboxSettings } from './settings.ts'
import { createHttpServer } from './wire/http-server.ts'
import { guardWithSecretKey } from './wire/secret-key-scope.ts'
import { advanceWithdrawal } from './withdrawals/advance-withdrawal.ts'
import { withdrawalRoutes } from './withdrawals/withdrawals.routes.ts'
import { createWorld, type World } from './world.ts'

export interface Sandbox {
  readonly app: FastifyInstance
  readonly world: World
  /** Starts serving and living; 0 takes a free port. Answers the URL, without a trailing slash. */
  readonly listen: (port: number) => Promise<string>
  /** Stops serving, ends deliveries in flight (they are told again next time) and closes the state. */
  readonly close: () => Promise<void>
}

/** A whole sandbox, built and not yet listening. */
export function buildSandbox(settings: SandboxSettings): Sandbox {
  const world = createWorld(settings)
  world.agenda.handle('payment', (id, at) => advancePayment(world, id, at))
  world.agenda.handle('withdrawal', (id, at) => advanceWithdrawal(world, id, at))
  createTraffic(world)

  const app = createHttpServer(world)
  app.get('/v1', () => ({ status: 'ok' }))
  app.register(
    async (scope) => {
      guardWithSecretKey(scope, world)
      paymentRoutes(scope, world)
      withdrawalRoutes(scope, world)
    },
    { prefix: '/v1/external/secretkey-auth' },
  )
  app.register(async (scope) => payerRoutes(scope, world), {
    prefix: '/v1/external/payment-secret-auth',
  })
  app.register(async (scope) => registryRoutes(scope, world), { prefix: '/v1/external' })
  app.register(async (scope) => openapiRoutes(scope, world))
  app.register(async (scope) => controlRoutes(scope, world), { prefix: '/__sandbox' })
  app.register(async (scope) => {
    pageRoutes(scope, world)
    checkoutRoutes(scope, world)
    explorerRoutes(scope, world)
    controlPageRoutes(scope, world)
  })

  return {
    app,
    world,
    listen: async (port) => {
      const { host } = settings
      if (settings.chain === 'anvil') {
        // Loaded when asked for: nobody else pays for it.
        const { startAnvilCarrier } = await import('./chain/anvil/anvil-carrier.ts')
        world.setCarrier(await startAnvilCarrier(world))
      }
      await app.listen({ host, port })
      const name = host.includes(':') ? `[${host}]` : host
      const url = `http://${name}:${portOf(app.server.address(), port)}`
      world.setUrl(url)
      world.agenda.start()
      playFromTheStart(world)
      return url
    },
    close: async () => {
      world.agenda.stop()
      await app.close()
      await world.carrier().stop()
      await world.webhooks.close()
      await world.scenarios.close()
      world.journal.close()
    },
  }
}

/** A scenario that was going on when the sandbox was stopped goes on by itself. */
function playFromTheStart({ settings, scenarios }: World): void {
  const chosen = scenarios.list().find(({ name }) => name === settings.scenario)
  if (chosen?.state === 'idle') scenarios.start(chosen.name, {})
}

function portOf(address: AddressInfo | string | null, wanted: number): number {
  return address !== null && typeof address === 'object' ? address.port : wanted
}
