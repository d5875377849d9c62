import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { freePort } from './free-port.ts'
import { otherLogsFile } from './handed-out.ts'
import { merchantSecretKey, sandboxUrl } from './sandbox.ts'

const server = resolve(import.meta.dirname, '../../server')
const startMsMax = 60_000

/** A Desk beside the demo's, as a shop would install it: a SpacePay named by address, no demo people. */
export interface OwnDesk extends AsyncDisposable {
  readonly url: string
  /** Everything it wrote so far. */
  readonly output: () => string
  /** Runs one of the commands of Desk against its data, as whoever runs the machine would. */
  readonly command: (file: string, ...words: string[]) => Promise<CommandEnd>
  /** As if everybody had sat there for six minutes: longer than a proof of who is there counts. */
  readonly letTimePass: () => Promise<CommandEnd>
}

interface CommandEnd {
  readonly code: number
  readonly output: string
}

export async function startOwnDesk(more: Readonly<Record<string, string>> = {}): Promise<OwnDesk> {
  const dataDir = mkdtempSync(join(tmpdir(), 'desk-e2e-own-'))
  const port = await freePort()
  const env = {
    PATH: process.env['PATH'],
    ...(process.env['TMPDIR'] && { TMPDIR: process.env['TMPDIR'] }),
    PORT: String(port),
    DESK_DATA_DIR: dataDir,
    SPACEPAY_BASE_URL: sandboxUrl,
    SPACEPAY_SECRET_KEY: merchantSecretKey,
    SPACEPAY_WEBHOOK_SECRETS: 'whsec_of_another_endpoint',
    DESK_ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    LOG_LEVEL: 'info',
    ...more,
  }
  const desk = spawn(process.execPath, [join(server, 'start.mjs')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [desk.stdout, desk.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const ended = once(desk, 'close')
  const giveUp = AbortSignal.timeout(startMsMax)
  while (!output.includes('Ctrl-C stops everything')) {
    await Promise.race([once(desk.stdout, 'data', { signal: giveUp }), ended])
    if (desk.exitCode !== null) throw new Error(`Desk ended with ${desk.exitCode}: ${output}`)
  }
  return {
    url: `http://localhost:${port}`,
    output: () => output,
    command: (file, ...words) => run([join(server, 'src', file), ...words], env),
    letTimePass: () => run([join(import.meta.dirname, 'let-time-pass.ts')], env),
    [Symbol.asyncDispose]: async () => {
      desk.kill('SIGTERM')
      await ended
      appendFileSync(otherLogsFile, output)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function run(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<CommandEnd> {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [...args], { env })
    return { code: 0, output: stdout + stderr }
  } catch (error) {
    if (!isEnd(error)) throw error
    return { code: error.code, output: error.stdout + error.stderr }
  }
}

function isEnd(error: unknown): error is { code: number; stdout: string; stderr: string } {
  return (
    error instanceof Error && 'code' in error && typeof error.code === 'number' && 'stdout' in error
  )
}
