import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import {
  type CronItem,
  Logger as WorkerLogger,
  parseCronItems,
  run,
  type Runner,
  type TaskList,
} from 'graphile-worker'
import type pg from 'pg'
import * as z from 'zod'
import { startLoop } from '../kernel/background-loop.ts'
import type { Tasks } from './tasks.ts'
import { enterPools, freeJobsOfTheDead, type PoolPresence } from './worker-pools.ts'

const concurrency = 4
const restartMs = 2_000
const lookForDeadMs = 5_000
/** Two looks of every worker, which are two seconds apart. */
const failuresMax = 2 * concurrency

/** The part of a pino logger that is used here. */
export interface WorkersLog {
  debug(facts: object, message: string): void
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

export interface Workers {
  /** Whether queued tasks are being looked at. */
  readonly areRunning: () => boolean
  /** Lets what is under way end; what is left stays queued for another Desk. */
  readonly stop: () => Promise<void>
}

export interface WorkersOptions {
  readonly pool: pg.Pool
  /** What is queued for other tasks waits for other workers. */
  readonly tasks: Partial<Tasks>
  readonly log: WorkersLog
  /** What is queued by the clock, once however many Desks have the same. */
  readonly cron?: readonly CronItem[]
}

/**
 * Runs queued tasks for as long as Desk runs; a task that throws is tried again, ever more rarely.
 * Workers that end themselves, as when a job cannot be handed back, and workers that cannot get jobs
 * any more are replaced by others.
 */
export async function startWorkers(options: WorkersOptions): Promise<Workers> {
  const { log } = options
  const stopping = new AbortController()
  const asked = once(stopping.signal, 'abort')
  let shift: Shift | null = await beginShift(options)
  const keepRunning = async () => {
    for (;;) {
      if (shift === null) await pause(stopping.signal)
      else {
        const { runner, presence } = shift
        await Promise.race([runner.promise, gettingNoJobs(runner), presence.lost, asked])
      }
      const ending = shift
      shift = null
      if (ending) await endShift(ending, log)
      if (stopping.signal.aborted) return
      log.error({}, 'The workers had to be replaced')
      try {
        shift = await beginShift(options)
      } catch (error) {
        log.error({ err: error }, 'The workers could not be started')
      }
    }
  }
  const supervision = keepRunning()
  const watch = startLoop({
    name: 'jobs of the dead',
    intervalMs: lookForDeadMs,
    log,
    round: async () => {
      const pools = await freeJobsOfTheDead(options.pool)
      if (pools > 0) log.warn({ pools }, 'Workers died; what they were doing is done by others')
      return false
    },
  })
  return {
    areRunning: () => shift !== null,
    stop: async () => {
      stopping.abort()
      await Promise.all([supervision, watch.stop()])
    },
  }
}

/** Workers from their start until they end or have to be replaced. */
interface Shift {
  readonly runner: Runner
  readonly presence: PoolPresence
  /** Aborts when what is under way should end soon. */
  readonly ending: AbortController
}

async function beginShift(options: WorkersOptions): Promise<Shift> {
  const presence = await enterPools(options.pool)
  const ending = new AbortController()
  try {
    const runner = await runWorkers(options, { presence, signal: ending.signal })
    return { runner, presence, ending }
  } catch (error) {
    await presence[Symbol.asyncDispose]()
    throw error
  }
}

async function endShift({ runner, presence, ending }: Shift, log: WorkersLog): Promise<void> {
  ending.abort()
  await runner.stop().catch((error: unknown) => log.warn({ err: error }, 'Workers had ended'))
  await presence[Symbol.asyncDispose]()
}

/**
 * graphile-worker 0.18 keeps the failure of its very first statement: workers that lose their connection
 * there fail for ever, on a database that has long been back.
 */
async function gettingNoJobs(runner: Runner): Promise<void> {
  let failures = 0
  const enough = Promise.withResolvers<void>()
  const succeeded = () => (failures = 0)
  runner.events.on('worker:getJob:empty', succeeded)
  runner.events.on('job:start', succeeded)
  runner.events.on('worker:getJob:error', () => {
    failures += 1
    if (failures >= failuresMax) enough.resolve()
  })
  return enough.promise
}

interface ShiftFrame {
  readonly presence: Pick<PoolPresence, 'isCalled'>
  readonly signal: AbortSignal
}

async function runWorkers(
  { pool, tasks, log, cron = [] }: WorkersOptions,
  { presence, signal }: ShiftFrame,
): Promise<Runner> {
  // Awaited by every worker before its first job.
  const plugin: GraphileConfig.Plugin = {
    name: 'desk-presence',
    version: '1.0.0',
    worker: {
      hooks: { startWorker: (_, { worker }) => presence.isCalled(worker.workerPool.id) },
    },
  }
  return run({
    pgPool: pool,
    concurrency,
    preset: { plugins: [plugin] },
    // Signals are the launcher's; it stops the workers in order.
    noHandleSignals: true,
    taskList: taskListOf(tasks, signal),
    parsedCronItems: parseCronItems([...cron]),
    logger: new WorkerLogger(() => (level, message, meta) => {
      const write = level === 'warning' ? 'warn' : level
      log[write]({ ...meta }, message)
    }),
  })
}

async function pause(signal: AbortSignal): Promise<void> {
  try {
    await delay(restartMs, undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}

const payload = z.object({ subject: z.string().min(1) })

function taskListOf(tasks: Partial<Tasks>, signal: AbortSignal): TaskList {
  const list: TaskList = {}
  for (const [name, task] of Object.entries(tasks)) {
    list[name] = async (raw: unknown) => task(payload.parse(raw).subject, signal)
  }
  return list
}
