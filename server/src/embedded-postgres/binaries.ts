import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { EmbeddedPostgresError } from './embedded-postgres-error.ts'

const require = createRequire(import.meta.url)

export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
}

/** Real Postgres binaries come with the install, in a package per platform. */
export function findPostgresBinaries(): PostgresBinaries {
  const packageName = `@embedded-postgres/${process.platform}-${process.arch}`
  const native = nativeFolder(packageName)
  if (!native) {
    throw new EmbeddedPostgresError(
      `There is no embedded Postgres for ${process.platform} on ${process.arch} (${packageName} is not installed). ` +
        'Set DATABASE_URL to a Postgres 15 or newer.',
    )
  }
  return { initdb: `${native}/bin/initdb`, postgres: `${native}/bin/postgres` }
}

function nativeFolder(packageName: string): string | null {
  try {
    const folder = join(dirname(require.resolve(packageName)), '../native')
    return existsSync(`${folder}/bin/postgres`) ? folder : null
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') return null
    throw error
  }
}
