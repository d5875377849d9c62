import { Worker } from 'node:worker_threads'
import { type ParsedStatement, UnreadableStatement } from './parsed-statement.ts'
import type { StatementFile } from './parse-statement.ts'

const readMsMax = 30_000
const heapMegabytesMax = 768

type Told =
  | { readonly kind: 'read'; readonly statement: ParsedStatement }
  | { readonly kind: 'unreadable'; readonly reason: string }

/**
 * What a bank's file says, read in a thread of its own: a large or malicious file neither holds up requests
 * nor takes their memory. Throws `UnreadableStatement`.
 */
export async function readStatement(file: StatementFile): Promise<ParsedStatement> {
  const worker = new Worker(new URL('statement-worker.ts', import.meta.url), {
    workerData: file,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytesMax },
  })
  const { promise, resolve, reject } = Promise.withResolvers<Told>()
  const giveUp = () =>
    reject(new UnreadableStatement('This file is too large to be read. Import shorter periods.'))
  const timer = setTimeout(giveUp, readMsMax)
  worker.once('message', resolve)
  worker.once('error', (error) => (isOutOfMemory(error) ? giveUp() : reject(error)))
  worker.once('exit', giveUp)
  try {
    const told = await promise
    if (told.kind === 'unreadable') throw new UnreadableStatement(told.reason)
    return told.statement
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}
