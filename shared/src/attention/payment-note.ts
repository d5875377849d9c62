import * as z from 'zod/mini'
import type { UserId } from '../identity/session.ts'
import { paymentId } from '../payments/payment.ts'
import { storable } from '../text/storable.ts'
import type { PersonName } from './assignee.ts'

export const NOTE_CHARACTERS_MAX = 4_000

export const noteText = z
  .string()
  .check(
    z.trim(),
    z.minLength(1, 'must not be empty'),
    z.maxLength(NOTE_CHARACTERS_MAX, 'must be at most 4,000 characters'),
    storable,
  )

/** What somebody wrote on a payment. Instants are ISO 8601 UTC. */
export interface PaymentNote {
  readonly id: number
  readonly author: PersonName
  readonly text: string
  readonly writtenAt: string
  /** 1 until it was changed. */
  readonly version: number
  /** What it said before, oldest first, each with the time from which it said so. */
  readonly earlier: readonly {
    readonly version: number
    readonly text: string
    readonly at: string
  }[]
  /** When it got its present text; null while it is as it was first written. */
  readonly editedAt: string | null
}

export const writeNoteInput = z.object({ id: paymentId, text: noteText })

export const editNoteInput = z.object({
  /** The payment's. */
  id: paymentId,
  noteId: z.int().check(z.positive()),
  /** The one that was read: what somebody changed meanwhile in another window is not overwritten unseen. */
  version: z.int().check(z.positive()),
  text: noteText,
})
export type EditNoteInput = z.infer<typeof editNoteInput>

/** How long a note can be corrected by whoever wrote it. */
export const NOTE_EDIT_MS = 15 * 60_000

/**
 * Why this person may not change the note now, in words for them, or null if they may. The server refuses
 * by it and the browser hides the button by it; the server's clock counts.
 */
export function noteEditBlock(
  { author, writtenAt }: Pick<PaymentNote, 'author' | 'writtenAt'>,
  editor: { readonly userId: UserId; readonly nowMs: number },
): string | null {
  if (author.id !== editor.userId) return `Only ${author.name} could change this note.`
  if (editor.nowMs - Date.parse(writtenAt) <= NOTE_EDIT_MS) return null
  return 'A note can be changed for 15 minutes. Write another one.'
}
