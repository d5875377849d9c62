import { parentPort, workerData } from 'node:worker_threads'
import { UnreadableStatement } from './parsed-statement.ts'
import { parseStatement, type StatementFile } from './parse-statement.ts'

/** Reads one file apart from what answers requests, and ends. */
function tell(file: StatementFile): void {
  try {
    parentPort?.postMessage({ kind: 'read', statement: parseStatement(file) }, [])
  } catch (error) {
    if (!(error instanceof UnreadableStatement)) throw error
    parentPort?.postMessage({ kind: 'unreadable', reason: error.message }, [])
  }
}

tell(workerData)
