import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { LaunchError } from './checks.ts'

export const repositoryFolder = resolve(import.meta.dirname, '../../..')
export const webFolder = join(repositoryFolder, 'web/dist')
const stampFile = join(webFolder, '.built-from')
const fromRoot = createRequire(join(repositoryFolder, 'package.json'))
export const viteProgram = join(dirname(fromRoot.resolve('vite/package.json')), 'bin/vite.js')

const inputs = [
  'web/index.html',
  'web/{src,public}/**',
  'shared/src/**',
  'vite.config.ts',
  'pnpm-lock.yaml',
]

/** Builds the browser app unless what lies there was built from these very files. */
export async function buildWeb(): Promise<void> {
  const stamp = stampOfInputs()
  if (readStamp() === stamp) return
  const child = spawn(process.execPath, [viteProgram, 'build', '--logLevel', 'warn'], {
    cwd: repositoryFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  // A start that is given up meanwhile leaves no build behind.
  const endWithUs = () => void child.kill('SIGKILL')
  process.once('exit', endWithUs)
  const [code] = await once(child, 'exit')
  process.off('exit', endWithUs)
  if (code !== 0) throw new LaunchError(`The browser app could not be built:\n${output}`)
  await compressAll()
  writeFileSync(stampFile, stamp)
}

/** Names, sizes and times: enough to notice an edit, and read in milliseconds. */
function stampOfInputs(): string {
  const hash = createHash('sha256')
  for (const file of globSync(inputs, { cwd: repositoryFolder }).toSorted()) {
    const { size, mtimeMs } = statSync(join(repositoryFolder, file))
    hash.update(`${file} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

function readStamp(): string | null {
  try {
    return readFileSync(stampFile, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

/** Done once here, so that no request pays for it. */
async function compressAll(): Promise<void> {
  const files = globSync('**/*.{js,css,html,svg}', { cwd: webFolder })
  await Promise.all(
    files.map(async (name) => {
      const file = join(webFolder, name)
      const bytes = readFileSync(file)
      writeFileSync(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }))
      const quality = { [constants.BROTLI_PARAM_QUALITY]: 9 }
      writeFileSync(`${file}.br`, await promisify(brotliCompress)(bytes, { params: quality }))
    }),
  )
}
