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
import { dayOf } from '../kernel/business-days.ts'
import { type KeptEvidence, readEvidence } from './evidence.queries.ts'

export interface EvidenceCall {
  readonly db: Db
  readonly by: Attribution
  readonly publicUrl: URL
  readonly environment: Greeting['environment']
  /** The business zone: the file is named after its day. */
  readonly zone: string
}

/**
 * One withdrawal as a file that is checked without Desk. Who took it away is written down with the file's
 * hash. Refuses with `withdrawal_unknown`.
 */
export async function exportEvidence(
  { db, by, publicUrl, environment, zone }: EvidenceCall,
  id: string,
): Promise<RequestEvidenceFile> {
  const kept = await readEvidence(db, id)
  const { name: label, orderId } = kept.request
  const name = `withdrawal-evidence-${orderId}-${dayOf(by.at, zone)}.json`
  const evidence: RequestEvidence = {
    format: 'spacepay-desk.withdrawal-evidence',
    version: 1,
    about:
      'One withdrawal with all that was decided and done about it: what was asked for, what people approved, what was sent to SpacePay, what SpacePay said, and the entries of the audit log about it.',
    personalData:
      'It names the people who asked, approved and settled, and the network addresses that they did it from: the hashes of the audit log cover those, so without them nobody could check it. Give it to those who need it, and keep it no longer than they do.',
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

/** Parts of the commands: nothing but sh, sed, openssl and Node, which every machine that builds Desk has. */
function base64Of(field: string, name: string): string {
  return `sed -n 's/^ *"${field}": "\\([A-Za-z0-9+\\/=]*\\)",*$/\\1/p' ${name} | openssl base64 -d -A`
}

/** An entry is flat and has whole numbers: with its keys in order, JSON as Node writes it is RFC 8785. */
const entryChecker = [
  'const { audit } = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"))',
  'for (const { hash, ...entry } of audit.entries) {',
  '  const text = JSON.stringify(entry, Object.keys(entry).sort())',
  '  const made = require("crypto").createHash("sha256").update(text).digest("hex")',
  '  console.log(entry.seq + (made === hash ? " proved" : " CHANGED"))',
  '}',
].join('\n')

function stepsFor(
  name: string,
  { submission, attachment, audit }: KeptEvidence,
): readonly VerifyingStep[] {
  return [
    ...(submission === null
      ? []
      : [
          {
            what: 'The fingerprint is the SHA-256 of the canonical text, which is the content in canonical JSON (RFC 8785). Every vote names the fingerprint that its voter’s browser had computed: one that counts names this one.',
            command: `${base64Of('canonicalTextBase64', name)} | openssl dgst -sha256`,
            expected: submission.fingerprint,
          },
          {
            what: 'Read that text: it has to say what the content says. Texts that were approved before a change are in the audit entries of their submission.',
            command: base64Of('canonicalTextBase64', name),
            expected: submission.canonicalText,
          },
        ]),
    ...(attachment === null
      ? []
      : [
          {
            what: 'The attachment is in the file, byte for byte. Its SHA-256 is part of the content that people approved, as `attachmentSha256`. Without the last part the command gives the document itself.',
            command: `${base64Of('base64', name)} | openssl dgst -sha256`,
            expected: attachment.sha256,
          },
        ]),
    {
      what: 'The hash of an audit entry is the SHA-256 of the entry without `hash` in canonical JSON (RFC 8785), `previous` included.',
      command: `node -e '${entryChecker}' ${name}`,
      expected: audit.entries.map(({ seq }) => `${seq} proved`).join('\n'),
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
