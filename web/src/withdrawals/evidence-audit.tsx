import { auditActions } from '@desk/shared/audit/audit-action'
import type { EvidenceAuditEntry, RequestEvidence } from '@desk/shared/withdrawals/request-evidence'
import { Code, Part, Text } from './evidence-parts.tsx'
import { utcText } from './proved-evidence.ts'

/** The entries of the audit log about it with what chains them, and how anybody checks the file. */
export function EvidenceAudit({ evidence }: { readonly evidence: RequestEvidence }) {
  const { audit, howToVerify } = evidence
  return (
    <>
      <Part title="Entries of the audit log">
        <ol className="flex flex-col gap-3 text-sm">
          {audit.entries.map((entry) => (
            <Entry key={entry.seq} entry={entry} />
          ))}
        </ol>
        <p className="mt-3 text-xs wrap-anywhere text-muted">
          The whole log ended at entry {audit.head.seq} then, with the hash{' '}
          <Code>{audit.head.hash}</Code>
        </p>
      </Part>
      <Part title="How anybody verifies this file">
        <ol className="flex list-decimal flex-col gap-3 pl-5 text-sm">
          {howToVerify.map(({ what, command, expected }) => (
            <li key={what}>
              <p className="wrap-anywhere">{what}</p>
              {command !== null && <Text>{command}</Text>}
              {expected !== null && (
                <p className="mt-1 text-xs wrap-anywhere text-muted">
                  {command === null ? 'That hash is ' : 'It has to say '}
                  <Code>{expected}</Code>
                </p>
              )}
            </li>
          ))}
        </ol>
      </Part>
    </>
  )
}

const actionTexts: ReadonlyMap<string, string> = new Map(Object.entries(auditActions))

function Entry({ entry }: { readonly entry: EvidenceAuditEntry }) {
  const { seq, at, action, outcome, reason, before, after, address } = entry
  return (
    <li className="break-inside-avoid wrap-anywhere">
      <span className="text-faint tabular-nums">
        {seq} · {utcText(at)}
      </span>{' '}
      <strong className="font-medium">{actionTexts.get(action) ?? action}</strong>
      {outcome !== 'done' && ` (${outcome})`}
      <span className="block text-xs text-muted">
        {entry.actorName === null
          ? 'Desk by itself'
          : `${entry.actorName} (${entry.actorEmail ?? 'no address'})`}
        {address !== null && ` from ${address}`}
        {entry.requestId !== null && `, request ${entry.requestId}`}
        {reason !== null && `. ${reason}`}
      </span>
      {before !== null && <Text>{`Before ${before}`}</Text>}
      {after !== null && <Text>{`After ${after}`}</Text>}
      <span className="mt-1 block text-xs text-muted">
        Hash <Code>{entry.hash}</Code>, previous <Code>{entry.previous}</Code>
      </span>
    </li>
  )
}
