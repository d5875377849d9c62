import { existsSync } from 'node:fs'
import { embeddedUrl, startEmbeddedPostgres } from '../embedded-postgres.ts'
import type { Env } from '../env.ts'
import { LaunchError } from './checks.ts'
import { claimUnlessHeld } from './claim-data-dir.ts'

/** Given back at the end of an `await using`. */
export interface OwnerDatabase extends AsyncDisposable {
  /** For the role that owns Desk's database. */
  readonly url: string
}

/**
 * Desk's database for commands that a person runs beside it: the one in DATABASE_URL, else the embedded
 * one, over the running Desk's socket or started for as long as the command takes. Never makes one:
 * refuses with a `LaunchError` where there is none. Migrates nothing.
 */
export async function ownerDatabase(
  env: Pick<Env, 'databaseUrl' | 'dataDir'>,
): Promise<OwnerDatabase> {
  const { databaseUrl, dataDir } = env
  if (databaseUrl !== null) return { url: databaseUrl, [Symbol.asyncDispose]: async () => {} }
  const postgresDir = `${dataDir}/postgres`
  if (!existsSync(`${postgresDir}/PG_VERSION`)) {
    throw new LaunchError(
      `There is no database in ${dataDir} yet. Start Desk once, or set DESK_DATA_DIR or DATABASE_URL ` +
        'to where it is.',
    )
  }
  const release = await claimUnlessHeld(dataDir)
  if (release === null) {
    return { url: embeddedUrl(postgresDir, 'postgres'), [Symbol.asyncDispose]: async () => {} }
  }
  try {
    const postgres = await startEmbeddedPostgres({ dataDir: postgresDir, durable: true })
    return {
      url: postgres.urlOf('postgres'),
      [Symbol.asyncDispose]: async () => {
        await postgres.stop()
        await release()
      },
    }
  } catch (error) {
    await release()
    throw error
  }
}
