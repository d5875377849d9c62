import type { FastifyInstance } from 'fastify'
import type { World } from '../world.ts'

/** The training scenarios: list, start, stop. */
export function scenarioRoutes(scope: FastifyInstance, world: World): void {
  scope.get('/scenarios', () => ({ data: world.scenarios.list() }))

  scope.post<{ Params: { name: string } }>('/scenarios/:name', (request, reply) =>
    reply.code(201).send(world.scenarios.start(request.params.name, request.body ?? {})),
  )

  scope.delete<{ Params: { name: string } }>('/scenarios/:name', (request) =>
    world.scenarios.stop(request.params.name),
  )
}
