import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
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
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex')
  if (key.length !== keyBytes) {
    throw new LaunchError(
      `${file} does not hold a key of ${keyBytes} bytes. Restore it, or empty DESK_DATA_DIR.`,
    )
  }
  return key
}
