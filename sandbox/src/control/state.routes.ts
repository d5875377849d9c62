import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { readInput } from '../wire/read-input.ts'
import type { World } from '../world.ts'

const DAY_MS = 86_400_000

const advance = z.object({
  ms: z
    .int()
    .positive()
    .max(400 * DAY_MS),
})
const wish = z.object({
  seed: z.string().min(1).max(100).optional(),
  historyCount: z.int().min(0).max(1_000_000).optional(),
})
const requestQuery = z.object({ operation: z.string().optional() })

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
    const { ms } = readInput(advance, request.body)
    const offsetMs = world.clock.offsetMs() + ms
    world.clock.setOffset(offsetMs)
    world.journal.append({ kind: 'clock', value: { offsetMs } })
    world.agenda.runDue()
    return { now: new Date(world.clock.now()).toISOString(), clockOffsetMs: offsetMs }
  })

  scope.post('/reset', (request) => {
    const { seed, historyCount } = readInput(wish, request.body ?? {})
    world.reset({
      ...(seed !== undefined && { seed }),
      ...(historyCount !== undefined && { historyCount }),
    })
    world.requests.clear()
    return { payments: world.payments.all().length, withdrawals: world.withdrawals.all().length }
  })

  /** Every withdrawal this sandbox accepted since its history: what was really paid or may be. */
  scope.get('/ledger', () => {
    const entries = world.withdrawals.all().flatMap((withdrawal) =>
      withdrawal.request === null
        ? []
        : [
            {
              withdrawalId: withdrawal.id,
              status: withdrawal.status,
              amountInCents: withdrawal.amountCents,
              chainId: withdrawal.chainId,
              recipientAddress: withdrawal.recipientAddress,
              orderId: withdrawal.orderId,
              customMetadata: withdrawal.customMetadata,
              idempotencyKey: withdrawal.request.idempotencyKey,
              bodySha256: withdrawal.request.bodySha256,
              acceptedAt: new Date(withdrawal.createdAt).toISOString(),
            },
          ],
    )
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
