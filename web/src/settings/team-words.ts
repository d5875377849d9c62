import type { PendingWork, PersonState, TeamPerson } from '@desk/shared/identity/team'
import type { Tone } from '../ui/tone.ts'

export const stateWords = {
  active: { word: 'Active', tone: 'ok' },
  disabled: { word: 'Disabled', tone: 'idle' },
  removed: { word: 'Removed', tone: 'idle' },
} as const satisfies Record<PersonState, { word: string; tone: Tone }>

/** `"App and 2 passkeys"`, or null where there is no second factor. */
export function factorsText({ authenticator, passkeys }: TeamPerson['factors']): string | null {
  const parts = [
    ...(authenticator ? ['App'] : []),
    ...(passkeys > 0 ? [counted(passkeys, 'passkey')] : []),
  ]
  return parts.length === 0 ? null : parts.join(' and ')
}

/** `"1 session"`, `"2 sessions"`. */
export function counted(count: number, noun: string): string {
  return `${count} ${count === 1 ? noun : `${noun}s`}`
}

/** What waits in a leaver's name; a kind that is new here is named as it comes. */
export function pendingText({ kind, label }: PendingWork): string {
  if (kind === 'invitation') return `the invitation for ${label}`
  if (kind === 'saved_view') return `the shared view ${label}, which stays and belongs to its role`
  if (kind === 'approval') return `the approval of ${label}, which then waits for somebody else`
  return kind === 'hand_over'
    ? `the hand-over of ${label}, which goes back to its queue`
    : `${kind} ${label}`
}
