import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'
import { ledgerOf } from './ledger.ts'
import { advanceClock, clockAdvance } from './move-clock.ts'
import { freshStart, startOver } from './start-over.ts'

export const requestQuery = z.object({ operation: z.string().optional() })

/** Time, fresh starts, and the two records by which a client is judged: the ledger and the request log. */
export function stateRoutes(scope: FastifyInstance, world: World): void {
  scope.get('/state', () => ({
    now: new Date(world.clock.now()).toISOString(),
    clockOffsetMs: world.clock.offsetMs(),
    origin: { ...world.origin(), anchor: new Date(world.origin().anchor).toISOString() },
    payments: world.payments.all().length,
    withdrawals: world.withdrawals.all().length,
  }))

  scope.post('/clock/advance', (request) => {
    advanceClock(world, readInput(clockAdvance, request.body))
    return {
      now: new Date(world.clock.now()).toISOString(),
      clockOffsetMs: world.clock.offsetMs(),
    }
  })

  scope.post('/reset', (request) => {
    startOver(world, readInput(freshStart, request.body ?? {}))
    return { payments: world.payments.all().length, withdrawals: world.withdrawals.all().length }
  })

  scope.get('/ledger', () => {
    const entries = ledgerOf(world)
    return {
      entries,
      totalCents: entries.reduce((sum, entry) => sum + entry.amountInCents, 0),
    }
  })

  scope.get('/requests', (request) => {
    const { operation } = readInput(requestQuery, request.query)
    const entries = world.requests.entries()
    return {
      data: operation ? entries.filter((entry) => entry.operation === operation) : entries,
    }
  })
}
