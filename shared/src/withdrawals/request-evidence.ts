import type { PolicyVersion } from './policy-view.ts'
import type { RequestContent } from './request-content.ts'
import type { RequestAttempt, RequestEvent, RequestRow, RequestVote } from './request-view.ts'

/**
 * One withdrawal with all that was decided and done about it, for somebody who does not have Desk. Instants
 * are ISO 8601, UTC; hashes are SHA-256 in small hex digits.
 */
export interface RequestEvidence {
  readonly format: 'spacepay-desk.withdrawal-evidence'
  readonly version: 1
  readonly about: string
  /** What of people is in it that not everybody may see, and why. */
  readonly personalData: string
  readonly howToVerify: readonly VerifyingStep[]
  readonly exported: {
    readonly at: string
    readonly by: { readonly name: string; readonly email: string } | null
    /** Origin of the Desk that wrote it. */
    readonly desk: string
    readonly environment: string
    /** Names the call in Desk's log. */
    readonly request: string | null
  }
  readonly request: RequestRow & {
    readonly revision: number
    readonly reason: string
    readonly isBreakGlass: boolean
    readonly withdrawalId: string | null
  }
  /** Null until it is submitted. */
  readonly submission: {
    readonly content: RequestContent
    /** RFC 8785 text of the content: what the fingerprint is the hash of. */
    readonly canonicalText: string
    /** Its UTF-8, for a shell. */
    readonly canonicalTextBase64: string
    readonly fingerprint: string
  } | null
  readonly attachment: {
    readonly name: string
    readonly mediaType: string
    readonly byteLength: number
    readonly sha256: string
    readonly base64: string
  } | null
  /** Every version that the request or a vote on it was judged by, oldest first. */
  readonly policies: readonly PolicyVersion[]
  /** Every vote there ever was, void ones too, oldest first. */
  readonly votes: readonly EvidenceVote[]
  /** Every call to SpacePay that was begun, oldest first, with what was sent. */
  readonly attempts: readonly EvidenceAttempt[]
  /** SpacePay's account of it, once it is known there, with all that it ever said of it. */
  readonly atSpacePay: {
    readonly withdrawal: Readonly<Record<string, string | number | null>>
    readonly observations: readonly EvidenceObservation[]
  } | null
  readonly events: readonly RequestEvent[]
  readonly audit: {
    /** The newest entry of the whole log when this was written. */
    readonly head: { readonly seq: number; readonly hash: string; readonly at: string | null }
    readonly entries: readonly EvidenceAuditEntry[]
  }
}

export interface VerifyingStep {
  readonly what: string
  readonly command: string | null
  /** What it then says, as far as that is known beforehand. */
  readonly expected: string | null
}

export interface EvidenceVote extends RequestVote {
  readonly policyVersion: number
  /** When the voter had last shown a second factor. */
  readonly steppedUpAt: string | null
}

export interface EvidenceAttempt extends RequestAttempt {
  /** Of the content that was sent. */
  readonly fingerprint: string
  /** The exact text that was sent. */
  readonly body: string
}

export interface EvidenceObservation {
  readonly source: 'webhook' | 'api'
  readonly status: string
  readonly occurredAt: string
  readonly learnedAt: string
  /** Desk's number of the webhook that brought it. */
  readonly webhookDelivery: number | null
  readonly bodySha256: string
  readonly body: string
}

/** All that the hash of an audit entry is made of, and the hash. `before` and `after` are texts. */
export interface EvidenceAuditEntry {
  readonly version: number
  readonly seq: number
  /** With microseconds. */
  readonly at: string
  readonly actorId: string | null
  readonly actorName: string | null
  readonly actorEmail: string | null
  readonly action: string
  readonly outcome: string
  readonly reason: string | null
  readonly subjectKind: string | null
  readonly subjectId: string | null
  readonly subjectLabel: string | null
  readonly before: string | null
  readonly after: string | null
  readonly address: string | null
  readonly requestId: string | null
  /** Hash of the entry before it in the whole log. */
  readonly previous: string
  readonly hash: string
}

/** What a request for the evidence answers; `sha256` is of the file's text, the audit log keeps it too. */
export interface RequestEvidenceFile {
  readonly name: string
  readonly sha256: string
  readonly evidence: RequestEvidence
}

/** The file, the same in the browser and on the server. */
export function evidenceText(evidence: RequestEvidence): string {
  return `${JSON.stringify(evidence, null, 2)}\n`
}
