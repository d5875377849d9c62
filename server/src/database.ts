import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Database } from './database-schema.ts'

export type Db = Kysely<Database>
/** A function that takes this must run inside its caller's transaction. */
export type Trx = Transaction<Database>

export interface PoolSettings {
  readonly connectionString: string
  readonly connectionsMax: number
  /** Shown in pg_stat_activity. */
  readonly name: string
  /** Longer statements are cancelled by the server; without it they may take as long as they need. */
  readonly statementTimeoutMs?: number
  /** A transaction in which nothing is said for so long is ended by the server, and gives its locks back. */
  readonly idleTransactionTimeoutMs?: number
  /** A connection broke, as when the server restarts; the pool opens another when needed. */
  readonly onConnectionLost?: (error: Error) => void
}

/** A pool whose bigint columns arrive as exact JavaScript integers, or not at all. */
export function openPool(settings: PoolSettings): pg.Pool {
  const { connectionString, connectionsMax, name, onConnectionLost } = settings
  const { statementTimeoutMs, idleTransactionTimeoutMs } = settings
  const pool = new pg.Pool({
    connectionString,
    max: connectionsMax,
    application_name: name,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    types: exactTypes,
    ...(statementTimeoutMs !== undefined && { statement_timeout: statementTimeoutMs }),
    ...(idleTransactionTimeoutMs !== undefined && {
      idle_in_transaction_session_timeout: idleTransactionTimeoutMs,
    }),
  })
  // Without listeners a lost connection would end this process: the pool's hear of idle ones only.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', (error) => onConnectionLost?.(error)))
  return pool
}

export function openDatabase(pool: pg.Pool): Db {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
}

/** The same database for another of its roles. */
export function urlForRole(url: string, role: { user: string; password: string }): string {
  const changed = new URL(url)
  changed.username = encodeURIComponent(role.user)
  changed.password = encodeURIComponent(role.password)
  return changed.href
}

const exactTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    oid === pg.types.builtins.INT8 ? parseSafeInteger : pg.types.getTypeParser(oid, format),
}

function parseSafeInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond an exact integer.`)
  return value
}
