import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, realpathSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

/** The kernel's limit is 108 with the end mark; some systems have 104. */
const SOCKET_PATH_BYTES_MAX = 103

/**
 * Claims a state file for this process: two that write one journal would tear it. Answers with how to
 * let go. A listening socket is the claim, since whoever dies lets go of it, however they die.
 *
 * @throws Error that names the file when another process has it.
 */
export async function claimFile(file: string): Promise<() => Promise<void>> {
  const socket = socketOf(file)
  const holder = createServer((caller) => caller.destroy())
  if (!(await listens(holder, socket))) {
    if (await isHeld(socket)) {
      throw new Error(
        `Another sandbox is running on ${file}. Stop it, or set SANDBOX_DATA_DIR to another folder.`,
      )
    }
    // Left behind by one that was killed.
    rmSync(socket, { force: true })
    holder.listen(socket)
    await once(holder, 'listening')
  }
  holder.unref()
  return async () => {
    holder.close()
    await once(holder, 'close')
  }
}

/** False where the socket is there already, held or left behind. */
async function listens(holder: Server, socket: string): Promise<boolean> {
  holder.listen(socket)
  try {
    await once(holder, 'listening')
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false
    throw error
  }
}

/** Beside the file; where that is too deep for a socket, among the temporary files under the path's hash. */
function socketOf(file: string): string {
  mkdirSync(dirname(file), { recursive: true })
  const real = join(realpathSync(dirname(file)), basename(file))
  const beside = `${real}.sock`
  if (Buffer.byteLength(beside) <= SOCKET_PATH_BYTES_MAX) return beside
  const hash = createHash('sha256').update(real).digest('hex').slice(0, 24)
  return join(tmpdir(), `spacepay-sandbox-${hash}.sock`)
}

async function isHeld(socket: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const caller = connect(socket)
    caller.once('connect', () => {
      caller.destroy()
      resolve(true)
    })
    caller.once('error', (error) => {
      const code = 'code' in error ? error.code : ''
      if (code === 'ENOENT' || code === 'ECONNREFUSED') resolve(false)
      else reject(error)
    })
  })
}
