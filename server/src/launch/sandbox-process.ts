import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import { stopChild } from './child-process.ts'
import { LaunchError } from './checks.ts'

const entry = fileURLToPath(new URL('../../../sandbox/src/main.ts', import.meta.url))
const ready = z.object({ type: z.literal('ready'), url: z.url() })

export interface SandboxProcess {
  readonly url: string
  readonly stop: () => Promise<void>
}

/**
 * The sandbox is another company's system to Desk: a second process that is known by its address only.
 * The channel between them carries nothing but "ready", and its end ends the sandbox.
 */
export async function startSandboxProcess(options: {
  readonly port: number
  readonly dataDir: string
  readonly webhookUrl: string
  readonly onDeath: (reason: string) => void
}): Promise<SandboxProcess> {
  const child = fork(entry, {
    env: {
      SANDBOX_TRAFFIC: 'on',
      ...process.env,
      SANDBOX_PORT: String(options.port),
      SANDBOX_DATA_DIR: options.dataDir,
      SANDBOX_WEBHOOK_URL: options.webhookUrl,
    },
    // Its own group: Ctrl-C is for us, and we stop it in order.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  let lastWords = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-2_000)
  })
  const url = await new Promise<string>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () =>
      reject(new LaunchError(lastWords.trim() || 'The sandbox did not start.')),
    )
    child.on('message', (message) => {
      const read = ready.safeParse(message)
      if (read.success) resolve(read.data.url)
    })
  })
  child.once('exit', (code) => {
    options.onDeath(`The sandbox stopped (code ${code}). ${lastWords.trim()}`)
  })
  return { url, stop: () => stopChild(child) }
}
