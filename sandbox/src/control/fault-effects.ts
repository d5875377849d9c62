import * as z from 'zod'

const MINUTE_MS = 60_000
const DAY_MS = 1_440 * MINUTE_MS

const delay = (maximumMs: number) =>
  z
    .strictObject({
      kind: z.literal('delay'),
      ms: z.int().positive().max(maximumMs).describe('Milliseconds to wait.'),
      msMax: z
        .int()
        .positive()
        .max(maximumMs)
        .optional()
        .describe('If given, each wait is drawn between the two.'),
    })
    .refine((wait) => wait.msMax === undefined || wait.msMax >= wait.ms, {
      path: ['msMax'],
      message: 'must not be less than ms',
    })

const unknownFields = z.strictObject({ kind: z.literal('unknown_fields') })
const skew = z.strictObject({
  kind: z.literal('skew'),
  ms: z
    .int()
    .min(-400 * DAY_MS)
    .max(400 * DAY_MS)
    .refine((ms) => ms !== 0, 'must not be 0')
    .describe('Milliseconds the clock is ahead; negative is behind.'),
})
const unknownWord = (description: string, standard: string) =>
  z.string().min(1).max(100).default(standard).describe(description)

/** What can happen to a call of the API. */
export const apiEffect = z.discriminatedUnion('kind', [
  delay(10 * MINUTE_MS),
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599).describe('The HTTP status answered.'),
    retryAfter: z
      .union([z.int().nonnegative(), z.string().min(1).max(100)])
      .optional()
      .describe('Retry-After: seconds, or any text as it stands. Left out: no such header.'),
    retryAfterAs: z
      .enum(['seconds', 'date'])
      .optional()
      .describe('Send those seconds as a number, or as the HTTP date they lead to.'),
  }),
  z.strictObject({ kind: z.literal('hang') }),
  z.strictObject({ kind: z.literal('reset') }),
  z.strictObject({ kind: z.literal('malformed') }),
  z.strictObject({ kind: z.literal('truncated') }),
  z.strictObject({ kind: z.literal('html') }),
  z.strictObject({
    kind: z.literal('oversized'),
    bytes: z.int().positive().max(200_000_000).describe('Bytes of the answer.'),
  }),
  z.strictObject({
    kind: z.literal('redirect'),
    location: z.string().min(1).max(2_048).describe('Where to: the Location header.'),
  }),
  z.strictObject({
    kind: z.literal('unknown_status'),
    status: unknownWord('The status nobody documented.', 'on_hold'),
    which: z
      .enum(['all', 'first'])
      .default('all')
      .describe('Every object of a list, or its first only.'),
  }),
  unknownFields,
  z.strictObject({
    kind: z.literal('other_content'),
    field: z
      .enum(['amountInCents', 'recipientAddress', 'chainId', 'orderId'])
      .default('amountInCents')
      .describe('What the answer says otherwise.'),
  }),
  z.strictObject({
    kind: z.literal('shift'),
    rows: z
      .int()
      .min(-1_000)
      .max(1_000)
      .refine((rows) => rows !== 0, 'must not be 0')
      .describe('Rows the page is off: negative repeats rows, positive skips some.'),
  }),
  skew,
])
export type ApiEffect = z.infer<typeof apiEffect>

/** What can happen to a delivery. */
export const webhookEffect = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('drop') }),
  delay(DAY_MS),
  z.strictObject({
    kind: z.literal('reorder'),
    ms: z
      .int()
      .positive()
      .max(DAY_MS)
      .default(10 * MINUTE_MS)
      .describe('Milliseconds after which it goes out even if nothing followed.'),
  }),
  z.strictObject({
    kind: z.literal('duplicate'),
    copies: z.int().min(2).max(20).default(2).describe('How often it goes out altogether.'),
  }),
  z.strictObject({ kind: z.literal('confirmed_event') }),
  z.strictObject({
    kind: z.literal('payload'),
    form: z
      .enum(['full', 'minimal'])
      .default('full')
      .describe('The whole object, or the snapshot.'),
  }),
  z.strictObject({
    kind: z.literal('unknown_type'),
    type: unknownWord('The event type nobody documented.', 'payment.reviewed'),
  }),
  z.strictObject({
    kind: z.literal('unknown_status'),
    status: unknownWord('The status nobody documented.', 'on_hold'),
  }),
  unknownFields,
  skew,
  z.strictObject({ kind: z.literal('malformed') }),
  z.strictObject({
    kind: z.literal('stale_timestamp'),
    ms: z
      .int()
      .positive()
      .max(400 * DAY_MS)
      .default(10 * MINUTE_MS)
      .describe('Milliseconds the timestamp header is old.'),
  }),
  z.strictObject({
    kind: z.literal('timestamp_form'),
    form: z.enum(['milliseconds', 'iso']).describe('How the moment is written.'),
  }),
  z.strictObject({
    kind: z.literal('missing_header'),
    header: z
      .enum(['signature', 'timestamp', 'event_id', 'delivery_id', 'id', 'all'])
      .default('signature')
      .describe('Which of the five headers is left out.'),
  }),
  z.strictObject({ kind: z.literal('wrong_secret') }),
  z.strictObject({
    kind: z.literal('signature_form'),
    form: z
      .enum(['upper_case', 'prefixed', 'shortened', 'not_hex'])
      .describe('How the right signature is written wrongly.'),
  }),
  z.strictObject({ kind: z.literal('tamper') }),
])
export type WebhookEffect = z.infer<typeof webhookEffect>
