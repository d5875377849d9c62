import { createHash } from 'node:crypto'
import type { DeliveryDetail } from '@desk/shared/webhooks/delivery-detail'
import { evidenceCommands, type EvidenceFile } from '@desk/shared/webhooks/evidence'
import type { Greeting } from '@desk/shared/identity/session'
import type { Db } from '../database.ts'
import { recordAudit } from '../audit/record-audit.ts'
import type { Attribution } from '../kernel/actor.ts'
import { Refusal } from '../kernel/refusal.ts'
import type { Context } from '../kernel/trpc.ts'
import { readDeliveryBytes } from './delivery-bytes.queries.ts'
import { readDeliveryDetail } from './delivery-detail.queries.ts'
import { readSigned, signatureSteps, signedContent } from './verify-again.ts'

/** As openssl reads it without being told of long lines. */
const BASE64_LINE = 64

export interface EvidenceRequest {
  readonly id: string
  readonly by: Attribution
  readonly publicUrl: URL
  readonly environment: Greeting['environment']
  readonly webhooks: Context['webhooks']
}

/**
 * One delivery as a file that proves itself: whoever has the secret verifies it without Desk. Who asked is
 * written down with the file's hash. Refuses with `delivery_unknown`, `body_gone` and, for what SpacePay
 * never signed, `not_signed`.
 */
export async function exportEvidence(db: Db, request: EvidenceRequest): Promise<EvidenceFile> {
  const { id, by, webhooks } = request
  const secrets = await webhooks.secrets()
  const detail = await readDeliveryDetail(db, id, { secrets, maySeeLinks: true })
  if (detail.secretId === null) {
    const message = 'It was refused: no secret of yours signed it, so there is nothing to prove.'
    throw new Refusal('conflict', 'not_signed', message)
  }
  const kept = await readSigned(db, id)
  const headers = (await readDeliveryBytes(db, [Number(id)])).get(Number(id))?.headers ?? {}
  const signed = signedContent(kept)
  const signedName = `webhook-${id}-signed.bin`
  const name = `webhook-${id}-evidence.json`
  const commands = evidenceCommands({
    name,
    signedName,
    signature: kept.signatureHeader ?? '',
    signedSha256: hex(signed),
  })
  const again = signatureSteps(kept, {
    secrets,
    toleranceSeconds: webhooks.toleranceSeconds,
    now: by.at,
  })
  const text = `${JSON.stringify(
    {
      format: 'spacepay-desk.webhook-evidence',
      version: 1,
      about:
        'One webhook exactly as SpacePay delivered it. The signature is the hex HMAC-SHA256, keyed with the webhook secret, over the timestamp header, a dot and the body. Verify it with the commands below and the secret from your SpacePay account; nothing else of Desk is needed.',
      exported: {
        at: by.at.toISOString(),
        by: by.actor && { name: by.actor.name, email: by.actor.email },
        desk: request.publicUrl.origin,
        environment: request.environment,
        request: by.requestId,
      },
      delivery: deliveryOf(detail),
      signature: {
        algorithm: 'HMAC-SHA256',
        header: 'x-spacepay-signature',
        value: kept.signatureHeader,
        timestampHeader: kept.timestampHeader,
        secret: detail.secret,
      },
      headers,
      signedContentBytes: signed.length,
      signedContentSha256: hex(signed),
      signedContentBase64: linesOf(signed),
      bodyBytes: kept.body.length,
      bodySha256: hex(kept.body),
      bodyStartsAtByte: signed.length - kept.body.length,
      bodyAsText: textOf(kept.body),
      computedAgain: {
        at: again.checkedAt,
        outcome: again.outcome,
        hashOnArrival: detail.signedSha256,
        secondsBetweenTimestampAndArrival: again.secondsOff,
      },
      verify: commands,
    },
    null,
    2,
  )}\n`
  const sha256 = hex(Buffer.from(text))
  await db.transaction().execute((trx) =>
    recordAudit(trx, by, {
      action: 'webhook.export',
      subject: { kind: 'webhook', id },
      after: { file: name, sha256, eventId: detail.eventId },
    }),
  )
  return {
    name,
    text,
    sha256,
    signed: { name: signedName, base64: signed.toString('base64') },
    commands,
  }
}

function deliveryOf(detail: DeliveryDetail) {
  return {
    number: detail.id,
    verdictOnArrival: detail.verdict,
    receivedAt: detail.receivedAt,
    remoteAddress: detail.remoteAddress,
    eventId: detail.eventId,
    attemptId: detail.attemptId,
    endpointId: detail.endpointId,
    eventType: detail.eventType,
    eventHappenedAt: detail.happenedAt,
    paymentId: detail.paymentId,
    orderId: detail.orderId,
    withdrawalId: detail.withdrawalId,
    status: detail.status,
    processedAt: detail.processedAt,
    repeatOf: detail.duplicateOf,
    otherAttempts: detail.attemptsOfEvent.filter(({ id }) => id !== detail.id),
  }
}

function hex(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function linesOf(bytes: Buffer): readonly string[] {
  return bytes.toString('base64').match(new RegExp(`.{1,${BASE64_LINE}}`, 'g')) ?? []
}

/** Null for what is no UTF-8: a text of it would not be what was signed. */
function textOf(bytes: Buffer): string | null {
  const text = bytes.toString('utf8')
  return Buffer.from(text).equals(bytes) ? text : null
}
