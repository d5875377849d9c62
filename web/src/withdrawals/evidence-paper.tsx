import { networkName } from '@desk/shared/networks/networks'
import {
  approversText,
  bandFor,
  bandText,
  breakGlassApprovers,
} from '@desk/shared/withdrawals/policy-band'
import type { PolicyVersion } from '@desk/shared/withdrawals/policy-view'
import type { EvidenceVote, RequestEvidence } from '@desk/shared/withdrawals/request-evidence'
import { bytesText } from '../ui/bytes-text.ts'
import { moneyText } from '../ui/money-text.ts'
import { Facts } from '../ui/section.tsx'
import { EvidenceAudit } from './evidence-audit.tsx'
import { EvidenceSending } from './evidence-sending.tsx'
import { Code, Part, Text } from './evidence-parts.tsx'
import { PolicyRules } from './policy-rules.tsx'
import { utcText } from './proved-evidence.ts'
import { eventDetail, eventText, stateSentences, stateWords } from './request-words.ts'

/** All that the file says, in the order in which it happened, on screen and on paper. */
export function EvidencePaper({ evidence }: { readonly evidence: RequestEvidence }) {
  const { attachment, policies, votes, events, submission } = evidence
  return (
    <div className="mt-4 rounded-lg border border-line bg-surface *:first:border-t-0 print:border-0">
      <Asked evidence={evidence} />
      {submission !== null && <Approved submission={submission} />}
      {attachment !== null && (
        <Part title="Attachment">
          <Facts
            facts={[
              { name: 'Name', value: <bdi>{attachment.name}</bdi> },
              { name: 'Type', value: attachment.mediaType },
              {
                name: 'Size',
                value: `${bytesText(attachment.byteLength)} (${attachment.byteLength} bytes)`,
              },
              { name: 'SHA-256', value: <Code>{attachment.sha256}</Code> },
            ]}
          />
          <p className="mt-2 text-xs text-muted">The document itself is in the JSON file.</p>
        </Part>
      )}
      <Part title="Approvals">
        {votes.length === 0 ? (
          <p className="text-sm text-muted">Nobody has approved it.</p>
        ) : (
          <ol className="flex flex-col gap-2 text-sm">
            {votes.map((vote) => (
              <Vote
                key={`${vote.voter.userId} ${vote.at}`}
                vote={vote}
                isOnThis={vote.fingerprint === submission?.fingerprint}
              />
            ))}
          </ol>
        )}
      </Part>
      {policies.map((version) => (
        <AppliedPolicy key={version.version} version={version} evidence={evidence} />
      ))}
      <EvidenceSending evidence={evidence} />
      <Part title="Story">
        <ol className="flex flex-col gap-1 text-sm">
          {events.map((event) => {
            const detail = eventDetail(event)
            return (
              <li key={event.id} className="wrap-anywhere">
                <span className="text-faint tabular-nums">{utcText(event.at)}</span>{' '}
                {eventText(event)}
                {event.toState !== null && ` → ${stateWords[event.toState].word}`}
                {detail !== null && <span className="text-muted"> · {detail}</span>}
              </li>
            )
          })}
        </ol>
      </Part>
      <EvidenceAudit evidence={evidence} />
    </div>
  )
}

function Asked({ evidence: { request } }: { readonly evidence: RequestEvidence }) {
  const { destination } = request
  return (
    <Part title="What was asked for">
      <Facts
        facts={[
          { name: 'Amount', value: `${moneyText(request.amountCents)} ${request.currency}` },
          { name: 'Destination', value: destination.label },
          { name: 'Address', value: <Code>{destination.address}</Code> },
          { name: 'Network', value: `${networkName(request.network)} (${request.network})` },
          { name: 'Order id', value: <Code>{request.orderId}</Code> },
          { name: 'Reason', value: <span className="whitespace-pre-wrap">{request.reason}</span> },
          { name: 'Asked by', value: request.requestedBy.name },
          { name: 'Drafted', value: utcText(request.createdAt) },
          request.submittedAt === null
            ? null
            : { name: 'Submitted', value: utcText(request.submittedAt) },
          {
            name: 'State',
            value: `${stateWords[request.state].word} since ${utcText(request.stateAt)}. ${request.stateReason ?? stateSentences[request.state]}`,
          },
          request.isBreakGlass
            ? { name: 'Emergency', value: `Needs ${approversText(breakGlassApprovers)}` }
            : null,
        ]}
      />
    </Part>
  )
}

function Approved({
  submission,
}: {
  readonly submission: NonNullable<RequestEvidence['submission']>
}) {
  return (
    <Part title="What people approve">
      <p className="text-sm text-muted">Its canonical text (RFC 8785):</p>
      <Text>{submission.canonicalText}</Text>
      <p className="mt-2 text-sm wrap-anywhere">
        <span className="text-muted">Fingerprint, the SHA-256 of this text: </span>
        <Code>{submission.fingerprint}</Code>
      </p>
    </Part>
  )
}

function Vote({ vote, isOnThis }: { readonly vote: EvidenceVote; readonly isOnThis: boolean }) {
  return (
    <li className="break-inside-avoid wrap-anywhere">
      <strong className="font-medium">{vote.voter.name}</strong>{' '}
      {vote.decision === 'approve' ? 'approved' : 'rejected'}
      {vote.onBehalfOf !== null && ` in place of ${vote.onBehalfOf.name}`}, {utcText(vote.at)}
      {vote.reason !== null && `: ${vote.reason}`}
      <span className="block text-xs text-muted">
        {vote.steppedUpAt !== null && `Second factor shown ${utcText(vote.steppedUpAt)}. `}
        Policy {vote.policyVersion}. {isOnThis ? 'For this fingerprint' : 'For another content'}
        {': '}
        <Code>{vote.fingerprint}</Code>
      </span>
      {vote.voided !== null && (
        <span className="block text-xs text-warn">
          Void since {utcText(vote.voided.at)}: {vote.voided.reason}
        </span>
      )}
    </li>
  )
}

interface AppliedPolicyProps {
  readonly version: PolicyVersion
  readonly evidence: RequestEvidence
}

function AppliedPolicy({ version, evidence: { request, submission } }: AppliedPolicyProps) {
  const band = bandFor(version.policy, request.amountCents)
  const isApplied = submission?.content.policyVersion === version.version
  return (
    <Part title={`Policy ${version.version}`}>
      <p className="mb-2 text-sm">
        {isApplied ? 'This one applies' : 'Votes were given under this one'}: {bandText(band)} needs{' '}
        {approversText(band.approvers)}.{' '}
        <span className="text-muted">
          {version.note}, proposed {utcText(version.proposedAt)}
          {version.proposedBy !== null && ` by ${version.proposedBy.name}`}
          {version.decidedAt !== null &&
            `, decided ${utcText(version.decidedAt)}${version.decidedBy === null ? '' : ` by ${version.decidedBy.name}`}`}
          .
        </span>
      </p>
      <PolicyRules policy={version.policy} />
    </Part>
  )
}
