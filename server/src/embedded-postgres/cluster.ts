import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { guardedCommand } from './guarded-command.ts'
import { runToEnd } from './guarded-process.ts'

const majorVersion = '18'

/** Makes the cluster's files unless they are there: aside, so that an interrupted start leaves no half. */
export async function createClusterOnce(
  dataDir: string,
  { initdb, owner }: { readonly initdb: string; readonly owner: string },
): Promise<void> {
  const found = readOrNull(join(dataDir, 'PG_VERSION'), (file) => readFileSync(file, 'utf8').trim())
  if (found === majorVersion) return
  if (found !== null) {
    throw new EmbeddedPostgresError(
      `The database in ${dataDir} was made by Postgres ${found}, this Desk brings Postgres ${majorVersion}. ` +
        'Restore a backup into an empty DESK_DATA_DIR, or set DATABASE_URL to a server that runs it.',
    )
  }
  if ((readOrNull(dataDir, (folder) => readdirSync(folder)) ?? []).length > 0) {
    throw new EmbeddedPostgresError(
      `${dataDir} holds files but no database. Move them away, or set DESK_DATA_DIR to another folder.`,
    )
  }
  const fresh = `${dataDir}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true, mode: 0o700 })
  const args = ['-D', fresh, '-U', owner, ...clusterOptions]
  await runToEnd(guardedCommand(initdb, args, { folders: [fresh] }))
  renameSync(fresh, dataDir)
}

/** One collation everywhere, whatever the machine's locale: order and indexes then never differ. */
const clusterOptions = [
  '--auth=trust',
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--locale=C',
  '--no-sync',
  '--no-instructions',
]

function readOrNull<T>(path: string, read: (path: string) => T): T | null {
  try {
    return read(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
