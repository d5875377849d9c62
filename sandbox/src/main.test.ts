import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, mkdtempDisposable, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'

const main = fileURLToPath(new URL('./main.ts', import.meta.url))
const ready = z.object({ type: z.literal('ready'), url: z.url() })

async function start(set: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-main-'))
  const child = spawn(process.execPath, [main], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: {
      PATH: process.env['PATH'],
      SANDBOX_PORT: '0',
      SANDBOX_HISTORY: '10',
      SANDBOX_DATA_DIR: folder,
      ...set,
    },
  })
  const said = { out: '', err: '' }
  child.stdout?.on('data', (chunk: Buffer) => {
    said.out += chunk.toString()
  })
  child.stderr?.on('data', (chunk: Buffer) => {
    said.err += chunk.toString()
  })
  return {
    child,
    said,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function readyUrl(child: ChildProcess): Promise<string> {
  const [message]: unknown[] = await once(child, 'message')
  return ready.parse(message).url
}

async function exitCode(child: ChildProcess): Promise<unknown> {
  const [code]: unknown[] = await once(child, 'close')
  return code
}

describe('the sandbox as a process', () => {
  test('says where it is, serves there, and ends cleanly when asked', async () => {
    await using run = await start({})
    const url = await readyUrl(run.child)
    expect((await fetch(`${url}/v1`)).status).toBe(200)
    const exit = exitCode(run.child)
    run.child.kill('SIGTERM')
    expect(await exit).toBe(0)
    expect(run.said).toEqual({ out: `SpacePay sandbox is ready at ${url}\n`, err: '' })
  })

  test('ends when whoever started it is gone', async () => {
    await using run = await start({})
    await readyUrl(run.child)
    const exit = once(run.child, 'exit')
    run.child.disconnect()
    expect(await exit).toEqual([0, null])
  })

  test('names SANDBOX_PORT when its port is taken', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const address = server.address()
    const port = String(typeof address === 'object' && address ? address.port : 0)
    await using run = await start({ SANDBOX_PORT: port })
    expect(await exitCode(run.child)).toBe(1)
    expect(run.said.err).toBe(
      `Port ${port} is taken. Set SANDBOX_PORT to a free port, or stop what listens there.\n`,
    )
    server.close()
  })

  test('refuses a state that another process has, and takes it once that was killed', async () => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'sandbox-claim-'))
    const set = { SANDBOX_DATA_DIR: folder.path }
    await using first = await start(set)
    await readyUrl(first.child)
    await using second = await start(set)
    expect(await exitCode(second.child)).toBe(1)
    expect(second.said.err).toBe(
      `Another sandbox is running on ${join(folder.path, 'journal.jsonl')}. ` +
        'Stop it, or set SANDBOX_DATA_DIR to another folder.\n',
    )
    const gone = exitCode(first.child)
    first.child.kill('SIGKILL')
    await gone
    await using third = await start(set)
    await readyUrl(third.child)
  })

  test('lists every fault of its environment and ends with 1', async () => {
    await using run = await start({ SANDBOX_HISTORY: 'many', SANDBOX_BLOCK_MS: '0' })
    expect(await exitCode(run.child)).toBe(1)
    expect(run.said.err).toBe(
      'The sandbox cannot start:\n' +
        '  - SANDBOX_HISTORY must be a whole number from 0 to 1000000\n' +
        '  - SANDBOX_BLOCK_MS must be a whole number from 1 to 60000\n',
    )
  })

  test('plays the scenario it is told to, or says why it cannot', async () => {
    await using run = await start({ SANDBOX_SCENARIO: 'quiet-day' })
    const url = await readyUrl(run.child)
    expect(await (await fetch(`${url}/__sandbox/scenarios`)).json()).toMatchObject({
      data: expect.arrayContaining([
        expect.objectContaining({ name: 'quiet-day', state: 'running' }),
      ]),
    })
    await using unplayable = await start({ SANDBOX_SCENARIO: 'stolen-webhook-secret' })
    expect(await exitCode(unplayable.child)).toBe(1)
    expect(unplayable.said.err).toMatch(/^SANDBOX_SCENARIO cannot be played: There is no active/)
    await using unknown = await start({ SANDBOX_SCENARIO: 'flood' })
    expect(await exitCode(unknown.child)).toBe(1)
    expect(unknown.said.err).toContain('SANDBOX_SCENARIO must be one of quiet-day, campaign')
  })

  test('names SANDBOX_DATA_DIR when it cannot keep its state', async () => {
    await using run = await start({ SANDBOX_DATA_DIR: main })
    expect(await exitCode(run.child)).toBe(1)
    expect(run.said.err).toContain('Set SANDBOX_DATA_DIR to a folder it may write to.')
  })
})
