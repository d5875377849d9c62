import { Worker } from 'node:worker_threads'
import type { BankLineValues } from './bank-line-values.ts'
import { UnreadableStatement } from './parsed-statement.ts'
import type { StatementFile } from './parse-statement.ts'
import type { StatementRows } from './statement-rows.ts'

const readMsMax = 60_000
const heapMegabytesMax = 768

type Told =
  | { readonly kind: 'rows'; readonly rows: readonly BankLineValues[] }
  | { readonly kind: 'read'; readonly statement: Omit<StatementRows, 'rows'> }
  | { readonly kind: 'unreadable'; readonly reason: string }

/**
 * What a bank's file says, read in a thread of its own: a large or malicious file neither holds up requests
 * nor takes their memory. Throws `UnreadableStatement`.
 */
export async function readStatement(file: StatementFile): Promise<StatementRows> {
  const worker = new Worker(new URL('statement-worker.ts', import.meta.url), {
    workerData: file,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytesMax },
  })
  const { promise, resolve, reject } = Promise.withResolvers<Omit<StatementRows, 'rows'>>()
  const rows: BankLineValues[] = []
  const giveUp = () =>
    reject(new UnreadableStatement('This file is too large to be read. Import shorter periods.'))
  const timer = setTimeout(giveUp, readMsMax)
  worker.on('message', (told: Told) => {
    if (told.kind === 'rows') for (const row of told.rows) rows.push(row)
    else if (told.kind === 'read') resolve(told.statement)
    else reject(new UnreadableStatement(told.reason))
  })
  worker.once('error', (error) => (isOutOfMemory(error) ? giveUp() : reject(error)))
  worker.once('exit', giveUp)
  try {
    return { ...(await promise), rows }
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}
