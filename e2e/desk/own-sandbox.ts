import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { merchantSecretKey } from './sandbox.ts'

const entry = resolve(import.meta.dirname, '../../sandbox/src/main.ts')

export interface Order {
  readonly type?: 'payment' | 'deposit'
  readonly orderId?: string
  readonly redirectUrl?: string
  readonly customMetadata?: string
}

export interface OpenPayment {
  readonly paymentId: string
  readonly paymentUrl: string
}

/** A sandbox beside the one that Desk reads, whose clock and networks a test may disturb. */
export interface OwnSandbox extends AsyncDisposable {
  readonly url: string
  readonly create: (order?: Order) => Promise<OpenPayment>
  /** Something of the control routes, such as `clock/advance`. */
  readonly control: (path: string, body: unknown) => Promise<void>
}

export async function startOwnSandbox(): Promise<OwnSandbox> {
  const dataDir = mkdtempSync(join(tmpdir(), 'desk-e2e-sandbox-'))
  const child = fork(entry, {
    env: {
      PATH: process.env['PATH'],
      SANDBOX_PORT: '0',
      SANDBOX_DATA_DIR: dataDir,
      SANDBOX_HISTORY: '0',
      SANDBOX_BLOCK_MS: '100',
      SANDBOX_RATE_LIMIT: 'off',
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const url = await new Promise<string>((ready, failed) => {
    child.once('exit', (code) => failed(new Error(`The sandbox ended with ${code}.`)))
    child.once('message', (message) => ready(urlIn(message)))
  })
  const post = async (path: string, body: unknown) => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-spacepay-secret-key': merchantSecretKey },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}`)
    return response
  }
  return {
    url,
    create: async (order = {}) => {
      const wish = { amount: 14_999, currency: 'USD', orderId: 'ORDER-8827', ...order }
      return (await post('/v1/external/secretkey-auth/payments', wish)).json()
    },
    control: async (path, body) => {
      await post(`/__sandbox/${path}`, body)
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM')
      await ended
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

function urlIn(message: unknown): string {
  if (typeof message === 'object' && message !== null && 'url' in message) {
    return String(message.url)
  }
  throw new Error('The sandbox said something else than where it is.')
}
