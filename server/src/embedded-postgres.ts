import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { findPostgresBinaries } from './embedded-postgres/binaries.ts'
import { clearStaleLocks } from './embedded-postgres/locks.ts'
import { guardedCommand, runToEnd, startGuarded } from './embedded-postgres/guarded-process.ts'
import { socketDirectoryFor } from './embedded-postgres/socket-directory.ts'

export const embeddedOwner = 'desk_owner'
const majorVersion = '18'
const startTimeoutMs = 60_000

/** A problem a person can mend; its message is complete and is shown without a stack. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError'
}

export interface EmbeddedPostgres extends AsyncDisposable {
  /** The address of one of its databases for its owner. */
  readonly urlOf: (database: string) => string
  /** Fast shutdown; resolves when the process is gone. */
  readonly stop: () => Promise<void>
}

export interface EmbeddedPostgresOptions {
  /** The cluster lives here and survives restarts; made when missing. */
  readonly dataDir: string
  /** Off only for scratch clusters of tests and benchmarks: a crash then loses data. */
  readonly durable: boolean
  readonly settings?: Readonly<Record<string, string>>
}

/**
 * Starts a real Postgres of our own on a unix socket nobody else can reach, without any TCP port.
 * It dies with this process, however this process dies: see decision 0003.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const binaries = findPostgresBinaries()
  const socketDir = socketDirectoryFor(options.dataDir)
  await createClusterOnce(options.dataDir, binaries.initdb)
  await clearStaleLocks(options.dataDir, socketDir)

  const command = guardedCommand(
    [binaries.postgres, '-D', options.dataDir, '-k', socketDir, ...settingsOf(options)],
    { readable: [options.dataDir, socketDir, binaries.postgres] },
  )
  const server = startGuarded(command)
  const urlOf = (database: string) =>
    `postgresql://${embeddedOwner}@localhost/${encodeURIComponent(database)}?host=${encodeURIComponent(socketDir)}`
  await Promise.race([answering(urlOf('postgres')), server.diedEarly])
  return { urlOf, stop: server.stop, [Symbol.asyncDispose]: server.stop }
}

/** Built aside and moved into place, so that an interrupted first start leaves no half cluster. */
async function createClusterOnce(dataDir: string, initdb: string): Promise<void> {
  const found = clusterVersion(dataDir)
  if (found === majorVersion) return
  if (found !== null) {
    throw new EmbeddedPostgresError(
      `The database in ${dataDir} was made by Postgres ${found}, this Desk brings Postgres ${majorVersion}. ` +
        'Restore a backup into an empty DESK_DATA_DIR, or set DATABASE_URL to a server that runs it.',
    )
  }
  const fresh = `${dataDir}.new`
  rmSync(fresh, { recursive: true, force: true })
  mkdirSync(fresh, { recursive: true, mode: 0o700 })
  const command = guardedCommand(
    [
      initdb,
      '-D',
      fresh,
      '-U',
      embeddedOwner,
      '--auth=trust',
      '--encoding=UTF8',
      '--no-sync',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
    ],
    { readable: [fresh, initdb] },
  )
  await runToEnd(command)
  // The folder may hold the marker of an earlier attempt only; a foreign folder is never replaced.
  rmSync(dataDir, { recursive: false, force: true })
  renameSync(fresh, dataDir)
}

function clusterVersion(dataDir: string): string | null {
  try {
    return readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function settingsOf({ durable, settings }: EmbeddedPostgresOptions): string[] {
  const all = {
    listen_addresses: '',
    shared_buffers: '192MB',
    max_connections: '100',
    max_wal_size: '2GB',
    wal_compression: 'on',
    random_page_cost: '1.1',
    effective_cache_size: '1GB',
    jit: 'off',
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...settings,
  }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

async function answering(url: string): Promise<void> {
  const giveUpAt = Date.now() + startTimeoutMs
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (Date.now() > giveUpAt) {
        throw new EmbeddedPostgresError(`Postgres did not answer within a minute: ${String(error)}`)
      }
      await delay(25)
    }
  }
}

/** Whether this folder can be written; throws the operating system's reason. */
export function probeWritable(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const probe = join(folder, '.write-test')
  writeFileSync(probe, '')
  rmSync(probe)
}
