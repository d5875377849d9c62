import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { urlForRole } from '../database.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded-postgres.ts'
import { prepareDatabase } from '../migrate.ts'
import { migrationsFolder } from './migrations.ts'
import { scramVerifier } from './scram-verifier.ts'

// Databases are made by the dozen here, which a busy machine takes its time over.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 })

const encryptionKey = Buffer.alloc(32, 1)
let folder: string
let postgres: EmbeddedPostgres

// A cluster of its own, on which every role but the first has to prove its password.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'desk-prepare-'))
  const dataDir = join(folder, 'postgres')
  // Vacuuming on its own would count as writing.
  const settings = { autovacuum: 'off' }
  postgres = await startEmbeddedPostgres({ dataDir, durable: false, settings })
  writeFileSync(
    join(dataDir, 'pg_hba.conf'),
    'local all desk_owner trust\nlocal all tenant trust\nlocal all all scram-sha-256\n',
  )
  await asOwner('postgres', 'select pg_reload_conf()')
  await prepareDatabase({ ownerUrl: await newDatabase('prepared'), encryptionKey })
})
afterAll(async () => {
  await postgres.stop()
  rmSync(folder, { recursive: true, force: true })
})

describe('preparing a database', () => {
  test('Desk signs in by a password that only the encryption key tells', async () => {
    const ownerUrl = await newDatabase('desk')
    const { appUrl } = await prepareDatabase({ ownerUrl, encryptionKey })

    expect(await query(appUrl, 'select current_user as who')).toEqual([{ who: 'desk_login' }])
    const guess = urlForRole(ownerUrl, { user: 'desk_login', password: 'desk' })
    await expect(query(guess, 'select 1')).rejects.toThrow(/password authentication failed/)
  })

  test('a second start writes nothing', async () => {
    const ownerUrl = await newDatabase('restarted')
    await prepareDatabase({ ownerUrl, encryptionKey })
    const before = await transactionsSoFar()

    await prepareDatabase({ ownerUrl, encryptionKey })

    expect(await transactionsSoFar()).toEqual(before)
  })

  test('a changed encryption key changes the password', async () => {
    const ownerUrl = await newDatabase('rekeyed', 'prepared')
    const old = await prepareDatabase({ ownerUrl, encryptionKey })
    const now = await prepareDatabase({ ownerUrl, encryptionKey: Buffer.alloc(32, 2) })

    expect(await query(now.appUrl, 'select 1 as one')).toEqual([{ one: 1 }])
    await expect(query(old.appUrl, 'select 1')).rejects.toThrow(/password authentication failed/)
  })

  test('several Desks at once prepare it once, beside Desks of another database', async () => {
    const urls = await Promise.all([newDatabase('shared_one'), newDatabase('shared_two')])
    const all = [...urls, ...urls, ...urls]

    const prepared = await Promise.all(
      all.map((ownerUrl) => prepareDatabase({ ownerUrl, encryptionKey })),
    )

    expect(new Set(prepared.map(({ appUrl }) => appUrl)).size).toBe(2)
    for (const url of urls) {
      expect(await query(url, 'select count(*)::int as count from desk_migration')).toEqual([
        { count: shippedMigrations.length },
      ])
    }
  })

  test('the role of one Desk cannot enter the database of another', async () => {
    const one = await prepareDatabase({
      ownerUrl: await newDatabase('mine', 'prepared'),
      encryptionKey,
    })
    const otherUrl = await newDatabase('other', 'prepared')
    await prepareDatabase({ ownerUrl: otherUrl, encryptionKey })

    const { username, password } = new URL(one.appUrl)
    const stranger = urlForRole(otherUrl, {
      user: username,
      password: decodeURIComponent(password),
    })
    await expect(query(stranger, 'select 1')).rejects.toThrow(/permission denied for database/)
  })

  test('a name of full length still gives a role of its own', async () => {
    const [first, second] = await Promise.all(
      ['a', 'b'].map(async (end) => {
        const ownerUrl = await newDatabase('d'.repeat(62) + end)
        return prepareDatabase({ ownerUrl, encryptionKey })
      }),
    )
    const roles = [first, second].map((prepared) => new URL(prepared?.appUrl ?? '').username)
    expect(new Set(roles).size).toBe(2)
    expect(await query(first?.appUrl ?? '', 'select 1 as one')).toHaveLength(1)
  })

  test('an owner that may not make roles is told the statements, and they are enough', async () => {
    await asOwner('postgres', 'create role tenant login')
    await asOwner('postgres', 'create database rented owner tenant')
    const ownerUrl = urlForRole(postgres.urlOf('rented'), { user: 'tenant', password: '' })
    const told = await faultOf(prepareDatabase({ ownerUrl, encryptionKey }))
    expect(told).toContain('ALTER ROLE "tenant" CREATEROLE;')

    const statements = told.split('\n').filter((line) => /^ {2}(CREATE|GRANT)/.test(line))
    for (const statement of statements.filter((line) => !line.includes('CREATE ROLE desk_app'))) {
      await asOwner('rented', statement)
    }
    const { appUrl } = await prepareDatabase({ ownerUrl, encryptionKey })
    expect(await query(appUrl, 'select count(*)::int as count from payment')).toEqual([
      { count: 0 },
    ])
  })

  test('a server that is not there is named as such', async () => {
    const ownerUrl = 'postgresql://desk@127.0.0.1:1/desk'
    expect(await faultOf(prepareDatabase({ ownerUrl, encryptionKey }))).toMatch(
      /^The database in DATABASE_URL cannot be reached: .*ECONNREFUSED/,
    )
  })
})

describe('migrations', () => {
  test('a failing one changes nothing, and says which it was', async () => {
    const ownerUrl = await newDatabase('failing', 'prepared')
    const migrations = migrationsOf('failing', {
      '9001_fine.sql': 'create table fine (id int)',
      '9002_wrong.sql': 'create table half (id int); select 1 / 0',
    })
    expect(await faultOf(prepareDatabase({ ownerUrl, encryptionKey, migrations }))).toBe(
      'Migration 9002_wrong failed and nothing was changed: division by zero',
    )
    expect(
      await query(ownerUrl, `select to_regclass('fine') as fine, to_regclass('half') as half`),
    ).toEqual([{ fine: null, half: null }])
  })

  test('a Desk of the version before starts on a database that is ahead of it', async () => {
    const ownerUrl = await newDatabase('ahead', 'prepared')
    const migrations = migrationsOf('ahead', { '9001_later.sql': 'create table later (id int)' })
    await prepareDatabase({ ownerUrl, encryptionKey, migrations })

    await expect(prepareDatabase({ ownerUrl, encryptionKey })).resolves.toBeDefined()
  })

  test('a Desk of another line is refused', async () => {
    const ownerUrl = await newDatabase('forked', 'prepared')
    const theirs = migrationsOf('theirs', { '9001_theirs.sql': 'select 1' })
    const ours = migrationsOf('ours', { '9001_ours.sql': 'select 1' })
    await prepareDatabase({ ownerUrl, encryptionKey, migrations: theirs })

    expect(await faultOf(prepareDatabase({ ownerUrl, encryptionKey, migrations: ours }))).toMatch(
      /it has 9001_theirs and lacks 9001_ours/,
    )
  })

  test('one that cannot get its locks gives up instead of stopping everybody behind it', async () => {
    const ownerUrl = await newDatabase('locked', 'prepared')
    const migrations = migrationsOf('locked', {
      '9001_locks.sql': `set local lock_timeout = '50ms'; alter table payment add column extra int`,
    })
    await using reader = await transactionReading(ownerUrl, 'payment')

    expect(await faultOf(prepareDatabase({ ownerUrl, encryptionKey, migrations }))).toMatch(
      /9001_locks failed and nothing was changed: canceling statement due to lock timeout/,
    )
    expect(await reader.stillReads()).toBe(true)
  })
})

test('a password is handed over as RFC 7677 would have it stored', () => {
  // The exchange printed in the RFC: user "user", password "pencil".
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64')
  expect(scramVerifier('pencil', salt)).toBe(
    'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
  )
})

const shippedMigrations = readdirSync(migrationsFolder).filter((file) => /^\d{4}_/.test(file))

async function newDatabase(name: string, template = 'template1'): Promise<string> {
  await asOwner('postgres', `create database "${name}" template ${template}`)
  return postgres.urlOf(name)
}

/** The shipped migrations and some more, numbered past all that will ever be shipped. */
function migrationsOf(name: string, more: Readonly<Record<string, string>>): URL {
  const at = mkdtempSync(join(folder, `${name}-`))
  for (const file of shippedMigrations) {
    writeFileSync(join(at, file), readFileSync(new URL(file, migrationsFolder)))
  }
  for (const [file, text] of Object.entries(more)) writeFileSync(join(at, file), text)
  return pathToFileURL(`${at}/`)
}

async function transactionsSoFar(): Promise<unknown> {
  return query(postgres.urlOf('postgres'), 'select pg_snapshot_xmax(pg_current_snapshot())::text')
}

async function transactionReading(url: string, table: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(`begin; select from ${table}`)
  return {
    stillReads: async () => (await client.query(`select from ${table}`)).command === 'SELECT',
    [Symbol.asyncDispose]: () => client.end(),
  }
}

async function faultOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt
  } catch (error) {
    if (error instanceof Error && error.name === 'DatabasePreparationError') return error.message
    throw error
  }
  throw new Error('It was expected to fail.')
}

async function asOwner(database: string, statement: string): Promise<void> {
  await query(postgres.urlOf(database), statement)
}

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
