import { hkdfSync } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { runMigrations } from 'graphile-worker'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import pg from 'pg'
import { openPool, urlForRole } from './database.ts'

const migrationsFolder = new URL('../migrations/', import.meta.url)
/** One Desk at a time prepares a database; the number is ours alone. */
const preparationLock = 4_738_201

/** A problem with the database that its operator can mend. */
export class DatabasePreparationError extends Error {
  override readonly name = 'DatabasePreparationError'
}

/**
 * Brings the database up to this Desk: roles, then migrations, then the job queue's own tables.
 * The owner named in the address migrates; Desk itself then runs as a lesser role, for which
 * the returned address is. Safe to run from several Desks at once and cheap when nothing is due.
 */
export async function prepareDatabase(options: {
  readonly ownerUrl: string
  readonly encryptionKey: Buffer
}): Promise<{ appUrl: string }> {
  const pool = openPool({
    connectionString: options.ownerUrl,
    connectionsMax: 2,
    name: 'desk-owner',
  })
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [preparationLock])
    const appRole = await ensureRoles(client, options.encryptionKey)
    await migrateToLatest(pool)
    await runMigrations({ pgPool: pool })
    await grantJobQueue(client)
    return { appUrl: urlForRole(options.ownerUrl, appRole) }
  } finally {
    // Closing the connection gives the lock back, whatever happened on it.
    client.release(true)
    await pool.end()
  }
}

async function ensureRoles(
  client: pg.PoolClient,
  encryptionKey: Buffer,
): Promise<{ user: string; password: string }> {
  const found = await client.query<{ database: string }>('select current_database() as database')
  const database = found.rows[0]?.database ?? ''
  const user = `${database.slice(0, 59)}_app`
  const password = Buffer.from(
    hkdfSync('sha256', encryptionKey, '', `desk database role ${user}`, 32),
  ).toString('base64url')
  try {
    await createRoleOnce(client, 'desk_app', 'nologin')
    await createRoleOnce(client, user, 'login')
    await client.query(
      `alter role ${pg.escapeIdentifier(user)} password ${pg.escapeLiteral(password)}`,
    )
    await client.query(`grant desk_app to ${pg.escapeIdentifier(user)}`)
    await client.query(`revoke connect on database ${pg.escapeIdentifier(database)} from public`)
    await client.query(
      `grant connect on database ${pg.escapeIdentifier(database)} to ${pg.escapeIdentifier(user)}`,
    )
  } catch (error) {
    if (!isPostgresError(error, insufficientPrivilege)) throw error
    throw new DatabasePreparationError(
      'The role in DATABASE_URL may not create the lesser role that Desk runs as. ' +
        'Have an administrator run: ALTER ROLE <that role> CREATEROLE; and start again.',
      { cause: error },
    )
  }
  return { user, password }
}

const insufficientPrivilege = '42501'
const duplicateObject = '42710'
const uniqueViolation = '23505'

/** Roles belong to the whole cluster: a Desk of another database may be making the same one now. */
async function createRoleOnce(client: pg.PoolClient, role: string, kind: string): Promise<void> {
  const found = await client.query('select 1 from pg_roles where rolname = $1', [role])
  if (found.rowCount) return
  try {
    await client.query(`create role ${pg.escapeIdentifier(role)} ${kind}`)
  } catch (error) {
    if (isPostgresError(error, duplicateObject) || isPostgresError(error, uniqueViolation)) return
    throw error
  }
}

async function migrateToLatest(pool: pg.Pool): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  const migrator = new Migrator({
    db,
    provider: { getMigrations: readMigrations },
    migrationTableName: 'desk_migration',
    migrationLockTableName: 'desk_migration_lock',
  })
  const { error, results } = await migrator.migrateToLatest()
  if (!error) return
  const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'unknown'
  throw new DatabasePreparationError(
    `Migration ${failed} failed and was rolled back: ${error instanceof Error ? error.message : 'unknown reason'}`,
    {
      cause: error,
    },
  )
}

async function readMigrations(): Promise<Record<string, Migration>> {
  const files = (await readdir(migrationsFolder)).filter((file) => /^\d{4}_.*\.sql$/.test(file))
  const entries = files.toSorted().map(async (file): Promise<[string, Migration]> => {
    const text = await readFile(new URL(file, migrationsFolder), 'utf8')
    const up: Migration['up'] = async (db) => {
      // A migration that cannot get its locks fails soon instead of stopping every Desk behind it.
      await sql`set local lock_timeout = '5s'`.execute(db)
      await sql.raw(text).execute(db)
    }
    return [file.replace(/\.sql$/, ''), { up }]
  })
  return Object.fromEntries(await Promise.all(entries))
}

/**
 * graphile-worker keeps its queue in a schema of its own, which the owner made, behind row-level
 * security that lets in the owner only; Desk's role gets a policy of its own, once per table.
 */
async function grantJobQueue(client: pg.PoolClient): Promise<void> {
  await client.query(`
    grant usage on schema graphile_worker to desk_app;
    grant select, insert, update, delete on all tables in schema graphile_worker to desk_app;
    grant usage, select on all sequences in schema graphile_worker to desk_app;
    grant execute on all functions in schema graphile_worker to desk_app;
    grant usage on schema public to desk_app;
    grant select on desk_migration to desk_app;
    do $$
    declare queue_table regclass;
    begin
      for queue_table in
        select c.oid::regclass from pg_class c
        where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity
          and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'desk_app')
      loop
        execute format('create policy desk_app on %s to desk_app using (true) with check (true)', queue_table);
      end loop;
    end $$;
  `)
}

function isPostgresError(error: unknown, code: string): boolean {
  return error instanceof pg.DatabaseError && error.code === code
}
