import { sql } from 'kysely'
import type { Trx } from '../database.ts'
import type { TaskName } from './tasks.ts'

/**
 * One of them at a time over all Desks: what is long, so that the others never wait for it, and what would
 * take the same twice.
 */
const queues: Partial<Record<TaskName, string>> = { 'export.run': 'exports', 'bank.match': 'bank' }

/**
 * Has a task run for each subject soon after, and only if, the caller's transaction commits.
 * A subject that already waits for the same task waits once.
 */
export async function enqueue(
  trx: Trx,
  task: TaskName,
  subjects: readonly string[],
): Promise<void> {
  if (subjects.length === 0) return
  await sql`
    select graphile_worker.add_job(
      identifier => ${task},
      payload => json_build_object('subject', subject),
      queue_name => ${queues[task] ?? null},
      job_key => ${`${task}:`} || subject)
    from unnest(${subjects}::text[]) as subject`.execute(trx)
}
