import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { openDatabase, openPool } from '../database.ts'
import { createGateway } from '../gateway/gateway.ts'
import { memoryRateBudget } from '../gateway/rate-budget.ts'
import { startLoop } from '../kernel/background-loop.ts'
import { startWorkers } from '../outbox/start-workers.ts'
import { resolveOnce } from './resolve-unclear.ts'
import { sendWithdrawal } from './send-withdrawal.ts'

/** The part of a Desk that sends and resolves withdrawals, until somebody kills it. */
const told = z
  .object({ databaseUrl: z.string(), sandboxUrl: z.string(), secretKey: z.string() })
  .parse(JSON.parse(process.argv[2] ?? ''))

const pool = openPool({
  connectionString: told.databaseUrl,
  connectionsMax: 12,
  name: 'desk-worker',
})
const db = openDatabase(pool)
const now = () => new Date()
const log = { debug() {}, info() {}, warn() {}, error() {} }
const gateway = createGateway({
  baseUrl: told.sandboxUrl,
  secretKey: told.secretKey,
  budget: memoryRateBudget({ perSecond: 10_000, burst: 10_000 }, { now, sleep: pausing }),
  log,
  sleep: pausing,
})

await startWorkers({
  pool,
  log,
  tasks: {
    'withdrawal.send': (id) => sendWithdrawal({ db, gateway, now, zone: 'Europe/London' }, id),
  },
})
startLoop({
  name: 'withdrawals',
  intervalMs: 500,
  log,
  round: () => resolveOnce({ db, gateway, now, log }),
})

async function pausing(milliseconds: number): Promise<void> {
  await sleep(Math.min(milliseconds, 20))
}
