import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, test, vi } from 'vitest'
import { recordMany } from './audit/audit.fixtures.ts'
import { openDatabase, openPool } from './database.ts'
import { startEmbeddedPostgres } from './embedded-postgres.ts'
import { claimDataDir } from './launch/claim-data-dir.ts'
import { prepareDatabase } from './migrate.ts'
import { testDatabase } from './testing/test-database.ts'

// Each runs a process of its own, some a Postgres.
vi.setConfig({ testTimeout: 60_000 })

describe('pnpm verify', () => {
  test('ends with 0 and the head on a whole log, whose head holds from then on', async () => {
    await using database = await testDatabase()
    await recordMany(database.db, 3)
    const whole = await verify({ DATABASE_URL: database.ownerUrl }, 'audit')
    expect(whole).toMatchObject({ code: 0, errors: '' })
    expect(whole.output).toContain('audit: 3 entries')

    const noted = /--seq 3 --hash [0-9a-f]{64}/.exec(whole.output)?.[0].split(' ') ?? []
    expect(noted).toHaveLength(4)
    const [, , , hash = ''] = noted
    await recordMany(database.db, 1)
    const anchored = await verify({ DATABASE_URL: database.ownerUrl }, 'audit', ...noted)
    expect(anchored).toMatchObject({ code: 0 })
    const byHash = await verify({ DATABASE_URL: database.ownerUrl }, 'audit', '--head', hash)
    expect(byHash).toMatchObject({ code: 0 })

    await database.owner.deleteFrom('audit_entry').where('seq', '>', 2).execute()
    expect(await verify({ DATABASE_URL: database.ownerUrl }, 'audit')).toMatchObject({ code: 0 })
    const cut = await verify({ DATABASE_URL: database.ownerUrl }, 'audit', ...noted)
    expect(cut).toMatchObject({ code: 1 })
    expect(cut.output).toContain('Entry 3 is missing: the log ends at entry 2')
  })

  test('ends with 1 and names the first broken entry', async () => {
    await using database = await testDatabase()
    await recordMany(database.db, 5)
    await sql`update audit_entry set reason = 'other' where seq in (3, 4)`.execute(database.owner)
    for (const name of [['audit'], []]) {
      const { code, output } = await verify({ DATABASE_URL: database.ownerUrl }, ...name)
      expect(code).toBe(1)
      expect(output).toContain(
        'audit: BROKEN. Entry 3 was changed: it is not what its hash was made of.\n',
      )
    }
  })

  test.each([
    ['an unknown name', ['nonsense']],
    ['two names', ['audit', 'audit']],
    ['an unknown option', ['audit', '--force']],
    ['a number without its hash', ['audit', '--seq', '3']],
    ['a hash that is none', ['audit', '--head', 'abc']],
    ['both ways at once', ['audit', '--head', 'a'.repeat(64), '--seq', '3']],
  ])('ends with 2 and its usage at %s', async (_case, words) => {
    const { code, output, errors } = await verify({}, ...words)
    expect({ code, output }).toEqual({ code: 2, output: '' })
    expect(errors).toContain('Usage: pnpm verify [audit |')
    expect(errors).not.toMatch(/\.ts:\d/)
  })

  test('ends with 2 and a way out where there is no database, or none of Desk', async () => {
    using place = scratchFolder()
    const none = await verify({ DESK_DATA_DIR: place.folder }, 'audit')
    expect(none).toMatchObject({ code: 2 })
    expect(none.errors).toContain('There is no database in')
    expect(readdirSync(place.folder)).toEqual([])

    const closed = 'postgresql://nobody@127.0.0.1:1/desk'
    const unreachable = await verify({ DATABASE_URL: closed }, 'audit')
    expect(unreachable).toMatchObject({ code: 2 })
    expect(unreachable.errors).toContain('cannot be reached')

    await using database = await testDatabase()
    await database.owner.schema.dropTable('audit_entry').execute()
    const foreign = await verify({ DATABASE_URL: database.ownerUrl }, 'audit')
    expect(foreign).toMatchObject({ code: 2 })
    expect(foreign.errors).toContain('Start Desk on it once')
    for (const { errors } of [none, unreachable, foreign]) expect(errors).not.toMatch(/\.ts:\d/)
  })

  test('reads the embedded database beside a running Desk, and starts it where none runs', async () => {
    using place = scratchFolder()
    const dataDir = place.folder
    const start = () => startEmbeddedPostgres({ dataDir: `${dataDir}/postgres`, durable: false })
    {
      await using postgres = await start()
      const ownerUrl = postgres.urlOf('postgres')
      await prepareDatabase({ ownerUrl, encryptionKey: Buffer.alloc(32, 7) })
      const pool = openPool({ connectionString: ownerUrl, connectionsMax: 1, name: 'desk-test' })
      const db = openDatabase(pool)
      await recordMany(db, 2)
      await db.destroy()

      const release = await claimDataDir(dataDir)
      const beside = await verify({ DESK_DATA_DIR: dataDir }, 'audit')
      await release()
      expect(beside).toMatchObject({ code: 0, errors: '' })
      expect(beside.output).toContain('2 entries')
    }
    const alone = await verify({ DESK_DATA_DIR: dataDir }, 'audit')
    expect(alone).toMatchObject({ code: 0, errors: '' })
    expect(alone.output).toContain('2 entries')
    // Given back: the next one can claim it.
    const release = await claimDataDir(dataDir)
    await release()
    await using again = await start()
    expect(again.urlOf('postgres')).toContain('postgres')
  })
})

interface Ending {
  readonly code: number
  readonly output: string
  readonly errors: string
}

function verify(variables: Record<string, string>, ...words: readonly string[]): Promise<Ending> {
  const file = join(import.meta.dirname, 'verify.ts')
  const env = {
    PATH: process.env['PATH'],
    ...(process.env['TMPDIR'] && { TMPDIR: process.env['TMPDIR'] }),
    ...variables,
  }
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [file, ...words], { env }, (error, output, errors) => {
      if (error && typeof error.code !== 'number') reject(error)
      else resolve({ code: Number(error?.code ?? 0), output, errors })
    })
  })
}

function scratchFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'desk-verify-'))
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}
