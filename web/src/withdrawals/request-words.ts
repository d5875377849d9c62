import type { RequestAttempt, RequestEvent } from '@desk/shared/withdrawals/request-view'
import type { RequestState } from '@desk/shared/withdrawals/request-state'
import type { Tone } from '../ui/tone.ts'

/** How each state is called, and how loudly. */
export const stateWords = {
  draft: { word: 'Draft', tone: 'idle' },
  pending_approval: { word: 'Pending approval', tone: 'wait' },
  approved: { word: 'Approved', tone: 'wait' },
  sending: { word: 'Sending', tone: 'wait' },
  submitted: { word: 'Submitted', tone: 'wait' },
  processing: { word: 'Processing', tone: 'wait' },
  completed: { word: 'Completed', tone: 'ok' },
  failed: { word: 'Failed', tone: 'bad' },
  rejected: { word: 'Rejected', tone: 'warn' },
  expired: { word: 'Expired', tone: 'idle' },
  cancelled: { word: 'Cancelled', tone: 'idle' },
  unknown: { word: 'Unknown', tone: 'unsure' },
} as const satisfies Record<RequestState, { word: string; tone: Tone }>

/** What a state means for the money, in one sentence. */
export const stateSentences = {
  draft: 'Nobody was asked to approve it yet.',
  pending_approval: 'Desk sends nothing until enough people have approved it.',
  approved: 'Enough people have approved it. Desk sends it as soon as nothing holds it.',
  sending: 'Desk is sending it to SpacePay now.',
  submitted: 'SpacePay has it and will pay it.',
  processing: 'SpacePay is paying it on the chain.',
  completed: 'It was paid.',
  failed: 'It was not paid. To try again, make a new request: it is approved anew.',
  rejected: 'It is back with who asked, who can edit and submit it again.',
  expired: 'Not enough people approved it in time. Who asked can submit it again.',
  cancelled: 'It was given up before anything was sent.',
  unknown:
    'It may or may not have reached SpacePay. Desk looks for it there by its order id and never sends it again by itself.',
} as const satisfies Record<RequestState, string>

const told: Readonly<Record<string, string>> = {
  drafted: 'drafted it',
  edited: 'changed it, which made it a draft again',
  submitted: 'asked for approval',
  approved: 'approved it',
  rejected: 'rejected it',
  cancelled: 'cancelled it',
  expired: 'It expired',
  break_glass: 'called it an emergency',
  policy_changed: 'It went back because the policy changed',
  vote_voided: 'An approval no longer counts',
  sending: 'Desk began to send it to SpacePay',
  adopted: 'SpacePay has a withdrawal with its order id',
  found_upstream: 'It was found at SpacePay already',
  told_by_spacepay: 'SpacePay told what became of it',
  differs: 'SpacePay made it differently from what was approved',
  refused: 'SpacePay refused it',
  rate_limited: 'SpacePay had no room for it just then; nothing was sent',
  not_sent: 'SpacePay could not be reached; nothing was sent',
  unclear: 'No clear answer came: it may or may not have arrived',
  resolved: 'settled what became of it',
  attached: 'attached a document',
  detached: 'took the document off',
}

/** One step of the story in words: a person's verb, or a sentence where Desk did it. */
export function eventText({ kind, actor }: RequestEvent): string {
  const words = told[kind] ?? kind.replaceAll('_', ' ')
  return actor === null || /^[A-Z]/.test(words) ? words : `${actor.name} ${words}`
}

/** What stands with a step: a reason, evidence, or what SpacePay said. */
export function eventDetail({ detail }: RequestEvent): string | null {
  for (const field of ['reason', 'evidence', 'status', 'code'] as const) {
    const text = detail[field]
    if (typeof text === 'string' || typeof text === 'number') return String(text)
  }
  return null
}

/** What became of one try to send a request. */
export const attemptWords = {
  live: 'On its way',
  accepted: 'SpacePay took it',
  refused: 'SpacePay refused it',
  rate_limited: 'SpacePay had no room',
  not_sent: 'Not sent',
  unclear: 'No clear answer',
  found: 'Found at SpacePay',
  absent: 'Settled as never arrived',
} as const satisfies Record<RequestAttempt['state'], string>
