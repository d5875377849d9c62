import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'
import * as z from 'zod/mini'
import { canonicalContent, fingerprintOf } from './fingerprint.ts'
import type { RequestContent } from './request-content.ts'
import type { EvidenceAuditEntry, RequestEvidence } from './request-evidence.ts'

/** What does not fit together in an evidence file, in words, from nothing but the file; empty where all does. */
export function evidenceFaults(evidence: RequestEvidence): readonly string[] {
  return [
    ...submissionFaults(evidence),
    ...attachmentFaults(evidence),
    ...chainFaults(evidence),
    ...observationFaults(evidence),
  ]
}

function submissionFaults({ submission, request, votes }: RequestEvidence): readonly string[] {
  if (submission === null) return []
  const { content, canonicalText, canonicalTextBase64, fingerprint } = submission
  const counted = votes.filter(({ voided }) => voided === null)
  return [
    canonicalContent(content) !== canonicalText && 'The canonical text is not that of the content.',
    bytesToHex(bytesOf(canonicalTextBase64)) !== bytesToHex(utf8ToBytes(canonicalText)) &&
      'The canonical text in base64 is another one.',
    fingerprintOf(canonicalText) !== fingerprint &&
      'The fingerprint is not the hash of the canonical text.',
    !asksForTheSame(request, content) && 'The request is not what its content says.',
    counted.some((vote) => vote.fingerprint !== fingerprint) &&
      'A vote that counts is for another fingerprint.',
  ].filter((fault) => fault !== false)
}

function asksForTheSame(request: RequestEvidence['request'], content: RequestContent): boolean {
  return (
    request.amountCents === content.amountCents &&
    request.currency === content.currency &&
    request.network === content.network &&
    request.destination.address === content.destination &&
    request.orderId === content.orderId &&
    request.reason === content.reason
  )
}

function attachmentFaults({ attachment, submission }: RequestEvidence): readonly string[] {
  const faults: string[] = []
  if (attachment !== null && hashOf(bytesOf(attachment.base64)) !== attachment.sha256) {
    faults.push('The attachment does not have the hash that is given for it.')
  }
  const signed = submission === null ? undefined : submission.content.attachmentSha256
  if (signed !== undefined && signed !== (attachment?.sha256 ?? null)) {
    faults.push('The attachment is not the one that was signed.')
  }
  return faults
}

function chainFaults({ audit }: RequestEvidence): readonly string[] {
  return audit.entries.flatMap((entry, index) => {
    const before = audit.entries[index - 1]
    const follows =
      before === undefined ||
      (before.seq < entry.seq && (before.seq + 1 < entry.seq || before.hash === entry.previous))
    return [
      auditEntryHash(entry) !== entry.hash &&
        `Audit entry ${entry.seq} is not what its hash was made of.`,
      !follows && `Audit entry ${entry.seq} does not follow the one before it.`,
    ].filter((fault) => fault !== false)
  })
}

/** SHA-256 over everything else of the entry in canonical JSON (RFC 8785). */
function auditEntryHash({ hash: _hash, ...hashed }: EvidenceAuditEntry): string {
  return fingerprintOf(canonicalize(hashed) ?? '')
}

function observationFaults({ atSpacePay }: RequestEvidence): readonly string[] {
  return (atSpacePay?.observations ?? []).flatMap(({ body, bodySha256, learnedAt }) =>
    fingerprintOf(body) === bodySha256
      ? []
      : [`What SpacePay said, learned at ${learnedAt}, does not have its hash.`],
  )
}

function hashOf(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes))
}

/** Nothing where it is no base64. */
function bytesOf(base64: string): Uint8Array {
  const isBase64 = z.base64().safeParse(base64).success
  return isBase64 ? z.core.util.base64ToUint8Array(base64) : new Uint8Array()
}
