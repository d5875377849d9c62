import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { journalEntry, type JournalEntry, journalKey } from './journal-entry.ts'

export interface Journal {
  readonly append: (entry: JournalEntry) => void
  /** Forgets everything and starts again from these lines. */
  readonly restart: (entries: readonly JournalEntry[]) => void
  readonly close: () => void
}

/** What happened since the history was made, one JSON line each; without a file nothing is kept. */
export function openJournal(file: string | null): { journal: Journal; entries: JournalEntry[] } {
  if (file === null) {
    return {
      journal: { append: () => undefined, restart: () => undefined, close: () => undefined },
      entries: [],
    }
  }
  mkdirSync(dirname(file), { recursive: true })
  const entries = fold(readLines(file))
  let descriptor = rewrite(file, entries)
  return {
    entries,
    journal: {
      // Synchronous, so that an answer is never sent before what it says is kept.
      append: (entry) => {
        writeSync(descriptor, `${JSON.stringify(entry)}\n`)
      },
      restart: (fresh) => {
        closeSync(descriptor)
        descriptor = rewrite(file, fresh)
      },
      close: () => {
        fsyncSync(descriptor)
        closeSync(descriptor)
      },
    },
  }
}

function readLines(file: string): JournalEntry[] {
  const lines = readIfThere(file).split('\n')
  // Only the last line can be torn: the process died while writing it, before anybody was answered.
  const unfinished = lines.pop()
  if (unfinished) process.emitWarning(`Dropped a half-written last line of ${file}.`)
  return lines.map((line, index) => {
    const parsed = journalEntry.safeParse(parseLine(line))
    if (parsed.success) return parsed.data
    throw new Error(
      `${file}, line ${index + 1} is not readable. Remove the file to start from a fresh history.`,
    )
  })
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
    throw error
  }
}

/** The newest line of each thing, in the order the things first appeared. */
function fold(entries: readonly JournalEntry[]): JournalEntry[] {
  const newest = new Map<string, JournalEntry>()
  for (const entry of entries) newest.set(journalKey(entry), entry)
  return [...newest.values()].filter((entry) => entry.kind !== 'endpoint_removed')
}

/** Writes a whole new file beside the old one and swaps them, then stays open for appending. */
function rewrite(file: string, entries: readonly JournalEntry[]): number {
  const fresh = `${file}.new`
  writeFileSync(fresh, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''), {
    flush: true,
    mode: 0o600,
  })
  renameSync(fresh, file)
  return openSync(file, 'a', 0o600)
}
