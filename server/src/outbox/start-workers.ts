import { Logger as WorkerLogger, run, type TaskList } from 'graphile-worker'
import type pg from 'pg'
import * as z from 'zod'
import type { Tasks } from './tasks.ts'

const concurrency = 4

/** The part of a pino logger that is used here. */
export interface WorkersLog {
  debug(facts: object, message: string): void
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

export interface Workers {
  /** Lets what is under way end; what is left stays queued for another Desk. */
  readonly stop: () => Promise<void>
}

/** Runs queued tasks for as long as Desk runs; a task that throws is tried again, ever more rarely. */
export async function startWorkers(options: {
  readonly pool: pg.Pool
  readonly tasks: Tasks
  readonly log: WorkersLog
}): Promise<Workers> {
  const runner = await run({
    pgPool: options.pool,
    concurrency,
    // Signals are the launcher's; it stops the workers in order.
    noHandleSignals: true,
    taskList: taskListOf(options.tasks),
    logger: new WorkerLogger(() => (level, message, meta) => {
      const write = level === 'warning' ? 'warn' : level
      options.log[write]({ ...meta }, message)
    }),
  })
  return { stop: () => runner.stop() }
}

const payload = z.object({ subject: z.string().min(1) })

function taskListOf(tasks: Tasks): TaskList {
  const list: TaskList = {}
  for (const [name, task] of Object.entries(tasks)) {
    list[name] = async (raw: unknown) => task(payload.parse(raw).subject)
  }
  return list
}
