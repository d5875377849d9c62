import { parentPort, workerData } from 'node:worker_threads'
import { UnreadableStatement } from './parsed-statement.ts'
import { type StatementFile } from './parse-statement.ts'
import { statementRows } from './statement-rows.ts'

/** What arrives at once is taken over at once: pieces let others in between. */
const batchSize = 2_000

/** Reads one file apart from what answers requests, and ends. */
function tell(file: StatementFile): void {
  try {
    const { rows, ...statement } = statementRows(file)
    for (let at = 0; at < rows.length; at += batchSize) {
      parentPort?.postMessage({ kind: 'rows', rows: rows.slice(at, at + batchSize) }, [])
    }
    parentPort?.postMessage({ kind: 'read', statement }, [])
  } catch (error) {
    if (!(error instanceof UnreadableStatement)) throw error
    parentPort?.postMessage({ kind: 'unreadable', reason: error.message }, [])
  }
}

tell(workerData)
