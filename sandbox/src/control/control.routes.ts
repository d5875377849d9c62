import type { FastifyInstance } from 'fastify'
import { bankRoutes } from '../bank/bank.routes.ts'
import type { World } from '../world.ts'
import { chainRoutes } from './chains.routes.ts'
import { faultRoutes } from './faults.routes.ts'
import { guardControl } from './guard-control.ts'
import { simulateRoutes } from './simulate.routes.ts'
import { scenarioRoutes } from '../scenarios/scenarios.routes.ts'
import { stateRoutes } from './state.routes.ts'
import { switchRoutes } from './switches.routes.ts'
import { webhookRoutes } from './webhooks.routes.ts'

/** The switches of the sandbox itself, under /__sandbox; SpacePay has none of these. */
export function controlRoutes(scope: FastifyInstance, world: World): void {
  guardControl(scope, world)
  simulateRoutes(scope, world)
  webhookRoutes(scope, world)
  faultRoutes(scope, world)
  stateRoutes(scope, world)
  scenarioRoutes(scope, world)
  chainRoutes(scope, world)
  switchRoutes(scope, world)
  bankRoutes(scope, world)
}
