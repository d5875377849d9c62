import type pg from 'pg'
import type { Readiness } from './http/operations-routes.ts'
import { dueMigrations } from './migrate/migrations.ts'
import type { Workers } from './outbox/start-workers.ts'

interface Foundations {
  readonly pool: pg.Pool
  readonly workers: Pick<Workers, 'areRunning'>
  readonly log: { warn(facts: object, message: string): void }
}

/**
 * Whether this Desk should be sent requests: its database, the database's shape, its workers.
 * Anyone may ask, so the reasons go to the log.
 */
export function readinessOf({ pool, workers, log }: Foundations): Readiness {
  return {
    faults: async () => {
      const faults = workers.areRunning() ? [] : ['The workers are not running.']
      try {
        const due = await dueMigrations(pool)
        return due.length > 0 ? [...faults, 'The database lacks migrations.'] : faults
      } catch (error) {
        log.warn({ err: error }, 'The database does not answer')
        return [...faults, 'The database does not answer.']
      }
    },
  }
}
