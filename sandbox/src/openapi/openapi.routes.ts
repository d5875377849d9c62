import type { FastifyInstance } from 'fastify'
import type { World } from '../world.ts'
import { describeApi } from './describe-api.ts'

/** What this sandbox serves, for machines and for people. */
export function openapiRoutes(scope: FastifyInstance, world: World): void {
  scope.get('/docs/swagger.json', () => describeApi(world))
}
