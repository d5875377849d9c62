import { createHash, hash } from 'node:crypto'
import { webhookBodyMaxText } from '@desk/shared/webhooks/webhook-body-limit'
import type { Db } from '../database.ts'
import { faultCodeOf } from '../kernel/database-fault.ts'
import { createGroupCommit } from './group-commit.ts'
import { createQuarantine, quarantineLimits, type RefusedDelivery } from './quarantine.ts'
import { readDelivery, summaryOf, type DeliveryContent } from './read-delivery.ts'
import {
  onlyHeader,
  verifySignature,
  type SignatureCheck,
  type SignedDelivery,
  type WebhookHeaders,
} from './verify-signature.ts'
import {
  insertDeliveries,
  type NewDelivery,
  type StoredDelivery,
} from './webhook-delivery.queries.ts'

export interface IncomingWebhook {
  /** Names in lower case. */
  readonly headers: WebhookHeaders
  /** The bytes as they came, or null when they were not read. */
  readonly body: Buffer | null
  /** Why they were not; too many unless said otherwise. */
  readonly unread?: UnreadReason
  /** As declared or as read. */
  readonly bodyBytes: number
  readonly remoteAddress: string | null
}

export type UnreadReason = 'too_large' | 'too_slow' | 'compressed'

export interface WebhookAnswer {
  readonly status: 200 | 400 | 401 | 408 | 413 | 415 | 503
  readonly body: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>
}

export interface WebhookReceiver {
  /** Answers 200 only after the delivery is durable. Never throws. */
  readonly receive: (webhook: IncomingWebhook) => Promise<WebhookAnswer>
}

export interface StoringReceiver extends WebhookReceiver {
  /**
   * Receiving comes first: whatever else works on webhooks waits here before each of its rounds, until no
   * crowd is being stored or that many milliseconds are over.
   */
  readonly uncrowded: (msMax: number) => Promise<void>
}

export interface WebhookReceiverOptions {
  readonly db: Db
  /** Asked at every delivery, so that a rotation takes effect at once. */
  readonly secrets: () => readonly string[] | Promise<readonly string[]>
  /** Asked where none of those verifies a delivery: it may be the first under a new one. */
  readonly secretsAnew?: () => Promise<readonly string[]>
  /** Told which secret verified what was stored. */
  readonly onVerified?: (secretId: string, at: Date) => void
  readonly now: () => Date
  readonly log: ReceiverLog
  /** Told after something was stored that waits to be processed. */
  readonly onStored: () => void
  readonly toleranceSeconds?: number
}

/** The part of a pino logger that is used here. */
export interface ReceiverLog {
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

const defaultToleranceSeconds = 300

export function createWebhookReceiver(options: WebhookReceiverOptions): StoringReceiver {
  const { db, log, now } = options
  const quarantine = createQuarantine(db, quarantineLimits)
  const storing = createGroupCommit<NewDelivery, StoredDelivery>({
    write: (deliveries) => insertAfterRivals(db, deliveries),
    namesOf: ({ eventId, signedSha256 }) => [eventId, signedSha256.toString('hex')],
    isItemFault: (error) => /^(?:22|54)/.test(faultCodeOf(error)),
    lanes: 2,
    // Two small writes take longer than one of both.
    itemsForAnotherLane: 50,
    itemsPerWriteMax: 200,
    itemsOfCrowd: 12,
    waitingMax: 5_000,
    bytesOf: ({ body }) => body.length,
    waitingBytesMax: 64 * 1024 * 1024,
  })

  let unkept = 0
  const refuse = async (refused: RefusedDelivery): Promise<void> => {
    const { verdict, reason, bodyBytes, remoteAddress } = refused
    try {
      if (!(await quarantine.keep(refused))) {
        // Anybody can send these as fast as they like: the log has its limits, too.
        unkept++
        return
      }
    } catch (error) {
      // The answer is no in any case; a person only misses this one example of it.
      log.error({ err: error }, 'A refused webhook could not be kept')
    }
    log.warn({ verdict, reason, bodyBytes, remoteAddress, unkeptBefore: unkept }, 'Webhook refused')
    unkept = 0
  }

  const verify = async (signed: SignedDelivery, at: Date): Promise<SignatureCheck> => {
    const { toleranceSeconds = defaultToleranceSeconds } = options
    const check = (secrets: readonly string[]) =>
      verifySignature(signed, { secrets, toleranceSeconds, now: at })
    const first = check(await options.secrets())
    const isKnown = first.ok || first.verdict === 'stale_timestamp'
    return isKnown || !options.secretsAnew ? first : check(await options.secretsAnew())
  }

  const store = async (
    webhook: IncomingWebhook & { readonly body: Buffer; readonly receivedAt: Date },
    check: Extract<SignatureCheck, { ok: true }>,
  ): Promise<WebhookAnswer> => {
    const content = readDelivery(webhook.body)
    try {
      report(log, await storing.submit(deliveryOf(webhook, check, content)))
    } catch (error) {
      // Whatever kept it from being stored, SpacePay has to send it again.
      log.error({ err: error }, 'A webhook could not be stored')
      return sendItAgain
    }
    options.onVerified?.(check.secretId, webhook.receivedAt)
    if (content.kind === 'malformed') return answer(400, { error: content.problem })
    options.onStored()
    return answer(200, { received: true })
  }

  return {
    uncrowded: (msMax) => storing.uncrowded(msMax),
    receive: async (webhook) => {
      const { body } = webhook
      const receivedAt = now()
      const refused = { ...webhook, headers: keptHeaders(webhook.headers), receivedAt }
      if (body === null) {
        const { status, reason } = unreadAnswers[webhook.unread ?? 'too_large']
        await refuse({ ...refused, verdict: 'malformed', reason })
        return answer(status, { error: reason })
      }
      let check: SignatureCheck
      try {
        check = await verify({ headers: webhook.headers, body }, receivedAt)
      } catch (error) {
        log.error({ err: error }, 'A webhook could not be verified')
        return sendItAgain
      }
      if (!check.ok) {
        await refuse({ ...refused, verdict: check.verdict, reason: check.reason })
        return answer(401, { error: check.reason })
      }
      return store({ ...webhook, body, receivedAt }, check)
    },
  }
}

const unreadAnswers = {
  too_large: { status: 413, reason: `The body is larger than ${webhookBodyMaxText}.` },
  too_slow: { status: 408, reason: 'The body took too long to arrive.' },
  compressed: { status: 415, reason: 'The body is compressed, which SpacePay never does.' },
} as const satisfies Record<UnreadReason, { status: WebhookAnswer['status']; reason: string }>

const sendItAgain: WebhookAnswer = {
  status: 503,
  body: { error: 'Not stored. Send it again.' },
  headers: { 'retry-after': '5' },
}

/** Another Desk may store the same event at this moment: then it is a duplicate the next time. */
async function insertAfterRivals(
  db: Db,
  deliveries: readonly NewDelivery[],
): Promise<readonly StoredDelivery[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await insertDeliveries(db, deliveries)
    } catch (error) {
      if (faultCodeOf(error) !== uniqueViolation || attempt === attemptsMax) throw error
    }
  }
}

const uniqueViolation = '23505'
const attemptsMax = 5

function deliveryOf(
  webhook: IncomingWebhook & { readonly body: Buffer; readonly receivedAt: Date },
  check: Extract<SignatureCheck, { ok: true }>,
  content: DeliveryContent,
): NewDelivery {
  const { headers, body, receivedAt, remoteAddress } = webhook
  const bodySha256 = hash('sha256', body, 'buffer')
  return {
    ...summaryOf(content),
    eventId: idHeader(headers, 'x-spacepay-event-id') ?? `body:${bodySha256.toString('hex')}`,
    deliveryId: idHeader(headers, 'x-spacepay-delivery-id'),
    endpointId: idHeader(headers, 'x-spacepay-id'),
    timestampHeader: check.timestamp,
    sentAt: check.sentAt,
    receivedAt,
    signatureHeader: check.signature,
    headers: keptHeaders(headers),
    body,
    bodySha256,
    signedSha256: createHash('sha256').update(`${check.timestamp}.`).update(body).digest(),
    secretId: check.secretId,
    remoteAddress,
    verdict: content.kind === 'malformed' ? 'malformed' : 'valid',
  }
}

/** Ids are indexed, and outside the signature: one that no SpacePay would send counts as missing. */
function idHeader(headers: WebhookHeaders, name: string): string | null {
  const value = onlyHeader(headers, name)
  return value !== null && value !== '' && value.length <= 200 ? value : null
}

/** What is kept of the headers: bounded, and without what might let someone in elsewhere. */
function keptHeaders(headers: WebhookHeaders): Record<string, string> {
  const kept = Object.entries(headers)
    .filter(([name, value]) => value !== undefined && !secretHeaders.has(name))
    .map(([name, value]) => [name.slice(0, 100), String(value).slice(0, 1_000)])
  return Object.fromEntries(kept.slice(0, 50))
}

const secretHeaders: ReadonlySet<string> = new Set([
  'authorization',
  'cookie',
  'proxy-authorization',
])

function report(log: ReceiverLog, { id, verdict, isConflicting }: StoredDelivery): void {
  if (isConflicting) {
    log.warn({ deliveryId: id }, 'An event id came again over another signed body')
  } else if (verdict !== 'valid') {
    log.info({ deliveryId: id, verdict }, 'Webhook stored, not to be processed')
  }
}

function answer(status: WebhookAnswer['status'], body: WebhookAnswer['body']): WebhookAnswer {
  return { status, body, headers: {} }
}
