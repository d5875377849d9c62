import type { WebhookEffect } from '../control/fault-effects.ts'
import { firstHalf } from '../wire/break-answer.ts'
import { withMovedInstants, withUnknownFields } from '../wire/strange-json.ts'
import { grown, shrunk, withObject, withType } from './rewrite-body.ts'
import { signWebhook } from './sign-webhook.ts'
import type { EventRecord } from './webhook-record.ts'

/** What goes to a receiver, except where and under which ids. */
export interface Message {
  readonly body: string
  readonly timestamp: string
  readonly signature: string
  readonly withheld: readonly string[]
}

/** A message being written; the faults that strike change it in the order of `messageKinds`. */
export interface Draft {
  readonly event: Pick<EventRecord, 'type' | 'rawBody'>
  readonly secret: string
  /** The moment in the header, in epoch milliseconds. */
  readonly at: number
  readonly timestampForm: 'seconds' | 'milliseconds' | 'iso'
  readonly signatureForm: 'hex' | Extract<WebhookEffect, { kind: 'signature_form' }>['form']
  readonly withheld: readonly string[]
  /** Changes the body behind the signature's back. */
  readonly isTampered: boolean
}

/** Effects on what a message says and how it is signed: the body first, then what vouches for it. */
export const messageKinds = [
  'payload',
  'unknown_type',
  'unknown_status',
  'unknown_fields',
  'skew',
  'tamper',
  'malformed',
  'stale_timestamp',
  'timestamp_form',
  'missing_header',
  'wrong_secret',
  'signature_form',
] as const
export type MessageEffect = Extract<WebhookEffect, { kind: (typeof messageKinds)[number] }>

/** The message as documented: the stored body, Unix seconds, the endpoint's own secret. */
export function plainDraft(event: EventRecord, secret: string, wall: number): Draft {
  return {
    event,
    secret,
    at: wall,
    timestampForm: 'seconds',
    signatureForm: 'hex',
    withheld: [],
    isTampered: false,
  }
}

/** The draft with this effect in it, or null when it would change nothing. */
export function distortDraft(
  draft: Draft,
  effect: MessageEffect,
  fullNow: () => Readonly<Record<string, unknown>> | null,
): Draft | null {
  const { event } = draft
  const isSigned = !draft.withheld.includes('X-SpacePay-Signature')
  switch (effect.kind) {
    case 'payload':
      return withBody(
        draft,
        withObject(event, (object) =>
          effect.form === 'full' ? grown(object, fullNow()) : shrunk(object),
        ),
      )
    case 'unknown_type':
      return withBody(draft, withType(event.rawBody, effect.type))
    case 'unknown_status':
      return withBody(
        draft,
        withObject(event, (object) => ({ ...object, status: effect.status })),
      )
    case 'unknown_fields':
      return withBody(draft, withUnknownFields(event.rawBody))
    case 'skew':
      return withBody(
        { ...draft, at: draft.at + effect.ms },
        withMovedInstants(event.rawBody, effect.ms) ?? event.rawBody,
      )
    case 'tamper':
      return tampered(event.rawBody) === event.rawBody ? null : { ...draft, isTampered: true }
    case 'malformed':
      return withBody(draft, firstHalf(event.rawBody))
    case 'stale_timestamp':
      return { ...draft, at: draft.at - effect.ms }
    case 'timestamp_form':
      return { ...draft, timestampForm: effect.form }
    case 'missing_header':
      return {
        ...draft,
        withheld: effect.header === 'all' ? fiveHeaders : [headers[effect.header]],
      }
    case 'wrong_secret':
      return isSigned ? { ...draft, secret: `not ${draft.secret}` } : null
    case 'signature_form':
      break
  }
  return isSigned ? { ...draft, signatureForm: effect.form } : null
}

/** The draft in its final form, ready to go out. */
export function sealed(draft: Draft): Message {
  const { rawBody } = draft.event
  const timestamp = timestampText(draft)
  const signature = signatureText(
    signWebhook(draft.secret, timestamp, rawBody),
    draft.signatureForm,
  )
  return {
    body: draft.isTampered ? tampered(rawBody) : rawBody,
    timestamp,
    signature,
    withheld: draft.withheld,
  }
}

const headers = {
  id: 'X-SpacePay-Id',
  event_id: 'X-SpacePay-Event-Id',
  delivery_id: 'X-SpacePay-Delivery-Id',
  timestamp: 'X-SpacePay-Timestamp',
  signature: 'X-SpacePay-Signature',
} as const
const fiveHeaders = Object.values(headers)

function withBody(draft: Draft, rawBody: string | null): Draft | null {
  return rawBody === null ? null : { ...draft, event: { ...draft.event, rawBody } }
}

/** Another amount: one digit more. */
function tampered(rawBody: string): string {
  return rawBody.replace(/"amountInCents":(\d+)/, (_, cents: string) => `"amountInCents":${cents}9`)
}

function timestampText({ at, timestampForm }: Draft): string {
  if (timestampForm === 'milliseconds') return String(at)
  if (timestampForm === 'iso') return new Date(at).toISOString()
  return String(Math.floor(at / 1_000))
}

function signatureText(hex: string, form: Draft['signatureForm']): string {
  switch (form) {
    case 'hex':
      return hex
    case 'upper_case':
      return hex.toUpperCase()
    case 'prefixed':
      return `sha256=${hex}`
    case 'shortened':
      return hex.slice(0, 40)
    case 'not_hex':
      break
  }
  return Buffer.from(hex, 'hex').toString('base64')
}
