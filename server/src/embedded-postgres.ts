import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { findPostgresBinaries } from './embedded-postgres/binaries.ts'
import { createClusterOnce } from './embedded-postgres/cluster.ts'
import { EmbeddedPostgresError } from './embedded-postgres/embedded-postgres-error.ts'
import { guardedCommand } from './embedded-postgres/guarded-command.ts'
import {
  type GuardedProcess,
  type ProcessEnd,
  startGuarded,
} from './embedded-postgres/guarded-process.ts'
import { clearStaleLocks } from './embedded-postgres/locks.ts'
import { removeSocketDirectory, socketDirectoryFor } from './embedded-postgres/socket-directory.ts'

const embeddedOwner = 'desk_owner'
const startTimeoutMs = 60_000
/** The last processes of a crashed server go first; until then a new one refuses to start. */
const firstPauseMs = 500
/** A disk stays full until somebody makes room: it is tried for as long as Desk runs. */
const longestPauseMs = 4_000

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
  /** It died while in use and is being started again, or could not be for a while. */
  readonly onCrash?: (error: EmbeddedPostgresError) => void
  /** It died and is not tried again: something is wrong with us. */
  readonly onLost?: (error: unknown) => void
}

/**
 * Starts a real Postgres of our own on a unix socket nobody else can reach, without any TCP port.
 * It dies with this process, however this process dies (decision 0003), and is started again at the
 * same address should it die alone.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { dataDir, onCrash, onLost } = options
  const { initdb, postgres } = findPostgresBinaries()
  const socketDir = socketDirectoryFor(dataDir)
  const urlOf = (database: string) => embeddedUrl(dataDir, database)
  const start = async () => {
    await clearStaleLocks(dataDir, socketDir)
    const args = ['-D', dataDir, '-k', socketDir, ...settingsOf(options)]
    const server = startGuarded(guardedCommand(postgres, args, { folders: [dataDir, socketDir] }))
    await answering(urlOf('postgres'), server)
    return server
  }

  await createClusterOnce(dataDir, { initdb, owner: embeddedOwner })
  let server = await start()
  const stopping = new AbortController()
  const startAgain = async () => {
    let pauseMs = firstPauseMs
    while (!stopping.signal.aborted) {
      try {
        return await start()
      } catch (error) {
        if (!(error instanceof EmbeddedPostgresError)) throw error
        if (pauseMs === longestPauseMs) onCrash?.(error)
        await delay(pauseMs)
        pauseMs = Math.min(2 * pauseMs, longestPauseMs)
      }
    }
    return null
  }
  const keepRunning = async () => {
    for (;;) {
      const end = await server.exited
      if (stopping.signal.aborted) return
      onCrash?.(diedWith(end))
      const next = await startAgain()
      if (!next) return
      server = next
      if (stopping.signal.aborted) await server.stop()
    }
  }
  const supervision = keepRunning().catch((error: unknown) => onLost?.(error))
  const stop = async () => {
    stopping.abort()
    await server.stop()
    await supervision
    removeSocketDirectory(socketDir)
  }
  return { urlOf, stop, [Symbol.asyncDispose]: stop }
}

/** The address for the owner of a database in `dataDir`, whether a Postgres runs there or not. */
export function embeddedUrl(dataDir: string, database: string): string {
  const host = encodeURIComponent(socketDirectoryFor(dataDir))
  return `postgresql://${embeddedOwner}@localhost/${encodeURIComponent(database)}?host=${host}`
}

/** Settled once the server takes connections, or has ended without ever doing so. */
async function answering(url: string, server: GuardedProcess): Promise<void> {
  const giveUpAt = Date.now() + startTimeoutMs
  for (;;) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      const end = await Promise.race([server.exited, delay(25, null)])
      if (end !== null) throw diedWith(end)
      if (Date.now() > giveUpAt) {
        await server.stop()
        throw new EmbeddedPostgresError(`Postgres did not answer within a minute: ${String(error)}`)
      }
    }
  }
}

function diedWith({ code, lastWords }: ProcessEnd): EmbeddedPostgresError {
  return new EmbeddedPostgresError(`Postgres stopped (code ${code}):\n${lastWords}`)
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
    // Which statements took how long can be asked of one that people use: `create extension` shows it.
    ...(durable && { shared_preload_libraries: 'pg_stat_statements' }),
    ...(!durable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...settings,
  }
  return Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
