import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What only this chain needs lies in a folder of its own, which a plain install leaves empty. */
const kit = fileURLToPath(new URL('../../../anvil/', import.meta.url))
const systems: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' }

/** A sentence that says what to do about a chain that does not come up. */
export class AnvilError extends Error {}

export interface AnvilTools {
  readonly anvil: string
  /** The script of the Solidity compiler. */
  readonly solc: string
}

/** The node and the compiler of its test tokens: `given`, else the installed package, else the PATH. Throws AnvilError. */
export function findAnvil(given: string | null): AnvilTools {
  const solc = join(kit, 'node_modules/solc/solc.js')
  const packaged = join(
    kit,
    `node_modules/@foundry-rs/anvil-${process.platform}-${systems[process.arch] ?? process.arch}`,
    'bin/anvil',
  )
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const candidates =
    given === null ? [packaged, ...folders.map((folder) => join(folder, 'anvil'))] : [given]
  const anvil = candidates.find(isProgram)
  if (anvil === undefined || !existsSync(solc)) {
    throw new AnvilError(
      given !== null && anvil === undefined
        ? `ANVIL_PATH names no program that can be run: ${given}.`
        : 'SANDBOX_CHAIN=anvil needs a node and a compiler that are not part of the install: run "pnpm run anvil" once (where npm has no anvil for your system, install Foundry too, or set ANVIL_PATH).',
    )
  }
  return { anvil, solc }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
