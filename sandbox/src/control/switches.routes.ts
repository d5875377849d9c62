import type { FastifyInstance } from 'fastify'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'
import { switchesRecord } from './switches.ts'

/** Any of them; what is left out stays. */
const switchesWish = switchesRecord.exactPartial()

/** What may be changed while the sandbox runs. */
export function switchRoutes(scope: FastifyInstance, world: World): void {
  scope.get('/switches', () => world.switches.get())

  scope.patch('/switches', (request) => {
    const wish = readInput(switchesWish, request.body)
    return world.switches.change({ ...world.switches.get(), ...wish })
  })
}
