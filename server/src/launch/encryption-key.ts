import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { LaunchError } from './checks.ts'

const keyBytes = 32

/** Demo mode has no DESK_ENCRYPTION_KEY: one is made once and kept beside the data it protects. */
export function encryptionKeyIn(dataDir: string): Buffer {
  const file = join(dataDir, 'encryption-key')
  try {
    writeFileSync(file, randomBytes(keyBytes).toString('hex'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  return keyIn(file)
}

/** The same, for commands that a person runs beside Desk: null where none was made yet. */
export function existingKeyIn(dataDir: string): Buffer | null {
  const file = join(dataDir, 'encryption-key')
  return existsSync(file) ? keyIn(file) : null
}

function keyIn(file: string): Buffer {
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
  if (key.length !== keyBytes) {
    throw new LaunchError(
      `${file} does not hold a key of ${keyBytes} bytes. Restore it, or empty DESK_DATA_DIR.`,
    )
  }
  return key
}
