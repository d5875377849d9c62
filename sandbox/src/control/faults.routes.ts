import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { notFound } from '../wire/api-error.ts'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'
import { effectCatalogue } from './effect-catalogue.ts'
import { readFaultOrder } from './fault-order.ts'

export const hitQuery = z.object({
  faultId: z.string().optional(),
  effect: z.string().optional(),
  operation: z.string().optional(),
  subjectId: z.string().optional(),
  eventId: z.string().optional(),
  requestId: z.string().optional(),
  since: z.iso
    .datetime()
    .transform((text) => Date.parse(text))
    .optional(),
})

/** Faults to come, and the log of those that struck. They last until the sandbox is stopped. */
export function faultRoutes(scope: FastifyInstance, world: World): void {
  scope.get('/faults', (request) => ({
    active: world.faults.active(),
    log: world.faults.log.entries(readInput(hitQuery, request.query)),
  }))

  scope.get('/faults/effects', () => ({ data: effectCatalogue }))

  scope.post('/faults', (request, reply) => {
    const order = readFaultOrder(request.body)
    return reply.code(201).send({ id: world.faults.add(order), ...order })
  })

  scope.delete('/faults', (_request, reply) => {
    world.faults.clear()
    return reply.code(204).send()
  })

  scope.delete('/faults/log', (_request, reply) => {
    world.faults.log.clear()
    return reply.code(204).send()
  })

  scope.delete<{ Params: { id: string } }>('/faults/:id', (request, reply) => {
    if (!world.faults.remove(request.params.id)) {
      throw notFound('fault_not_found', 'There is no such fault, or it is used up.')
    }
    return reply.code(204).send()
  })
}
