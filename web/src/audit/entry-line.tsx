import type { AuditSubject, HistoryEntry } from '@desk/shared/audit/audit-entry'
import { Badge } from '../ui/badge.tsx'
import { entryWords } from './entry-words.ts'
import { outcomeWords } from './audit-words.ts'

/** Who did what and, where it was refused or failed, why. */
export function EntryLine({ entry, about }: EntryLineProps) {
  const { who, did, why } = entryWords(entry, about)
  return (
    <>
      <span className="font-medium">{who}</span> <span>{did}</span>
      {why !== null && <span className="text-muted"> · {why}</span>}
    </>
  )
}

interface EntryLineProps {
  readonly entry: HistoryEntry
  /** The object on whose page the line stands. */
  readonly about?: AuditSubject
}

/** Nothing for what was done: only the exceptions are marked. */
export function EntryOutcome({ outcome }: Pick<HistoryEntry, 'outcome'>) {
  if (outcome === 'done') return null
  const { tone, word } = outcomeWords[outcome]
  return <Badge tone={tone}>{word}</Badge>
}
