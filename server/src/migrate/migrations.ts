import { readdir, readFile } from 'node:fs/promises'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type pg from 'pg'
import { DatabasePreparationError } from './database-preparation-error.ts'

export const migrationsFolder = new URL('../../migrations/', import.meta.url)
const table = 'desk_migration'

/**
 * Runs what is due, all of it or nothing. A database that a newer Desk has already taken further is
 * left alone: migrations stay compatible with the Desk before them, so that Desks can be replaced one
 * by one.
 */
export async function migrateToLatest(pool: pg.Pool, folder: URL): Promise<void> {
  const migrations = await readMigrations(folder)
  const ours = Object.keys(migrations)
  const applied = (await isBegun(pool)) ? await appliedMigrations(pool) : []
  const due = ours.filter((name) => !applied.includes(name))
  const unknown = applied.filter((name) => !ours.includes(name))
  if (due.length > 0 && unknown.length > 0) {
    throw new DatabasePreparationError(
      `The database was migrated by a Desk that this one does not descend from: it has ${unknown.join(', ')} ` +
        `and lacks ${due.join(', ')}. Start the Desk that belongs to it.`,
    )
  }
  if (due.length > 0) await run(pool, migrations)
  await letDeskRead(pool)
}

/** What this Desk needs and the database does not have yet; Desk's own role may ask. */
export async function dueMigrations(pool: pg.Pool): Promise<string[]> {
  const [ours, applied] = await Promise.all([
    readMigrations(migrationsFolder),
    appliedMigrations(pool),
  ])
  return Object.keys(ours).filter((name) => !applied.includes(name))
}

async function run(pool: pg.Pool, migrations: Record<string, Migration>): Promise<void> {
  const migrator = new Migrator({
    db: new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) }),
    provider: { getMigrations: async () => migrations },
    migrationTableName: table,
    migrationLockTableName: `${table}_lock`,
  })
  const { error, results } = await migrator.migrateToLatest()
  if (!error) return
  const failed = results?.find(({ status }) => status === 'Error')?.migrationName
  const reason = error instanceof Error ? error.message : 'no reason given'
  throw new DatabasePreparationError(
    `${failed ? `Migration ${failed}` : 'A migration'} failed and nothing was changed: ${reason}`,
    { cause: error },
  )
}

async function isBegun(pool: pg.Pool): Promise<boolean> {
  const found = await pool.query('select where to_regclass($1) is not null', [table])
  return found.rowCount === 1
}

async function appliedMigrations(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(`select name from ${table} order by name`)
  return rows.map(({ name }) => name)
}

async function letDeskRead(pool: pg.Pool): Promise<void> {
  const closed = await pool.query(
    `select where not has_table_privilege('desk_app', $1, 'select')`,
    [table],
  )
  if (closed.rowCount === 1) await pool.query(`grant select on ${table} to desk_app`)
}

async function readMigrations(folder: URL): Promise<Record<string, Migration>> {
  const files = (await readdir(folder)).filter((file) => /^\d{4}_.*\.sql$/.test(file))
  const entries = files.toSorted().map(async (file): Promise<[string, Migration]> => {
    const text = await readFile(new URL(file, folder), 'utf8')
    const up: Migration['up'] = async (db) => {
      // A migration that cannot get its locks fails soon instead of stopping every Desk behind it.
      await sql`set local lock_timeout = '5s'`.execute(db)
      await sql.raw(text).execute(db)
    }
    return [file.replace(/\.sql$/, ''), { up }]
  })
  return Object.fromEntries(await Promise.all(entries))
}
