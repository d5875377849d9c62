import { gzipSync } from 'node:zlib'
import { build, type Rolldown } from 'vite'

type Chunk = Rolldown.OutputChunk

/** Files of the browser app as they are served, by their names. */
export type Chunks = ReadonlyMap<string, Chunk>

/** Builds the browser app without writing anything. */
export async function buildChunks(configFile: string): Promise<Chunks> {
  const built = await build({ configFile, logLevel: 'warn', build: { write: false } })
  const outputs = Array.isArray(built) ? built : 'output' in built ? [built] : []
  const chunks = outputs.flatMap(({ output }) => output.filter((file) => file.type === 'chunk'))
  return new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
}

/** These chunks and all that they import statically: what the browser has to have before they run. */
export function withImports(chunks: Chunks, starts: readonly Chunk[]): ReadonlySet<Chunk> {
  const needed = new Set(starts)
  for (const chunk of needed) {
    for (const name of chunk.imports) {
      const imported = chunks.get(name)
      if (imported) needed.add(imported)
    }
  }
  return needed
}

/** Bytes as Desk sends them. */
export function compressedBytes(chunks: Iterable<Chunk>): number {
  return [...chunks].reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).byteLength, 0)
}
