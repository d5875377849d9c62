import type pg from 'pg'
import { openPool } from './database.ts'
import { advisoryLocks } from './kernel/advisory-locks.ts'
import { DatabasePreparationError } from './migrate/database-preparation-error.ts'
import { prepareJobQueue } from './migrate/job-queue.ts'
import { migrateToLatest, migrationsFolder } from './migrate/migrations.ts'
import { ensureRoles } from './migrate/roles.ts'

const oldestMajorVersion = 15

export interface PreparationOptions {
  readonly ownerUrl: string
  readonly encryptionKey: Buffer
  /** Where the numbered SQL files lie. */
  readonly migrations?: URL
}

/**
 * Brings the database up to this Desk: roles, then migrations, then the job queue's own tables.
 * The owner named in the address migrates; Desk itself then runs as a lesser role, for which
 * the returned address is. Safe to run from several Desks at once; writes nothing when nothing is due.
 */
export async function prepareDatabase(options: PreparationOptions): Promise<{ appUrl: string }> {
  const { ownerUrl, migrations = migrationsFolder } = options
  const pool = openPool({ connectionString: ownerUrl, connectionsMax: 2, name: 'desk-owner' })
  try {
    const client = await connect(pool)
    try {
      await refuseOldServer(client)
      await client.query('select pg_advisory_lock($1)', [advisoryLocks.preparation])
      const appUrl = await ensureRoles(client, options)
      await migrateToLatest(pool, migrations)
      await prepareJobQueue(pool)
      return { appUrl }
    } finally {
      // Closing the connection gives the lock back, whatever happened on it.
      client.release(true)
    }
  } finally {
    await pool.end()
  }
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    return await pool.connect()
  } catch (error) {
    const reasons = error instanceof AggregateError ? error.errors : [error]
    throw new DatabasePreparationError(
      `The database in DATABASE_URL cannot be reached: ${reasons.map(inWords).join('; ')}. ` +
        'Start it, or mend the address.',
      { cause: error },
    )
  }
}

async function refuseOldServer(client: pg.PoolClient): Promise<void> {
  const found = await client.query<{ major: number }>(
    `select current_setting('server_version_num')::int / 10000 as major`,
  )
  const major = found.rows[0]?.major ?? 0
  if (major >= oldestMajorVersion) return
  throw new DatabasePreparationError(
    `The database in DATABASE_URL is Postgres ${major}; Desk needs ${oldestMajorVersion} or newer.`,
  )
}

function inWords(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
