import { buildSandbox } from './app.ts'
import { AnvilError } from './chain/anvil/find-anvil.ts'
import { readEnv } from './env.ts'
import type { SandboxSettings } from './settings.ts'
import { claimFile } from './state/claim-file.ts'
import { ApiError } from './wire/api-error.ts'

const env = readEnv(process.env)
if (env.ok) {
  await run(env.port, env.settings)
} else {
  giveUp(`The sandbox cannot start:\n${env.faults.map((fault) => `  - ${fault}`).join('\n')}`)
}

async function run(port: number, settings: SandboxSettings): Promise<void> {
  try {
    const release = settings.dataFile === null ? null : await claimFile(settings.dataFile)
    const sandbox = buildSandbox(settings)
    stopWhenAsked(async () => {
      await sandbox.close()
      await release?.()
    })
    const url = await sandbox.listen(port)
    process.stdout.write(`SpacePay sandbox is ready at ${url}\n`)
    process.send?.({ type: 'ready', url })
  } catch (error) {
    const known = knownTrouble(error, port)
    if (known === null) throw error
    giveUp(known)
  }
}

/** Signals end it, and so does the death of whoever started it over an IPC channel. */
function stopWhenAsked(end: () => Promise<void>): void {
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    void end().then(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('disconnect', stop)
}

/** A sentence that says what to change, or null when this is no known trouble. */
function knownTrouble(error: unknown, port: number): string | null {
  if (!(error instanceof Error)) return null
  if (error instanceof AnvilError) return error.message
  if (error instanceof ApiError) return `SANDBOX_SCENARIO cannot be played: ${error.message}`
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken. Set SANDBOX_PORT to a free port, or stop what listens there.`
  }
  if ('path' in error && code !== '') {
    return `The sandbox cannot write its state (${error.message}). Set SANDBOX_DATA_DIR to a folder it may write to.`
  }
  const isPlain = /is not readable\. Remove the file|^Another sandbox is running on /.test(
    error.message,
  )
  return isPlain ? error.message : null
}

function giveUp(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
