import { buildSandbox, type Sandbox } from './app.ts'
import { readEnv } from './env.ts'

const env = readEnv(process.env)
if (env.ok) {
  await run(env.port, () => buildSandbox(env.settings))
} else {
  giveUp(`The sandbox cannot start:\n${env.faults.map((fault) => `  - ${fault}`).join('\n')}`)
}

async function run(port: number, build: () => Sandbox): Promise<void> {
  try {
    const sandbox = build()
    stopWhenAsked(sandbox)
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
function stopWhenAsked(sandbox: Sandbox): void {
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    void sandbox.close().then(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.on('disconnect', stop)
}

/** A sentence that says what to change, or null when this is no known trouble. */
function knownTrouble(error: unknown, port: number): string | null {
  if (!(error instanceof Error)) return null
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken. Set SANDBOX_PORT to a free port, or stop what listens there.`
  }
  if ('path' in error && code !== '') {
    return `The sandbox cannot write its state (${error.message}). Set SANDBOX_DATA_DIR to a folder it may write to.`
  }
  return error.message.includes('is not readable. Remove the file') ? error.message : null
}

function giveUp(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
