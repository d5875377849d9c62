import { signWebhook } from '../../webhooks/sign-webhook.ts'
import { schemaNamed } from '../json-schema.ts'
import type { Operation, Parameter, PathItem } from '../openapi-document.ts'
import { sampleWebhooks } from '../samples.ts'
import type { Surroundings } from '../surroundings.ts'

const secret = 'whsec_sandbox_0123456789abcdef'
const timestamp = '1775045865'

/** The four kinds of event that endpoints are told of. */
export function webhookOperations(around: Surroundings): Readonly<Record<string, PathItem>> {
  const bodies = sampleWebhooks(around.view, around.isPayloadFull)
  const event = (id: string, type: keyof typeof bodies, summary: string): PathItem => ({
    post: webhook(around, { id, type, summary, rawBody: bodies[type] }),
  })
  return {
    'payment.created': event('paymentCreated', 'payment.created', 'A payment was created'),
    'payment.updated': event('paymentUpdated', 'payment.updated', 'A payment changed its status'),
    'withdrawal.created': event(
      'withdrawalCreated',
      'withdrawal.created',
      'A withdrawal was created',
    ),
    'withdrawal.updated': event(
      'withdrawalUpdated',
      'withdrawal.updated',
      'A withdrawal changed its status',
    ),
  }
}

/** How a receiver knows that a webhook is genuine. */
const signatureRule =
  'The signature is hex(HMAC-SHA256(key, message)) in lower case, where key is the secret of the endpoint as UTF-8 and message is the X-SpacePay-Timestamp header, a full stop, and the raw bytes of the body. Verify it over the bytes as they came, before they are parsed; compare in constant time; refuse timestamps that are more than five minutes off.'

function webhook(
  { isPayloadFull, retryDivisor }: Surroundings,
  told: {
    readonly id: string
    readonly type: string
    readonly summary: string
    readonly rawBody: string
  },
): Operation {
  const { id, type, summary, rawBody } = told
  const subject = type.startsWith('payment') ? 'payment' : 'withdrawal'
  const form = isPayloadFull
    ? `The body has the whole ${subject}, as the sandbox’s payload switch is set.`
    : 'The body is a snapshot.'
  const value: unknown = JSON.parse(rawBody)
  return {
    operationId: id,
    tags: ['Webhooks'],
    summary,
    description: [
      `${form} Get the ${subject} from the API before acting on it. Webhooks may come twice and in any order, so deduplicate by X-SpacePay-Event-Id.`,
      signatureRule,
      `The signature among the headers is that of the example, written on one line without spaces, with the secret \`${secret}\`.`,
    ].join('\n\n'),
    security: [],
    parameters: headers(signWebhook(secret, timestamp, rawBody)),
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: schemaNamed(subject === 'payment' ? 'PaymentWebhook' : 'WithdrawalWebhook'),
          examples: { [subject]: { summary, value } },
        },
      },
    },
    responses: {
      '2XX': {
        description:
          'Received. Answer at once and work afterwards: after 30 seconds the attempt has failed.',
        headers: {},
      },
      default: {
        description:
          'Anything else, redirects included, is a failed attempt. There are eight: at once, and after 10 seconds, 1, 5 and 30 minutes, 2, 6 and 24 hours, each within 10 percent.' +
          (retryDivisor === 1 ? '' : ` Here these pauses are divided by ${retryDivisor}.`),
        headers: {},
      },
    },
  }
}

function headers(signature: string): readonly Parameter[] {
  return [
    header('X-SpacePay-Id', 'Id of the webhook endpoint.', '2b6c9a3e-7d41-4a58-8f0b-5c1d2e3f4a5b'),
    header(
      'X-SpacePay-Event-Id',
      'Id of the event, the same in every attempt: deduplicate by it.',
      'evt_9a4f7c1e-3b52-4d0a-8e6f-1c2b3a4d5e6f',
    ),
    header('X-SpacePay-Delivery-Id', 'Id of this attempt.', 'd7e8f9a0-1b2c-4d3e-9f4a-5b6c7d8e9f0a'),
    header('X-SpacePay-Timestamp', 'When it was sent: seconds since 1970 as text.', timestamp),
    header('X-SpacePay-Signature', 'The signature: 64 hex digits.', signature),
  ]
}

function header(name: string, description: string, example: string): Parameter {
  return { name, in: 'header', required: true, description, schema: { type: 'string' }, example }
}
