import { storableText } from '../kernel/storable-text.ts'
import { DecodeError } from '../gateway/wire/decode-error.ts'
import { decodeWebhookEnvelope, type WebhookEnvelope } from '../gateway/wire/webhook.wire.ts'

/** What a signed body says, as far as it can be read. */
export type DeliveryContent =
  | { readonly kind: 'malformed'; readonly problem: string }
  /** JSON, but not an event as the contract describes it. */
  | { readonly kind: 'unreadable'; readonly problem: string; readonly text: string }
  | { readonly kind: 'event'; readonly envelope: WebhookEnvelope; readonly text: string }

/** Never throws for what a sender can send: UTF-8 with or without a byte order mark, or anything else. */
export function readDelivery(body: Uint8Array): DeliveryContent {
  const parsed = parseBody(body)
  if ('problem' in parsed) return { kind: 'malformed', problem: parsed.problem }
  try {
    return { kind: 'event', envelope: decodeWebhookEnvelope(parsed.json), text: parsed.text }
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error
    return { kind: 'unreadable', problem: error.message, text: parsed.text }
  }
}

/** What the list of deliveries shows of it; null where it does not say. */
export interface DeliverySummary {
  readonly eventType: string | null
  readonly paymentId: string | null
  readonly withdrawalId: string | null
  readonly status: string | null
}

export function summaryOf(content: DeliveryContent): DeliverySummary {
  if (content.kind !== 'event') return nothingSaid
  const { type, subject } = content.envelope
  const eventType = storableText(type)
  if (subject.kind === 'unknown') return { ...nothingSaid, eventType }
  const isPayment = subject.kind === 'payment'
  const { id, status } = isPayment ? subject.payment : subject.withdrawal
  const subjectId = storableText(id)
  return {
    eventType,
    paymentId: isPayment ? subjectId : null,
    withdrawalId: isPayment ? null : subjectId,
    status: storableText(status),
  }
}

const nothingSaid = { eventType: null, paymentId: null, withdrawalId: null, status: null } as const

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

function parseBody(body: Uint8Array): { json: unknown; text: string } | { problem: string } {
  try {
    const text = strictUtf8.decode(body)
    const json: unknown = JSON.parse(text)
    return { json, text }
  } catch (error) {
    // SyntaxError is JSON's, TypeError the decoder's for bytes that are no UTF-8.
    if (error instanceof SyntaxError) return { problem: 'The body is not JSON.' }
    if (error instanceof TypeError) return { problem: 'The body is not UTF-8 text.' }
    throw error
  }
}
