import type { FastifyInstance } from 'fastify'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'
import { switchesWish } from './switches.ts'

/** What may be changed while the sandbox runs. */
export function switchRoutes(scope: FastifyInstance, world: World): void {
  scope.get('/switches', () => world.switches.get())

  scope.patch('/switches', (request) =>
    world.switches.change(readInput(switchesWish, request.body)),
  )
}
