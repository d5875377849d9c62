import { createHash } from 'node:crypto'
import { lstatSync, mkdirSync, rmdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'
import { nobody } from './guarded-command.ts'

/** The kernel's limit for a socket path is 108 bytes with its end mark. */
const socketPathBytesMax = 107

/**
 * A folder only we can enter, short enough for a socket path wherever the checkout lies,
 * and the same for every start on the same data.
 */
export function socketDirectoryFor(dataDir: string): string {
  const key = createHash('sha256').update(dataDir).digest('hex').slice(0, 12)
  const socketDir = join(tmpdir(), `desk-pg-${key}`)
  if (Buffer.byteLength(join(socketDir, '.s.PGSQL.5432')) > socketPathBytesMax) {
    throw new EmbeddedPostgresError(
      `The folder for temporary files has too long a name for a socket: ${tmpdir()}. Set TMPDIR to a shorter one.`,
    )
  }
  mkdirSync(socketDir, { recursive: true, mode: 0o700 })
  const found = lstatSync(socketDir)
  if (!found.isDirectory() || !isOurs(found.uid) || (found.mode & 0o077) !== 0) {
    throw new EmbeddedPostgresError(
      `${socketDir} belongs to somebody else or is open to others. Remove it, or set TMPDIR to a folder of your own.`,
    )
  }
  return socketDir
}

/** Where Postgres has to run as nobody it is handed this folder; only root can have done so. */
function isOurs(uid: number): boolean {
  const self = process.getuid?.()
  return self === undefined || uid === self || (self === 0 && uid === nobody)
}

/** Left behind by nobody: empty once Postgres has ended. One that is in use again is left alone. */
export function removeSocketDirectory(socketDir: string): void {
  try {
    rmdirSync(socketDir)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code !== 'ENOTEMPTY' && code !== 'ENOENT') throw error
  }
}
