import { spawn, spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import * as z from 'zod'
import { AnvilError } from './find-anvil.ts'

const ANSWER_MS = 10_000
const ENDING_MS = 2_000
const answer = z.union([
  z.object({ error: z.object({ message: z.string() }) }),
  z.object({ result: z.unknown() }),
])

export interface AnvilProcess {
  /** Where wallets reach it. */
  readonly url: string
  readonly isAlive: () => boolean
  /** Whether it is gone, or will be at once: a call fails before the end of the process is known. */
  readonly isEnding: () => Promise<boolean>
  /** One JSON-RPC call; throws what the node refuses. */
  readonly call: <T>(method: string, params: readonly unknown[], shape: z.ZodType<T>) => Promise<T>
  readonly stop: () => Promise<void>
}

export interface AnvilStart {
  readonly path: string
  /** 0 takes a free one. */
  readonly port: number
  readonly chainId: number
  /** The number of the first block. */
  readonly firstBlock: number
  readonly mnemonic: string
}

/** A node that mines only when told to, on the loopback. Answers when it can be called. Throws AnvilError. */
export async function startAnvil(start: AnvilStart): Promise<AnvilProcess> {
  const values = {
    host: '127.0.0.1',
    port: start.port,
    'chain-id': start.chainId,
    number: start.firstBlock,
    mnemonic: start.mnemonic,
    color: 'never',
  }
  const args = [
    ...Object.entries(values).flatMap(([name, value]) => [`--${name}`, String(value)]),
    '--no-mining',
  ]
  // The kernel ends it should we die without a chance to.
  const child = hasSetpriv()
    ? spawn('setpriv', ['--pdeathsig', 'KILL', start.path, ...args])
    : spawn(start.path, args)
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  })
  const port = await new Promise<number>((resolve, reject) => {
    let said = ''
    const listen = (text: string) => {
      said = (said + text).slice(-2_000)
      const found = /Listening on 127\.0\.0\.1:(\d+)/.exec(said)
      if (found) resolve(Number(found[1]))
    }
    child.stdout.setEncoding('utf8').on('data', listen)
    child.stderr.setEncoding('utf8').on('data', listen)
    child.once('error', ({ message }) =>
      reject(new AnvilError(`The node did not start: ${message}.`)),
    )
    child.once('close', () => {
      const reason = /in use/.test(said)
        ? `port ${start.port} is taken, so set SANDBOX_ANVIL_PORT to a free one`
        : said.trim()
      reject(new AnvilError(`The node did not start: ${reason}.`))
    })
  })
  const url = `http://127.0.0.1:${port}`
  const isAlive = () => child.exitCode === null && child.signalCode === null

  return {
    url,
    isAlive,
    isEnding: () => Promise.race([ended.then(() => true), sleep(ENDING_MS, false, { ref: false })]),
    call: async (method, params, shape) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
        signal: AbortSignal.timeout(ANSWER_MS),
      })
      const read = answer.parse(await response.json())
      if ('error' in read) throw new Error(`${method}: ${read.error.message}`)
      return shape.parse(read.result)
    },
    stop: async () => {
      if (isAlive()) child.kill('SIGKILL')
      await ended
    },
  }
}

function hasSetpriv(): boolean {
  return process.platform === 'linux' && spawnSync('setpriv', ['--version']).status === 0
}
