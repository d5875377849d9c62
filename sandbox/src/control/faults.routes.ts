import type { FastifyInstance } from 'fastify'
import { notFound } from '../wire/api-error.ts'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'
import { faultOrder } from './fault-board.ts'

/** Faults to come, and the log of those that struck. */
export function faultRoutes(scope: FastifyInstance, world: World): void {
  scope.get('/faults', () => ({ active: world.faults.active(), log: world.faults.hits() }))

  scope.post('/faults', (request, reply) => {
    const order = readInput(faultOrder, request.body)
    return reply.code(201).send({ id: world.faults.add(order), ...order })
  })

  scope.delete('/faults', (_request, reply) => {
    world.faults.clear()
    return reply.code(204).send()
  })

  scope.delete<{ Params: { id: string } }>('/faults/:id', (request, reply) => {
    if (!world.faults.remove(request.params.id)) {
      throw notFound('fault_not_found', 'There is no such fault, or it is used up.')
    }
    return reply.code(204).send()
  })
}
