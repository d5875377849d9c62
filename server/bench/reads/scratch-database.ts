import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import { type Db, openDatabase, openPool } from '../../src/database.ts'
import type { Database } from '../../src/database-schema.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/embedded-postgres.ts'
import { prepareDatabase } from '../../src/migrate.ts'
import { generatePayments } from '../../src/testing/generated-payments.ts'
import { addPeopleAndWork } from './people-and-work.ts'

export interface ScratchDatabase extends AsyncDisposable {
  readonly owner: Kysely<Database>
  /** For the role that Desk runs as. */
  readonly appUrl: string
}

const encryptionKey = createHash('sha256').update('bench').digest()

export interface ScratchOptions {
  readonly rows: number
  /** Whether a commit waits for the disk, as it does in Desk. */
  readonly durable: boolean
}

/** Our own Postgres with its shipped settings and `rows` payments in it, made unless they are there already. */
export async function openScratchDatabase(
  folder: string,
  { rows, durable }: ScratchOptions,
): Promise<ScratchDatabase> {
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), durable })
  const name = `bench_${rows}`
  await using maintenance = openAs(postgres.urlOf('postgres'))
  if (!(await exists(maintenance, name))) await seed(postgres, maintenance, { name, rows })
  const ownerUrl = postgres.urlOf(name)
  const { appUrl } = await prepareDatabase({ ownerUrl, encryptionKey })
  const owner = openAs(ownerUrl)
  await addPeopleAndWork(owner)
  process.stdout.write(`${rows.toLocaleString('en')} payments, ${await sizeOf(owner)} on disk\n`)
  return {
    owner,
    appUrl,
    async [Symbol.asyncDispose]() {
      await owner.destroy()
      await postgres.stop()
    },
  }
}

/** Seeded aside and renamed when whole, so that an interrupted run leaves nothing to be mistaken for data. */
async function seed(
  postgres: EmbeddedPostgres,
  maintenance: Kysely<Database>,
  { name, rows }: { readonly name: string; readonly rows: number },
): Promise<void> {
  process.stdout.write(`seeding ${rows.toLocaleString('en')} payments …\n`)
  const start = performance.now()
  const unfinished = `${name}_unfinished`
  await sql`drop database if exists ${sql.id(unfinished)}`.execute(maintenance)
  await sql`create database ${sql.id(unfinished)}`.execute(maintenance)
  const ownerUrl = postgres.urlOf(unfinished)
  await prepareDatabase({ ownerUrl, encryptionKey })
  const owner = openAs(ownerUrl)
  await generatePayments(owner, { rows, until: '2026-11-22T12:00:00Z' })
  await owner.destroy()
  await sql`alter database ${sql.id(unfinished)} rename to ${sql.id(name)}`.execute(maintenance)
  process.stdout.write(`seeded in ${((performance.now() - start) / 1_000).toFixed(0)} s\n`)
}

async function sizeOf(owner: Kysely<Database>): Promise<string> {
  const { rows } = await sql<{ size: string }>`
    select pg_size_pretty(pg_database_size(current_database())) as size
  `.execute(owner)
  return rows[0]?.size ?? '?'
}

async function exists(maintenance: Kysely<Database>, name: string): Promise<boolean> {
  const found = await sql`select 1 from pg_database where datname = ${name}`.execute(maintenance)
  return found.rows.length > 0
}

function openAs(connectionString: string): Db {
  return openDatabase(openPool({ connectionString, connectionsMax: 2, name: 'bench' }))
}
