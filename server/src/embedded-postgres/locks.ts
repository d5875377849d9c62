import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'

/** A Postgres whose Desk was just killed is still shutting down: worth a short wait. */
const shutdownWaitMs = 10_000

/**
 * Postgres trusts the process id in its lock file, which after a crash or a reboot may belong to
 * another program. The id counts only while that process really is a Postgres on this folder.
 */
export async function clearStaleLocks(dataDir: string, socketDir: string): Promise<void> {
  const lock = join(dataDir, 'postmaster.pid')
  const giveUpAt = Date.now() + shutdownWaitMs
  while (existsSync(lock) && isPostgresOn(dataDir, pidIn(lock))) {
    if (Date.now() > giveUpAt) {
      throw new EmbeddedPostgresError(
        `Another Desk is using ${dataDir} (Postgres process ${pidIn(lock)}). Stop it, or set DESK_DATA_DIR to another folder.`,
      )
    }
    await delay(50)
  }
  rmSync(lock, { force: true })
  rmSync(join(socketDir, '.s.PGSQL.5432'), { force: true })
  rmSync(join(socketDir, '.s.PGSQL.5432.lock'), { force: true })
}

function pidIn(lock: string): number {
  try {
    return Number.parseInt(readFileSync(lock, 'utf8').split('\n')[0] ?? '', 10)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Number.NaN
    throw error
  }
}

function isPostgresOn(dataDir: string, pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false
  if (process.platform !== 'linux') return isAlive(pid)
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
    return words.includes(dataDir)
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      (error.code === 'ENOENT' || error.code === 'ESRCH')
    )
      return false
    throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
    throw error
  }
}
