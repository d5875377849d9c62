import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'
import type { RequestContent } from './request-content.ts'

/**
 * The text that requester, approvers and sender each compute for themselves: RFC 8785, from the signed
 * fields alone, so that it is the same whatever else the object holds and in whatever order. Throws
 * where a text has half a surrogate pair, which that form does not have.
 */
export function canonicalContent(content: RequestContent): string {
  const signed: RequestContent = {
    amountCents: content.amountCents,
    currency: content.currency,
    network: content.network,
    destination: content.destination,
    orderId: content.orderId,
    reason: content.reason,
    attachmentSha256: content.attachmentSha256,
    policyVersion: content.policyVersion,
    nonce: content.nonce,
  }
  const text = canonicalize(signed)
  if (text === undefined) throw new TypeError('This content has no JSON form.')
  return text
}

/** SHA-256 of the text's UTF-8, in 64 hex digits. */
export function fingerprintOf(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)))
}

/** The first 32 of the hex digits in eight groups of four, as people compare them aloud. */
export function fingerprintGroups(fingerprint: string): readonly string[] {
  return Array.from({ length: 8 }, (_, index) => fingerprint.slice(index * 4, index * 4 + 4))
}
