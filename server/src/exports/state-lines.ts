import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type ComparedColumn, comparedColumns } from '@desk/shared/exports/export-columns'
import type { PaymentState } from './compare-states.ts'

/** The first line: which columns the others hold, in their order. */
export function stateHead(): string {
  return `${JSON.stringify(comparedColumns)}\n`
}

export function stateLine({ id, values }: PaymentState): string {
  return `${JSON.stringify([id, ...comparedColumns.map((column) => values[column] ?? null)])}\n`
}

/** Reads the lines back from their gzipped bytes. */
export async function* readStates(chunks: AsyncIterable<Buffer>): AsyncGenerator<PaymentState> {
  const compressed = Readable.from(chunks)
  const bytes = compressed.pipe(createGunzip())
  compressed.on('error', (error) => bytes.destroy(error))
  let columns: readonly (ComparedColumn | null)[] | null = null
  for await (const line of linesOf(bytes)) {
    const texts = textsIn(line)
    if (columns === null) {
      columns = texts.map((text) => comparedColumns.find((column) => column === text) ?? null)
      continue
    }
    const [id = '', ...rest] = texts
    const values: Partial<Record<ComparedColumn, string | null>> = {}
    for (const [index, column] of columns.entries()) {
      if (column !== null) values[column] = rest[index] ?? null
    }
    yield { id: id ?? '', values }
  }
}

/** Lines end at line feeds alone: readline would also end them at separators that JSON leaves in texts. */
async function* linesOf(bytes: AsyncIterable<unknown>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of bytes) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('Not bytes.')
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
}

/** Looked at by hand: a schema takes longer than everything else about a line. */
function textsIn(line: string): readonly (string | null)[] {
  const read: unknown = JSON.parse(line)
  if (!Array.isArray(read)) throw new TypeError('A line of an export is no list.')
  return read.map((text: unknown) => {
    if (text === null || typeof text === 'string') return text
    throw new TypeError('A line of an export holds something else than texts.')
  })
}
