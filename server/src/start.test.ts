import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, test, vi } from 'vitest'

// Whole starts: Postgres, sandbox and Desk, on a machine that tests other things meanwhile.
vi.setConfig({ testTimeout: 90_000 })

const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((it) => it?.address === '::1')

describe('the start command', () => {
  test('brings up Desk, its database and the sandbox, and takes them down again', async () => {
    using folder = scratch()
    await using desk = await start(folder, { SANDBOX_HISTORY: '50' })
    await desk.says('Ctrl-C stops everything')

    expect(desk.output()).toContain(`http://localhost:${desk.port}`)
    expect(desk.output()).toMatch(/support@desk\.test[\s\S]*sk_test_sandbox_merchant/)
    const ready = await fetch(`http://127.0.0.1:${desk.port}/readyz`)
    expect(await ready.json()).toEqual({ ok: true, faults: [] })
    expect(statSync(join(folder.path, 'data/encryption-key')).mode & 0o777).toBe(0o600)

    const second = await start(folder, {})
    expect(await second.ended).toBe(1)
    expect(second.output()).toMatch(/^Desk is already running on the data in /)

    desk.process.kill('SIGTERM')
    expect(await desk.ended).toBe(0)
    expect(await partsOf(desk, folder)).toEqual([])
  })

  test('leaves nothing running when it is killed with no chance to clean up', async () => {
    using folder = scratch()
    await using desk = await start(folder, { SANDBOX_HISTORY: '50' })
    await desk.says('Ctrl-C stops everything')

    expect(await partsOf(desk, folder)).toEqual(['database', 'Desk', 'sandbox'])

    desk.process.kill('SIGKILL')
    await desk.ended

    await vi.waitFor(async () => expect(await partsOf(desk, folder)).toEqual([]), 15_000)
  })

  test('names every taken port and how to choose another', async () => {
    using folder = scratch()
    using otherFolder = scratch()
    await using holder = await holdPort()
    const desk = await start(folder, { PORT: String(holder.port), SANDBOX_PORT: '1' })
    const other = await start(otherFolder, { SANDBOX_PORT: String(holder.port) })

    expect(await desk.ended).toBe(1)
    expect(desk.output()).toContain(`Port ${holder.port} is taken. Set PORT to a free port`)
    expect(await other.ended).toBe(1)
    expect(other.output()).toBe(
      `Port ${holder.port} is taken. Set SANDBOX_PORT to a free port, or stop what listens there.\n`,
    )
    expect(existsSync(join(folder.path, 'data/postgres'))).toBe(false)
  })

  test.runIf(hasIpv6)('sees a port that is taken only for those who type localhost', async () => {
    using folder = scratch()
    await using holder = await holdPort('::1')
    const desk = await start(folder, { PORT: String(holder.port) })

    expect(await desk.ended).toBe(1)
    expect(desk.output()).toContain(`Port ${holder.port} is taken. Set PORT`)
  })

  test('tells all faults of the environment at once and starts nothing', async () => {
    using folder = scratch()
    const desk = await start(folder, {
      SPACEPAY_SECRET_KEY: 'sk_live_1',
      DESK_BUSINESS_ZONE: 'Mars/Olympus',
    })

    expect(await desk.ended).toBe(1)
    const lines = desk.output().trim().split('\n')
    expect(lines[0]).toBe('Desk cannot start:')
    expect(lines.slice(1).map((line) => line.split(' ')[3])).toEqual([
      'DESK_BUSINESS_ZONE',
      'SPACEPAY_BASE_URL',
      'SPACEPAY_WEBHOOK_SECRETS',
      'DESK_ENCRYPTION_KEY',
    ])
    expect(desk.output()).not.toContain('sk_live_1')
    expect(existsSync(join(folder.path, 'data'))).toBe(false)
  })

  test('says that its folder cannot be written', async () => {
    using folder = scratch()
    writeFileSync(join(folder.path, 'file'), '')
    const desk = await start(folder, { DESK_DATA_DIR: join(folder.path, 'file/data') })

    expect(await desk.ended).toBe(1)
    expect(desk.output()).toMatch(/^DESK_DATA_DIR cannot be written \(.*\)\. Set it to a folder/)
  })

  test('says that the database cannot be reached, without the password', async () => {
    using folder = scratch()
    const desk = await start(folder, {
      DATABASE_URL: 'postgresql://desk:hunter2@127.0.0.1:1/desk',
      SPACEPAY_BASE_URL: 'https://spacepay.test',
      SPACEPAY_SECRET_KEY: 'sk_live_1',
      SPACEPAY_WEBHOOK_SECRETS: 'whsec_1',
      DESK_ENCRYPTION_KEY: 'ab'.repeat(32),
    })

    expect(await desk.ended).toBe(1)
    expect(desk.output()).toMatch(/^The database in DATABASE_URL cannot be reached: .*ECONNREFUSED/)
    expect(desk.output()).not.toContain('hunter2')
  })
})

interface Scratch extends Disposable {
  readonly path: string
}

function scratch(): Scratch {
  const path = mkdtempSync(join(tmpdir(), 'desk-start-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

interface Started extends AsyncDisposable {
  readonly process: ChildProcess
  readonly port: number
  readonly sandboxPort: number
  /** Its exit code. */
  readonly ended: Promise<number | null>
  readonly output: () => string
  readonly says: (text: string) => Promise<void>
}

async function start(folder: Scratch, variables: Record<string, string>): Promise<Started> {
  const [port, sandboxPort] = [await freePort(), await freePort()]
  const child = spawn(process.execPath, [resolve(import.meta.dirname, '../start.mjs')], {
    env: {
      PATH: process.env['PATH'],
      TMPDIR: process.env['TMPDIR'],
      DESK_DATA_DIR: join(folder.path, 'data'),
      PORT: String(port),
      SANDBOX_PORT: String(sandboxPort),
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const ended = once(child, 'close').then(() => child.exitCode)
  return {
    process: child,
    port,
    sandboxPort,
    ended,
    output: () => output,
    says: async (text) => {
      await vi.waitFor(
        () => {
          if (child.exitCode !== null) throw new Error(`It ended: ${output}`)
          expect(output).toContain(text)
        },
        { timeout: 80_000, interval: 50 },
      )
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** What of a Desk is there: its database, and the ports that answer. */
async function partsOf(desk: Started, { path }: Scratch): Promise<string[]> {
  const parts = existsSync(join(path, 'data/postgres/postmaster.pid')) ? ['database'] : []
  if (await answers(desk.port)) parts.push('Desk')
  if (await answers(desk.sandboxPort)) parts.push('sandbox')
  return parts
}

async function answers(port: number): Promise<boolean> {
  try {
    await fetch(`http://127.0.0.1:${port}/`)
    return true
  } catch (error) {
    if (error instanceof TypeError && error.message === 'fetch failed') return false
    throw error
  }
}

async function holdPort(host = '127.0.0.1') {
  const server = createServer()
  server.listen(0, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('Not listening on a port.')
  return {
    port: address.port,
    [Symbol.asyncDispose]: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}

async function freePort(): Promise<number> {
  await using held = await holdPort()
  return held.port
}
