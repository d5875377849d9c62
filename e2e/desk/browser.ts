import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import chromium from '@sparticuz/chromium'

/** Debian's names of what the browser needs from the system. */
const systemLibraries = ['libnss3', 'libnspr4', 'libexpat1']

/**
 * A browser that runs: the one in CHROMIUM_PATH, else the one that came with the install.
 * Missing system libraries are installed where we may, named where we may not; never skipped.
 */
export async function browserPath(): Promise<string> {
  const path = process.env['CHROMIUM_PATH'] ?? (await unpackedBrowser())
  if (runs(path)) return path
  const install = `apt-get install -y ${systemLibraries.join(' ')}`
  if (process.getuid?.() !== 0) {
    throw new Error(
      `The test browser lacks system libraries. Have an administrator run: ${install}`,
    )
  }
  execFileSync('apt-get', ['update'], { stdio: 'ignore' })
  execFileSync('apt-get', ['install', '-y', ...systemLibraries], { stdio: 'ignore' })
  if (runs(path)) return path
  throw new Error(
    `The test browser does not start: ${spawnSync(path, ['--version']).stderr.toString()}`,
  )
}

/** It unpacks to the folder for temporary files; one of our own keeps users out of each other's way. */
async function unpackedBrowser(): Promise<string> {
  const usual = process.env['TMPDIR']
  const folder = join(tmpdir(), `desk-browser-${process.getuid?.() ?? 'user'}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  process.env['TMPDIR'] = folder
  try {
    return await chromium.executablePath()
  } finally {
    if (usual === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = usual
  }
}

function runs(path: string): boolean {
  return spawnSync(path, ['--no-sandbox', '--version']).status === 0
}

/** What a headless browser without a graphics card or outside network needs, and no more. */
export const browserArguments = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--disable-background-networking',
  '--use-gl=angle',
  '--use-angle=swiftshader',
]
