import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, vi } from 'vitest'

const startFile = resolve(import.meta.dirname, '../../start.mjs')
const startMsMax = 60_000

export interface Place extends Disposable {
  readonly folder: string
  readonly dataDir: string
  readonly port: number
  readonly sandboxPort: number
}

/** A data folder and two ports of its own, for one start after the other. */
export async function scratchPlace(): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'desk-place-'))
  return {
    folder,
    dataDir: join(folder, 'data'),
    port: await freePort(),
    sandboxPort: await freePort(),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export interface StartCommand extends AsyncDisposable {
  readonly pid: number
  /** Everything it wrote so far, to either stream. */
  readonly output: () => string
  readonly isReady: () => Promise<void>
  /** Its exit code; null when it was killed. */
  readonly endBy: (signal: NodeJS.Signals) => Promise<number | null>
}

/** Runs what `pnpm start` runs, with these variables and no others. */
export function runStart(place: Place, variables: Readonly<Record<string, string>>): StartCommand {
  const child = spawn(process.execPath, [startFile], {
    env: {
      PATH: process.env['PATH'],
      ...(process.env['TMPDIR'] && { TMPDIR: process.env['TMPDIR'] }),
      DESK_DATA_DIR: place.dataDir,
      PORT: String(place.port),
      SANDBOX_PORT: String(place.sandboxPort),
      SANDBOX_HISTORY: '50',
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const ended = once(child, 'close').then(() => child.exitCode)
  const isReady = async () => {
    const giveUp = AbortSignal.timeout(startMsMax)
    while (!output.includes('Ctrl-C stops everything')) {
      const said = once(child.stdout, 'data', { signal: giveUp })
      await Promise.race([said, ended])
      if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}: ${output}`)
    }
  }
  const endBy = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return {
    pid: child.pid ?? 0,
    output: () => output,
    isReady,
    endBy,
    [Symbol.asyncDispose]: async () => {
      await endBy('SIGKILL')
      await vi.waitFor(() => expect(processesAt(place)).toEqual([]), startMsMax)
    },
  }
}

/** The processes that run in this place or were told of it, whoever started them. */
export function processesAt({ folder }: Place): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map(Number).filter((pid) => {
    const traces = [
      () => readFileSync(`/proc/${pid}/cmdline`, 'utf8'),
      () => readFileSync(`/proc/${pid}/environ`, 'utf8'),
      () => readlinkSync(`/proc/${pid}/cwd`),
    ]
    return pid !== process.pid && traces.some((trace) => readOr(trace, '').includes(folder))
  })
}

/** Processes end while they are looked at, and those of others are closed to us. */
function readOr(read: () => string, otherwise: string): string {
  try {
    return read()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ENOENT' || code === 'ESRCH' || code === 'EACCES' || code === 'EPERM') {
      return otherwise
    }
    throw error
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('Not listening on a port.')
  return address.port
}
