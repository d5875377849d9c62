import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { EmbeddedPostgresError } from './embedded-postgres/embedded-postgres-error.ts'
import { type Env, readEnv } from './env.ts'
import { LaunchError, needsDataDir, refuseUnwritableFolder } from './launch/checks.ts'
import { claimDataDir } from './launch/claim-data-dir.ts'
import { encryptionKeyIn } from './launch/encryption-key.ts'
import { prepareDatabase } from './migrate.ts'
import { DatabasePreparationError } from './migrate/database-preparation-error.ts'

/** What a start does to the database, without the start: for those who migrate before they deploy. */
try {
  const reading = readEnv(process.env)
  if (!reading.ok) throw new LaunchError(reading.faults.join('\n'))
  await migrate(reading.env)
  process.stdout.write('The database is up to date.\n')
} catch (error) {
  const isForPeople =
    error instanceof LaunchError ||
    error instanceof EmbeddedPostgresError ||
    error instanceof DatabasePreparationError
  if (!isForPeople) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

async function migrate(env: Env): Promise<void> {
  const { databaseUrl, dataDir, spacepay } = env
  if (needsDataDir(env)) {
    refuseUnwritableFolder(dataDir)
    await claimDataDir(dataDir)
  }
  const encryptionKey = spacepay?.encryptionKey ?? encryptionKeyIn(dataDir)
  if (databaseUrl !== null) {
    await prepareDatabase({ ownerUrl: databaseUrl, encryptionKey })
    return
  }
  await using postgres = await startEmbeddedPostgres({
    dataDir: `${dataDir}/postgres`,
    durable: true,
  })
  await prepareDatabase({ ownerUrl: postgres.urlOf('postgres'), encryptionKey })
}
