import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../embedded-postgres.ts'
import { prepareDatabase } from '../migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of the maintenance database, for the owner. */
    ownerUrl: string
    appRole: string
  }
}

export const templateDatabase = 'desk_template'

/** One real Postgres for the whole run; each test file clones the migrated template. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'desk-test-'))
  const postgres = await startEmbeddedPostgres({
    dataDir: join(folder, 'postgres'),
    durable: false,
  })
  const owner = new pg.Client({ connectionString: postgres.urlOf('postgres') })
  await owner.connect()
  await owner.query(`create database ${templateDatabase}`)
  await owner.end()
  const { appUrl } = await prepareDatabase({
    ownerUrl: postgres.urlOf(templateDatabase),
    encryptionKey: Buffer.alloc(32, 7),
  })
  project.provide('ownerUrl', postgres.urlOf('postgres'))
  project.provide('appRole', decodeURIComponent(new URL(appUrl).username))
  return async () => {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
