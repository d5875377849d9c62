import type { DeliveryRow } from '@desk/shared/webhooks/delivery-list'
import type { WorkState } from '@desk/shared/webhooks/delivery-query'
import { webhookBodyMaxText } from '@desk/shared/webhooks/webhook-body-limit'
import type { WebhookVerdict } from '@desk/shared/webhooks/webhook-delivery'
import type { Choice } from '../ui/filter-choice.tsx'
import type { Tone } from '../ui/tone.ts'

interface VerdictWords {
  readonly word: string
  readonly tone: Tone
  /** What it means, in one sentence. */
  readonly about: string
  /** What a person does about it; null where there is nothing to do. */
  readonly todo: string | null
}

export const verdictWords = {
  valid: {
    word: 'Signature valid',
    tone: 'ok',
    about: 'One of your secrets signed exactly these bytes, just before they arrived.',
    todo: null,
  },
  duplicate: {
    word: 'Repeat',
    tone: 'idle',
    about: 'SpacePay told this before: it was stored and counted, and not processed again.',
    todo: null,
  },
  malformed: {
    word: 'Unreadable',
    tone: 'warn',
    about: 'The body is no JSON that Desk could read, or too large to be read at all.',
    todo: `If SpacePay sent it, show them the bytes. Bodies beyond ${webhookBodyMaxText} are never read: a proxy in front may have changed them.`,
  },
  invalid_signature: {
    word: 'Bad signature',
    tone: 'bad',
    about: 'None of your secrets signed these bytes, so nobody knows who wrote them.',
    todo: 'Compare the secret in Settings with the one at SpacePay: after a rotation the new one must be added here, too. If it is the same, a proxy in front of Desk may change bodies, or somebody is trying.',
  },
  stale_timestamp: {
    word: 'Too old',
    tone: 'bad',
    about:
      'The signature fits, but its time is too far from the time of arrival: a replay, or a wrong clock.',
    todo: 'Check the clock of this server. One old delivery alone may be somebody replaying a capture; it changed nothing.',
  },
  unknown_secret: {
    word: 'No secret',
    tone: 'bad',
    about: 'Desk had no webhook secret when it came, so nothing could be verified.',
    todo: 'Add the secret of your endpoint from your SpacePay account. SpacePay sends again what was refused.',
  },
} as const satisfies Record<WebhookVerdict, VerdictWords>

export const stateWords = {
  processed: { word: 'Processed', tone: 'ok' },
  waiting: { word: 'Waiting', tone: 'wait' },
  parked: { word: 'Set aside', tone: 'bad' },
  none: { word: 'Nothing to do', tone: 'idle' },
} as const satisfies Record<WorkState, { word: string; tone: Tone }>

export const verdictChoices: readonly Choice[] = [
  { value: 'accepted', label: 'Accepted' },
  { value: 'valid', label: verdictWords.valid.word, isPart: true },
  { value: 'duplicate', label: verdictWords.duplicate.word, isPart: true },
  { value: 'malformed', label: verdictWords.malformed.word, isPart: true },
  { value: 'refused', label: 'Refused' },
  { value: 'invalid_signature', label: verdictWords.invalid_signature.word, isPart: true },
  { value: 'stale_timestamp', label: verdictWords.stale_timestamp.word, isPart: true },
  { value: 'unknown_secret', label: verdictWords.unknown_secret.word, isPart: true },
]

export const stateChoices: readonly Choice[] = [
  { value: 'processed', label: stateWords.processed.word },
  { value: 'waiting', label: stateWords.waiting.word },
  { value: 'parked', label: 'Set aside with an error' },
  { value: 'none', label: 'Never to be processed' },
]

export const eventTypeChoices: readonly Choice[] = [
  'payment.created',
  'payment.updated',
  'withdrawal.created',
  'withdrawal.updated',
].map((value) => ({ value, label: value }))

export function choiceLabel(choices: readonly Choice[], value: string): string {
  return choices.find((choice) => choice.value === value)?.label ?? value
}

/** What a row is, in a few words: `payment.updated → completed`, or why it was refused. */
export function rowText(row: DeliveryRow): string {
  if (isRefused(row)) return row.problem ?? 'Refused'
  const type = row.eventType ?? 'An event that Desk does not know'
  return row.status === null ? type : `${type} → ${row.status}`
}

export function isRefused({ id }: Pick<DeliveryRow, 'id'>): boolean {
  return id.startsWith('q')
}
