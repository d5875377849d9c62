import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, test, vi } from 'vitest'
import { type EmbeddedPostgresOptions, startEmbeddedPostgres } from '../embedded-postgres.ts'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'

vi.setConfig({ testTimeout: 30_000 })

describe('the embedded Postgres', () => {
  test('keeps its data over a restart and listens on no TCP port', async () => {
    using folder = scratch()
    {
      await using first = await start(folder)
      await query(first.urlOf('postgres'), 'create table kept as select 42 as answer')
    }
    await using second = await start(folder)
    const url = second.urlOf('postgres')

    expect(await query(url, 'select answer from kept')).toEqual([{ answer: 42 }])
    expect(await query(url, 'show listen_addresses')).toEqual([{ listen_addresses: '' }])
    expect(await query(url, 'show unix_socket_directories')).toEqual([
      { unix_socket_directories: new URL(url).searchParams.get('host') },
    ])
  })

  test('loses nothing that was committed unless it was told that losing is fine', async () => {
    using folder = scratch()
    await using postgres = await start(folder, { durable: true })
    const settings = await query(
      postgres.urlOf('postgres'),
      `select name, setting from pg_settings
       where name in ('fsync', 'synchronous_commit', 'full_page_writes') order by name`,
    )
    expect(settings.map(({ setting }) => setting)).toEqual(['on', 'on', 'on'])
  })

  test('is started again at the same address when it dies alone', async () => {
    using folder = scratch()
    const crashes: string[] = []
    await using postgres = await start(folder, { onCrash: ({ message }) => crashes.push(message) })
    const url = postgres.urlOf('postgres')
    const killed = serverPid(folder)

    process.kill(killed, 'SIGKILL')

    await vi.waitFor(
      async () => expect(await query(url, 'select 1 as one')).toHaveLength(1),
      20_000,
    )
    expect(serverPid(folder)).not.toBe(killed)
    expect(crashes).toHaveLength(1)
  })

  test('starts over a lock file whose process id now belongs to another program', async () => {
    using folder = scratch()
    const first = await start(folder)
    const lock = readFileSync(join(folder.dataDir, 'postmaster.pid'), 'utf8')
    await first.stop()
    writeFileSync(join(folder.dataDir, 'postmaster.pid'), lock.replace(/^\d+/, String(process.pid)))

    await using second = await start(folder)
    expect(await query(second.urlOf('postgres'), 'select 1 as one')).toEqual([{ one: 1 }])
  })

  test('says so when its folder was written by another major version, and touches nothing', async () => {
    using folder = scratch()
    mkdirSync(folder.dataDir)
    writeFileSync(join(folder.dataDir, 'PG_VERSION'), '16\n')

    await expect(start(folder)).rejects.toThrow(
      /made by Postgres 16, this Desk brings Postgres 18.*DATABASE_URL/,
    )
    expect(readFileSync(join(folder.dataDir, 'PG_VERSION'), 'utf8')).toBe('16\n')
  })

  test('never puts a database into a folder that holds something else', async () => {
    using folder = scratch()
    mkdirSync(folder.dataDir)
    writeFileSync(join(folder.dataDir, 'thesis.txt'), 'years of work')

    await expect(start(folder)).rejects.toThrow(EmbeddedPostgresError)
    expect(readFileSync(join(folder.dataDir, 'thesis.txt'), 'utf8')).toBe('years of work')
  })
})

describe('when its parent is killed with no chance to clean up', () => {
  const isRoot = process.getuid?.() === 0
  test.each([
    ['the kernel tells it', ['setpriv', 'unshare'], false],
    ['without setpriv, a closed pipe tells it', ['unshare'], false],
    ['also where root may not make namespaces', ['setpriv'], true],
    ['also where neither is there', [], true],
  ])('no Postgres is left and the next start finds the data: %s', async (_how, tools, rootOnly) => {
    if (rootOnly && !isRoot) return
    using folder = scratch()
    const { child, url } = await startInChild(folder, tools)
    await query(url, 'create table kept as select 42 as answer')

    child.kill('SIGKILL')

    // Postgres takes its lock file away as the last act of an orderly shutdown.
    const lock = join(folder.dataDir, 'postmaster.pid')
    await vi.waitFor(() => expect(existsSync(lock)).toBe(false), 10_000)
    await using again = await start(folder)
    expect(await query(again.urlOf('postgres'), 'select answer from kept')).toEqual([
      { answer: 42 },
    ])
  })
})

interface Scratch extends Disposable {
  readonly dataDir: string
  readonly folder: string
}

function scratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'desk-pg-test-'))
  return {
    folder,
    dataDir: join(folder, 'postgres'),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function start({ dataDir }: Scratch, options: Partial<EmbeddedPostgresOptions> = {}) {
  return startEmbeddedPostgres({ dataDir, durable: false, ...options })
}

/** A process of its own on a machine that has these tools only. */
async function startInChild({ folder, dataDir }: Scratch, tools: readonly string[]) {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  for (const tool of ['sh', ...tools]) {
    symlinkSync(spawnSync('which', [tool], { encoding: 'utf8' }).stdout.trim(), join(bin, tool))
  }
  const program = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(new URL('../embedded-postgres.ts', import.meta.url).href)})
    const postgres = await startEmbeddedPostgres(${JSON.stringify({ dataDir, durable: false })})
    process.stdout.write(postgres.urlOf('postgres'))
  `
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, PATH: bin },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaint = ''
  child.stderr.on('data', (bytes) => (complaint += String(bytes)))
  const said = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
  if (child.exitCode !== null) throw new Error(complaint)
  return { child, url: String(said[0]) }
}

function serverPid({ dataDir }: Scratch): number {
  return Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0])
}

async function query(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
