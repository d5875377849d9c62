import { type EffectParameter, parametersOf } from './effect-parameters.ts'
import { type ApiEffect, apiEffect, type WebhookEffect, webhookEffect } from './fault-effects.ts'
import { type Operation, operations } from './operations.ts'

/** What a person has to know to choose an effect, and a form has to know to ask for it. */
export interface EffectEntry {
  readonly kind: string
  /** `api` strikes calls, `webhook` strikes deliveries. */
  readonly side: 'api' | 'webhook'
  readonly title: string
  /** What it does, in a sentence. */
  readonly does: string
  /** When it can strike a call, the usual one first; none for deliveries. */
  readonly phases: readonly ('before' | 'after')[]
  /** The routes on which it makes sense; none for deliveries. */
  readonly operations: readonly Operation[]
  readonly parameters: readonly EffectParameter[]
}

const eitherPhase = ['before', 'after'] as const
const answerOnly = ['after'] as const
const withStatus = operations.filter(
  (operation) => operation !== 'wallet.balances' && operation !== 'chains',
)

type ApiText = Pick<EffectEntry, 'title' | 'does' | 'phases' | 'operations'>

const apiTexts: Record<ApiEffect['kind'], ApiText> = {
  delay: {
    title: 'Latency',
    does: 'Waits before the call is worked on, or with its answer, a fixed time or one from a range.',
    phases: eitherPhase,
    operations,
  },
  status: {
    title: 'Error status',
    does: 'Answers an error such as 429 or 500, instead of working on the call or after it took effect.',
    phases: eitherPhase,
    operations,
  },
  hang: {
    title: 'Timeout',
    does: 'Never answers: the caller waits until it gives up. After: the call took effect all the same.',
    phases: eitherPhase,
    operations,
  },
  reset: {
    title: 'Connection reset',
    does: 'Breaks the connection without an answer.',
    phases: eitherPhase,
    operations,
  },
  malformed: {
    title: 'Malformed JSON',
    does: 'Answers JSON that ends in the middle, as if it were whole.',
    phases: eitherPhase,
    operations,
  },
  truncated: {
    title: 'Truncated body',
    does: 'Promises the whole answer and breaks the connection after half of it.',
    phases: eitherPhase,
    operations,
  },
  html: {
    title: 'HTML page',
    does: 'Answers 502 with an HTML page, like a proxy in front of the service.',
    phases: eitherPhase,
    operations,
  },
  oversized: {
    title: 'Oversized answer',
    does: 'Answers valid JSON that is far too large.',
    phases: eitherPhase,
    operations,
  },
  redirect: {
    title: 'Redirect',
    does: 'Answers 302 to another address.',
    phases: eitherPhase,
    operations,
  },
  unknown_status: {
    title: 'Unknown status',
    does: 'Gives the objects of the answer a status nobody documented.',
    phases: answerOnly,
    operations: withStatus,
  },
  unknown_fields: {
    title: 'Unknown fields',
    does: 'Adds fields nobody documented to every object of the answer.',
    phases: answerOnly,
    operations,
  },
  other_content: {
    title: 'Other content',
    does: 'Tells of a withdrawal with another amount, address, network or order id than it has.',
    phases: answerOnly,
    operations: ['withdrawals.create', 'withdrawals.list', 'withdrawals.get'],
  },
  shift: {
    title: 'Shifting list pages',
    does: 'Serves a list page some rows off while claiming the asked one, as when rows move between two pages.',
    phases: answerOnly,
    operations: ['payments.list', 'withdrawals.list'],
  },
  skew: {
    title: 'Clock skew',
    does: 'Moves the Date header and every instant of the answer.',
    phases: answerOnly,
    operations,
  },
}

const webhookTexts: Record<WebhookEffect['kind'], Pick<EffectEntry, 'title' | 'does'>> = {
  drop: {
    title: 'Dropped',
    does: 'Is never sent, though the service believes it was.',
  },
  delay: {
    title: 'Delayed',
    does: 'Goes out later, after a fixed time or one from a range.',
  },
  reorder: {
    title: 'Reordered',
    does: 'Is held until the next webhook about the same payment or withdrawal was sent, which is not held itself, and goes out after it.',
  },
  duplicate: {
    title: 'Duplicated',
    does: 'Goes out several times with one event id.',
  },
  confirmed_event: {
    title: 'Extra payment.confirmed',
    does: 'A completed payment is told a second time, as the undocumented payment.confirmed with an event id of its own.',
  },
  payload: {
    title: 'Payload form',
    does: 'Carries the whole object instead of the documented snapshot, or the other way round.',
  },
  unknown_type: {
    title: 'Unknown event type',
    does: 'Has a type nobody documented.',
  },
  unknown_status: {
    title: 'Unknown status',
    does: 'Has a status nobody documented.',
  },
  unknown_fields: {
    title: 'Unknown fields',
    does: 'Has fields nobody documented, in every object of the body.',
  },
  skew: {
    title: 'Clock skew',
    does: 'Moves the timestamp header and every instant of the body; the signature fits.',
  },
  malformed: {
    title: 'Malformed JSON',
    does: 'Has a body that ends in the middle; the signature fits.',
  },
  stale_timestamp: {
    title: 'Stale timestamp',
    does: 'Has an old timestamp header and a signature that fits it, as when a request is replayed.',
  },
  timestamp_form: {
    title: 'Timestamp form',
    does: 'Writes the timestamp header in another form; the signature fits.',
  },
  missing_header: {
    title: 'Missing header',
    does: 'Leaves out one of the five headers, or all of them.',
  },
  wrong_secret: {
    title: 'Wrongly signed',
    does: 'Is signed with the secret of somebody else.',
  },
  signature_form: {
    title: 'Signature form',
    does: 'Writes the right signature wrongly: in capitals, with a prefix, cut short, or not in hex.',
  },
  tamper: {
    title: 'Tampered with',
    does: 'Has another amount under the signature of the true body.',
  },
}

/** Every effect there is, those of calls first. */
export const effectCatalogue: readonly EffectEntry[] = [
  ...apiEffect.options.map((option): EffectEntry => {
    const kind = option.shape.kind.value
    return { kind, side: 'api', ...apiTexts[kind], parameters: parametersOf(option) }
  }),
  ...webhookEffect.options.map((option): EffectEntry => {
    const kind = option.shape.kind.value
    return {
      kind,
      side: 'webhook',
      ...webhookTexts[kind],
      phases: [],
      operations: [],
      parameters: parametersOf(option),
    }
  }),
]
