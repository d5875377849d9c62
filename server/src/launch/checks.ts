import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { Env } from '../env.ts'

/** A reason not to start that the person at the terminal can mend; shown without a stack. */
export class LaunchError extends Error {
  override readonly name = 'LaunchError'
}

/** The embedded Postgres, the sandbox and the key of a demo are kept in it. */
export function needsDataDir(env: Env): boolean {
  return env.databaseUrl === null || env.spacepay === null
}

export function refuseUnwritableFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    const probe = join(dataDir, '.write-test')
    writeFileSync(probe, '')
    rmSync(probe)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    throw new LaunchError(
      `DESK_DATA_DIR cannot be written (${error.message}). Set it to a folder this user may write to.`,
      { cause: error },
    )
  }
}

/** Asked before anything starts, so that nothing has to be taken back. */
export async function refuseTakenPorts(env: Env, host: string): Promise<void> {
  const wanted = [{ variable: 'PORT', port: env.port, host }]
  if (host === '127.0.0.1') {
    // A browser tries this first when somebody types localhost.
    wanted.push({ variable: 'PORT', port: env.port, host: '::1' })
  }
  if (env.spacepay === null) {
    wanted.push({ variable: 'SANDBOX_PORT', port: env.sandboxPort, host: '127.0.0.1' })
  }
  const faults = new Set<string>()
  for (const { variable, port, host: at } of wanted) {
    const problem = await listenProblem(port, at)
    if (problem === 'EACCES') {
      faults.add(
        `Port ${port} needs more rights than this user has. Set ${variable} to a port above 1023.`,
      )
    } else if (problem === 'EADDRINUSE') {
      faults.add(
        `Port ${port} is taken. Set ${variable} to a free port, or stop what listens there.`,
      )
    }
  }
  if (faults.size > 0) throw new LaunchError([...faults].join('\n'))
}

async function listenProblem(port: number, host: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error) => {
      const code = 'code' in error ? String(error.code) : ''
      if (code === 'EADDRINUSE' || code === 'EACCES') resolve(code)
      // Without IPv6 nobody else is there either.
      else if (host === '::1') resolve(null)
      else reject(error)
    })
    probe.listen(port, host, () => probe.close(() => resolve(null)))
  })
}
