import { relative, resolve } from 'node:path'
import { markdownTable } from '../markdown-table.ts'
import { buildChunks, type Chunks, compressedBytes, withImports } from './first-load.ts'

const repository = resolve(import.meta.dirname, '../../..')
const FIRST_LOAD_MAX = 180 * 1024
const PACKAGES_SHOWN = 25
/** What the payments page cannot do without: the app, the shell around every screen, the screen. */
const firstLoad = ['index.html', 'app/shell.tsx', 'payments/payments-page.tsx']
/** Bigger than all the rest, so it may only ever come after the first screen. */
const neverFirst = 'recharts'

/** Builds the browser app and prints what each screen loads; returns the exit code, 1 above the limit. */
export async function benchSize(): Promise<number> {
  const chunks = await buildChunks(resolve(repository, 'vite.config.ts'))
  const all = [...chunks.values()]
  const starts = firstLoad.map((name) => {
    const start = all.find((chunk) => nameOf(chunk.facadeModuleId) === name)
    if (!start) throw new Error(`There is no chunk of ${name}.`)
    return start
  })
  const needed = withImports(chunks, starts)
  const bytes = compressedBytes(needed)
  const packages = packageSizes(needed)
  const hasCharts = packages.some(([name]) => name === neverFirst)
  process.stdout.write(
    [
      `\nJavaScript to the payments page: ${kilobytes(bytes)} kB gzip in ${needed.size} files, at most ${kilobytes(FIRST_LOAD_MAX)} kB\n\n`,
      markdownTable([
        ['What it is made of', 'kB before compression'],
        ...packages.slice(0, PACKAGES_SHOWN).map(([name, size]) => [name, kilobytes(size)]),
      ]),
      '\n',
      markdownTable([
        ['Loaded on demand', 'kB gzip', 'beyond the payments page'],
        ...onDemand(chunks, needed),
      ]),
      hasCharts ? `\nThe payments page loads ${neverFirst}.\n` : '',
      bytes > FIRST_LOAD_MAX ? '\nThe payments page loads too much.\n' : '',
    ].join(''),
  )
  return hasCharts || bytes > FIRST_LOAD_MAX ? 1 : 0
}

/** Each entry and each part that opens later: all of it, and what is new to who has the payments page. */
function onDemand(chunks: Chunks, needed: ReturnType<typeof withImports>): string[][] {
  return [...chunks.values()]
    .filter((chunk) => chunk.isEntry || chunk.isDynamicEntry)
    .map((chunk) => {
      const own = withImports(chunks, [chunk])
      const added = [...own].filter((one) => !needed.has(one))
      const name = nameOf(chunk.facadeModuleId) ?? chunk.fileName
      return { name, all: compressedBytes(own), added: compressedBytes(added) }
    })
    .sort((a, b) => b.added - a.added)
    .map(({ name, all, added }) => [name, kilobytes(all), kilobytes(added)])
}

/** By npm package, and our own code by folder, biggest first. */
function packageSizes(needed: ReturnType<typeof withImports>): [name: string, bytes: number][] {
  const sizes = new Map<string, number>()
  for (const { modules } of needed) {
    for (const [id, { renderedLength }] of Object.entries(modules)) {
      const name = packageOf(id)
      sizes.set(name, (sizes.get(name) ?? 0) + renderedLength)
    }
  }
  return [...sizes].sort(([, a], [, b]) => b - a)
}

function packageOf(id: string): string {
  const inPackage = /.*node_modules\/(@[^/]+\/[^/]+|[^/]+)/.exec(id)?.[1]
  if (inPackage !== undefined) return inPackage
  const path = relative(repository, id.replace(/^\0/, ''))
  return path.startsWith('..') || !path.includes('/')
    ? 'of the build'
    : path.split('/').slice(0, 3).join('/')
}

function nameOf(module: string | null): string | null {
  return module && relative(resolve(repository, 'web'), module).replace(/^src\//, '')
}

function kilobytes(bytes: number): string {
  return (bytes / 1024).toFixed(1)
}
