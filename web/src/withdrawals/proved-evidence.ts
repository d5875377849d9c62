import { evidenceFaults } from '@desk/shared/withdrawals/check-evidence'
import { fingerprintOf } from '@desk/shared/withdrawals/fingerprint'
import {
  evidenceText,
  type RequestEvidence,
  type RequestEvidenceFile,
} from '@desk/shared/withdrawals/request-evidence'

/** The file as it is saved, with what this browser makes of it. */
export interface ProvedEvidence {
  readonly name: string
  readonly sha256: string
  readonly text: string
  readonly evidence: RequestEvidence
  /** What in it does not fit together, in words; empty where it proves itself. */
  readonly faults: readonly string[]
}

/** Computes anew whatever the file says can be computed. */
export function proveEvidence({ name, sha256, evidence }: RequestEvidenceFile): ProvedEvidence {
  const text = evidenceText(evidence)
  const isWhole = fingerprintOf(text) === sha256
  const faults = [
    ...(isWhole ? [] : ['The file is not the one whose hash the audit log keeps.']),
    ...evidenceFaults(evidence),
  ]
  return { name, sha256, text, evidence, faults }
}

/** What was computed where nothing is wrong, one line each. */
export function provedText(evidence: RequestEvidence): readonly string[] {
  const { submission, attachment, votes, atSpacePay, audit } = evidence
  const counted = votes.filter(({ voided }) => voided === null).length
  const heard = atSpacePay?.observations.length ?? 0
  return [
    submission === null
      ? 'It is not submitted, so there is no fingerprint to compute yet.'
      : 'The fingerprint is the SHA-256 of the canonical text, and that text says what was asked for.',
    ...(counted === 0
      ? []
      : [
          counted === 1
            ? 'The vote that counts is for this fingerprint.'
            : `The ${counted} votes that count are for this fingerprint.`,
        ]),
    ...(attachment === null
      ? []
      : [
          submission === null
            ? 'The attachment has the SHA-256 that is given for it.'
            : 'The attachment has the SHA-256 that people approved with the request.',
        ]),
    `${audit.entries.length} entries of the audit log are what their hashes were made of, in their order.`,
    ...(heard === 0
      ? []
      : [
          heard === 1
            ? 'What SpacePay said of it has its hash.'
            : `The ${heard} things that SpacePay said of it have their hashes.`,
        ]),
    'The whole file has the SHA-256 that the audit log keeps of it.',
  ]
}

/** To the second and the same for every reader: `2026-11-23 12:00:00 UTC`. */
export function utcText(at: string): string {
  return `${at.slice(0, 19).replace('T', ' ')} UTC`
}
