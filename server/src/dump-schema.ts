import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { prepareDatabase } from './migrate.ts'
import { migrationsFolder } from './migrate/migrations.ts'
import { schemaText } from './migrate/schema-text.ts'

/** Writes `migrations/schema.sql` anew, from a scratch database that lives as long as this takes. */
const folder = mkdtempSync(join(tmpdir(), 'desk-schema-'))
try {
  await using postgres = await startEmbeddedPostgres({
    dataDir: join(folder, 'postgres'),
    durable: false,
  })
  const ownerUrl = postgres.urlOf('postgres')
  await prepareDatabase({ ownerUrl, encryptionKey: Buffer.alloc(32) })
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  try {
    writeFileSync(new URL('schema.sql', migrationsFolder), await schemaText(client))
  } finally {
    await client.end()
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
