import { once } from 'node:events'
import { realpathSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { removeSocketDirectory, socketDirectoryFor } from '../embedded-postgres/socket-directory.ts'
import { LaunchError } from './checks.ts'

/** Claims the data folder as `claimUnlessHeld` does; refuses where another Desk has it. */
export async function claimDataDir(dataDir: string): Promise<() => Promise<void>> {
  const release = await claimUnlessHeld(dataDir)
  if (release !== null) return release
  throw new LaunchError(
    `Desk is already running on the data in ${dataDir}. Stop it, or set DESK_DATA_DIR, PORT and ` +
      'SANDBOX_PORT to start another one beside it.',
  )
}

/**
 * One Desk per data folder, since two sandboxes would write one journal. A socket shows that the other
 * is alive: unlike a file with a process id, it is let go by whoever dies, however they die.
 * Answers with how to let go of it, or null where another Desk has it.
 */
export async function claimUnlessHeld(dataDir: string): Promise<(() => Promise<void>) | null> {
  const socketDir = socketDirectoryFor(realpathSync(dataDir))
  const socket = join(socketDir, 'desk.sock')
  if (await isHeld(socket)) return null
  rmSync(socket, { force: true })
  const holder = createServer((caller) => caller.destroy())
  holder.listen(socket)
  await once(holder, 'listening')
  holder.unref()
  return async () => {
    holder.close()
    await once(holder, 'close')
    removeSocketDirectory(socketDir)
  }
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
