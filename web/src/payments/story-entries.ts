import type { HistoryEntry } from '@desk/shared/audit/audit-entry'
import type { PaymentNote } from '@desk/shared/attention/payment-note'
import type { PaymentDetail } from '@desk/shared/payments/payment-detail'
import { entryWords } from '../audit/entry-words.ts'
import type { StoryEntry } from './timeline.tsx'

/** What SpacePay and the chain tell, with what people wrote and did here, oldest first. */
export function storyEntries(told: {
  readonly payment: Pick<PaymentDetail, 'id' | 'timeline'>
  readonly notes: readonly PaymentNote[]
  readonly history: readonly HistoryEntry[]
}): StoryEntry[] {
  const { payment, notes, history } = told
  const about = { kind: 'payment', id: payment.id } as const
  const entries: StoryEntry[] = [
    ...payment.timeline.map((entry) => ({
      ...entry,
      key: `${entry.kind} ${entry.at} ${entry.text}`,
    })),
    ...notes.map((note) => ({
      kind: 'note' as const,
      key: `note ${note.id}`,
      at: note.writtenAt,
      text: `${note.author.name} noted: ${note.text}`,
      txHash: null,
    })),
    ...history.filter(isToldHere).map((entry) => {
      const { who, did, why } = entryWords(entry, about)
      return {
        kind: 'person' as const,
        key: `audit ${entry.seq}`,
        at: entry.at,
        text: `${who} ${did}${why === null ? '' : `: ${why}`}.`,
        txHash: null,
      }
    }),
  ]
  // Sorting is stable: what shares an instant stays in the order above.
  return entries.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

/** Attempts that came to nothing stand in the history alone; notes stand here in full. */
function isToldHere({ action, outcome }: HistoryEntry): boolean {
  return outcome === 'done' && !noteActions.has(action)
}

const noteActions: ReadonlySet<string> = new Set(['payment.write_note', 'payment.edit_note'])
