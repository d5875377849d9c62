import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { openDatabase, openPool } from '../database.ts'
import { GatewayError } from '../gateway/gateway-error.ts'
import { createGateway } from '../gateway/gateway.ts'
import { memoryRateBudget } from '../gateway/rate-budget.ts'
import { sendWithdrawal } from './send-withdrawal.ts'

/**
 * A Desk that sends one withdrawal and dies where it is told to, as by kill -9. A process of its own, since
 * nothing less loses what a dead process loses.
 */
const told = z
  .object({
    databaseUrl: z.string(),
    sandboxUrl: z.string(),
    secretKey: z.string(),
    requestId: z.string(),
    point: z.string(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''))

const db = openDatabase(
  openPool({ connectionString: told.databaseUrl, connectionsMax: 4, name: 'desk-crash' }),
)
const waiting = { now: () => new Date(), sleep: (ms: number) => sleep(Math.min(ms, 20)) }
const gateway = createGateway({
  baseUrl: told.sandboxUrl,
  secretKey: told.secretKey,
  budget: memoryRateBudget({ perSecond: 10_000, burst: 10_000 }, waiting),
  log: { warn: () => undefined },
  sleep: waiting.sleep,
  timeouts: { readMs: 1_000, writeMs: 1_000, callMs: 1_500 },
})

try {
  await sendWithdrawal(
    {
      db,
      gateway: {
        ...gateway,
        createWithdrawal: (body, sending) => {
          const answer = gateway.createWithdrawal(body, sending)
          // The bytes are on their way, and the answer is not here yet.
          if (told.point === 'during_call') setTimeout(() => void die(), 5)
          return answer
        },
      },
      now: waiting.now,
      zone: 'Europe/London',
      passing: async (point) => {
        if (point === told.point) await die()
      },
    },
    told.requestId,
  )
} catch (error) {
  // As a worker takes it: it will be tried again.
  if (!(error instanceof GatewayError)) throw error
} finally {
  await gateway.close()
  await db.destroy()
}

/** Nothing of this process runs any more once it is called. */
async function die(): Promise<void> {
  process.kill(process.pid, 'SIGKILL')
  await once(process, 'never')
}
