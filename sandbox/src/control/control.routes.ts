import type { FastifyInstance } from 'fastify'
import type { World } from '../world.ts'
import { faultRoutes } from './faults.routes.ts'
import { simulateRoutes } from './simulate.routes.ts'
import { stateRoutes } from './state.routes.ts'
import { webhookRoutes } from './webhooks.routes.ts'

/** The switches of the sandbox itself, under /__sandbox; SpacePay has none of these. */
export function controlRoutes(scope: FastifyInstance, world: World): void {
  simulateRoutes(scope, world)
  webhookRoutes(scope, world)
  faultRoutes(scope, world)
  stateRoutes(scope, world)
}
