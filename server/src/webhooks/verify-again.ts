import { createHash, createHmac } from 'node:crypto'
import { readDeliveryId } from '@desk/shared/webhooks/delivery-id'
import type { SignatureOutcome, SignatureSteps } from '@desk/shared/webhooks/signature-steps'
import type { Db } from '../database.ts'
import type { KnownSecret } from '../kernel/trpc.ts'
import { Refusal } from '../kernel/refusal.ts'
import { coveredLinks } from './covered-links.ts'
import { readDeliveryBytes } from './delivery-bytes.queries.ts'
import { readTimestamp } from './verify-signature.ts'

const PREFIX_DIGITS = 8
const START_CHARACTERS = 80

export interface SignatureRules {
  /** Those that no longer verify included: what they once signed still counts. */
  readonly secrets: readonly KnownSecret[]
  /** How far the timestamp may be from the moment of arrival, either way. */
  readonly toleranceSeconds: number
  readonly now: Date
}

/** What has to be known of a delivery to judge its signature. */
export interface SignedKept {
  readonly body: Buffer
  readonly bodyBytes: number
  readonly timestampHeader: string | null
  readonly signatureHeader: string | null
  readonly receivedAt: Date
  /** The hash of the signed content as it was written down on arrival; null for refused deliveries. */
  readonly keptSha256: string | null
}

/** Refuses with `delivery_unknown`, and with `body_gone` what retention took the bytes of. */
export async function readSigned(reads: Db, id: string): Promise<SignedKept> {
  const { isRefused, number } = readDeliveryId(id)
  const kept = isRefused ? await refusedSigned(reads, number) : await acceptedSigned(reads, number)
  if (kept) return kept
  throw new Refusal('not_found', 'delivery_unknown', `Desk has no delivery with the number ${id}.`)
}

async function acceptedSigned(reads: Db, number: number): Promise<SignedKept | null> {
  const row = await reads
    .selectFrom('webhook_delivery')
    .select(['timestamp_header', 'signature_header', 'received_at', 'signed_sha256'])
    .where('id', '=', number)
    .executeTakeFirst()
  if (!row) return null
  const bytes = (await readDeliveryBytes(reads, [number])).get(number)
  if (!bytes) {
    const message =
      'Its bytes were deleted when their time was up. The hash that was written down on arrival is all there is.'
    throw new Refusal('conflict', 'body_gone', message)
  }
  return {
    body: bytes.body,
    bodyBytes: bytes.body.length,
    timestampHeader: row.timestamp_header,
    signatureHeader: row.signature_header,
    receivedAt: row.received_at,
    keptSha256: row.signed_sha256.toString('hex'),
  }
}

async function refusedSigned(reads: Db, number: number): Promise<SignedKept | null> {
  const row = await reads
    .selectFrom('webhook_quarantine')
    .select(['headers', 'body', 'body_bytes', 'received_at'])
    .where('id', '=', number)
    .executeTakeFirst()
  if (!row) return null
  return {
    body: row.body,
    bodyBytes: row.body_bytes,
    timestampHeader: row.headers['x-spacepay-timestamp'] ?? null,
    signatureHeader: row.headers['x-spacepay-signature'] ?? null,
    receivedAt: row.received_at,
    keptSha256: null,
  }
}

/** Computes the signature anew from the kept bytes. Says no more of what would be right than its first digits. */
export function signatureSteps(kept: SignedKept, rules: SignatureRules): SignatureSteps {
  const signed = signedContent(kept)
  const signedSha256 = createHash('sha256').update(signed).digest('hex')
  const received = kept.signatureHeader?.toLowerCase() ?? null
  const trials = rules.secrets.map(({ id, label, value }) => {
    const expected = createHmac('sha256', value).update(signed).digest('hex')
    return { id, label, expectedPrefix: prefixOf(expected), matches: expected === received }
  })
  const sentAt = kept.timestampHeader === null ? null : readTimestamp(kept.timestampHeader)
  const secondsOff =
    sentAt === null ? null : Math.round((kept.receivedAt.getTime() - sentAt.getTime()) / 1000)
  return {
    checkedAt: rules.now.toISOString(),
    timestampHeader: kept.timestampHeader,
    bodyBytes: kept.bodyBytes,
    signedStart: coveredLinks(signed).subarray(0, START_CHARACTERS).toString('latin1'),
    signedSha256,
    keptSha256: kept.keptSha256,
    receivedPrefix: received === null ? null : prefixOf(received),
    trials,
    secondsOff,
    isWithinWindow: secondsOff === null ? null : Math.abs(secondsOff) <= rules.toleranceSeconds,
    outcome: outcomeOf(kept, { signedSha256, hasMatch: trials.some(({ matches }) => matches) }),
  }
}

/** Exactly what SpacePay signs: the timestamp as its header spells it, a dot, the body. */
export function signedContent({
  timestampHeader,
  body,
}: Pick<SignedKept, 'timestampHeader' | 'body'>): Buffer {
  return Buffer.concat([Buffer.from(`${timestampHeader ?? ''}.`), body])
}

function outcomeOf(
  kept: SignedKept,
  found: { readonly signedSha256: string; readonly hasMatch: boolean },
): SignatureOutcome {
  if (kept.signatureHeader === null || kept.timestampHeader === null) return 'no_signature'
  if (kept.bodyBytes > kept.body.length) return 'cut'
  if (kept.keptSha256 !== null && kept.keptSha256 !== found.signedSha256) return 'changed'
  return found.hasMatch ? 'matches' : 'no_secret_matches'
}

function prefixOf(hex: string): string {
  return hex.slice(0, PREFIX_DIGITS)
}
