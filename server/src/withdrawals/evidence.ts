import { createHash } from 'node:crypto'
import type { Greeting } from '@desk/shared/identity/session'
import {
  evidenceText,
  type RequestEvidence,
  type RequestEvidenceFile,
  type VerifyingStep,
} from '@desk/shared/withdrawals/request-evidence'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { type KeptEvidence, readEvidence } from './evidence.queries.ts'

export interface EvidenceCall {
  readonly db: Db
  readonly by: Attribution
  readonly publicUrl: URL
  readonly environment: Greeting['environment']
}

/**
 * One withdrawal as a file that is checked without Desk. Who took it away is written down with the file's
 * hash. Refuses with `withdrawal_unknown`.
 */
export async function exportEvidence(
  { db, by, publicUrl, environment }: EvidenceCall,
  id: string,
): Promise<RequestEvidenceFile> {
  const kept = await readEvidence(db, id)
  const { name: label } = kept.request
  const name = `withdrawal-${label}-evidence.json`
  const evidence: RequestEvidence = {
    format: 'spacepay-desk.withdrawal-evidence',
    version: 1,
    about:
      'One withdrawal with all that was decided and done about it: what was asked for, what people approved, what was sent to SpacePay, what SpacePay said, and the entries of the audit log about it.',
    howToVerify: stepsFor(name, kept),
    exported: {
      at: by.at.toISOString(),
      by: by.actor && { name: by.actor.name, email: by.actor.email },
      desk: publicUrl.origin,
      environment,
      request: by.requestId,
    },
    ...kept,
  }
  const sha256 = createHash('sha256').update(evidenceText(evidence)).digest('hex')
  await db.transaction().execute((trx) =>
    recordAudit(trx, by, {
      action: 'withdrawal.export',
      subject: { kind: 'withdrawal', id, label },
      after: { file: name, sha256, fingerprint: kept.submission?.fingerprint ?? null },
    }),
  )
  return { name, sha256, evidence }
}

function stepsFor(name: string, { submission, audit }: KeptEvidence): readonly VerifyingStep[] {
  return [
    ...(submission === null
      ? []
      : [
          {
            what: 'The fingerprint is the SHA-256 of the canonical text, which is the content in canonical JSON (RFC 8785). Every vote names the fingerprint that its voter’s browser had computed: one that counts names this one.',
            command: `sed -n 's/^ *"canonicalTextBase64": "\\([A-Za-z0-9+\\/=]*\\)",*$/\\1/p' ${name} | openssl base64 -d -A | openssl dgst -sha256`,
            expected: submission.fingerprint,
          },
          {
            what: 'Read that text: it has to say what the content says. Texts that were approved before a change are in the audit entries of their submission.',
            command: `sed -n 's/^ *"canonicalTextBase64": "\\([A-Za-z0-9+\\/=]*\\)",*$/\\1/p' ${name} | openssl base64 -d -A`,
            expected: submission.canonicalText,
          },
        ]),
    {
      what: 'The hash of an audit entry is the SHA-256 of the entry without `hash` in canonical JSON (RFC 8785), `previous` included. With jq, which writes ordinary text in that form: each line is computed, the one below it is the file’s.',
      command: `jq -c '.audit.entries[]' ${name} | while read -r entry; do printf '%s' "$entry" | jq -jcS 'del(.hash)' | openssl dgst -sha256 -r; printf '%s' "$entry" | jq -r .hash; done`,
      expected: null,
    },
    {
      what: `\`previous\` is the hash of the entry before in the whole log. Entries about other things stand between these, so an auditor joins them by the export of the whole log, which ended at entry ${audit.head.seq} when this file was written, and by the heads of the log that were mailed.`,
      command: null,
      expected: audit.head.hash,
    },
    {
      what: 'The audit log keeps the SHA-256 of this file with who took it away: no byte of it can be changed unseen.',
      command: `openssl dgst -sha256 ${name}`,
      expected: null,
    },
  ]
}
