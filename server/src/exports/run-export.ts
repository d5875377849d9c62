import { setTimeout as delay } from 'node:timers/promises'
import { readStoredQuery } from '@desk/shared/views/saved-view-input'
import type { Db } from '../database.ts'
import { Refusal } from '../kernel/refusal.ts'
import {
  type ClaimedExport,
  claimExport,
  clearCancelled,
  failExport,
  finishExport,
  putBackExport,
  tellProgress,
} from './export-runs.queries.ts'
import { type ExportRun, ExportStopped } from './export-parts.queries.ts'
import { type ExportProgress, writeExport } from './write-export.ts'

/** An export that a Desk died over so many times is given up, so that it cannot take Desk after Desk with it. */
const attemptsMax = 4
/** How long somebody who cancels waits at most until nothing is done for them any more. */
const beatMs = 400

export interface ExportDesk {
  readonly db: Db
  readonly now: () => Date
  readonly log: {
    warn(fields: object, message: string): void
    error(fields: object, message: string): void
  }
}

/**
 * Writes the file of one export, whichever Desk this is. Begun anew after a Desk that died, it takes a new
 * snapshot; two that work at the same one cannot mix what they write. Throws where it is to be tried again.
 */
export async function runExport(desk: ExportDesk, id: string, ending: AbortSignal): Promise<void> {
  const { db, now, log } = desk
  const claimed = await claimExport(db, id, now())
  if (claimed === null) return
  const run = { id, attempt: claimed.attempt }
  if (claimed.attempt > attemptsMax) {
    const words = `Desk began ${attemptsMax} times and could not finish. Ask for fewer payments, or tell whoever runs Desk.`
    return failExport(db, run, { at: now(), words })
  }
  const beat = startBeat(desk, run, ending)
  try {
    const made = await writeOut(desk, claimed, beat)
    await finishExport(db, run, { ...made, at: now() })
  } catch (error) {
    await beat.stop()
    if (error instanceof Refusal)
      return await failExport(db, run, { at: now(), words: error.message })
    if (error instanceof ExportStopped || beat.isStopped()) return await clearCancelled(db, run)
    if (claimed.attempt === attemptsMax) {
      log.error({ err: error, exportId: id }, 'An export failed')
      const words = 'It could not be written. Whoever runs Desk finds the reason in its log.'
      return await failExport(db, run, { at: now(), words })
    }
    log.warn({ err: error, exportId: id }, 'An export is tried again')
    await putBackExport(db, run)
    throw error
  } finally {
    await beat.stop()
  }
}

async function writeOut({ db }: ExportDesk, claimed: ClaimedExport, beat: Beat) {
  const query = readStoredQuery(claimed.query)
  if (query === null) {
    const message = 'This Desk cannot read any more what was asked for. Ask for it anew.'
    throw new Refusal('invalid', 'export_unreadable', message)
  }
  return writeExport(db, { claimed, query, progress: beat.progress, signal: beat.signal })
}

interface Beat {
  readonly progress: ExportProgress
  /** Aborts when it is cancelled, begun anew elsewhere, or the workers are to end. */
  readonly signal: AbortSignal
  /** Whether it was cancelled or begun anew. */
  readonly isStopped: () => boolean
  readonly stop: () => Promise<void>
}

function startBeat({ db, log }: ExportDesk, run: ExportRun, ending: AbortSignal): Beat {
  const progress: ExportProgress = { done: 0, expected: null }
  const [unwanted, over] = [new AbortController(), new AbortController()]
  const beating = (async () => {
    while (!over.signal.aborted && !unwanted.signal.aborted) {
      try {
        if (!(await tellProgress(db, run, progress))) unwanted.abort(new ExportStopped())
      } catch (error) {
        log.warn({ err: error, exportId: run.id }, 'The progress of an export could not be told')
      }
      await delay(beatMs, undefined, { signal: over.signal }).catch(() => undefined)
    }
  })()
  return {
    progress,
    signal: AbortSignal.any([unwanted.signal, ending]),
    isStopped: () => unwanted.signal.aborted,
    stop: async () => {
      over.abort()
      await beating
    },
  }
}
