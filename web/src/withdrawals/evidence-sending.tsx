import type {
  EvidenceAttempt,
  EvidenceObservation,
  RequestEvidence,
} from '@desk/shared/withdrawals/request-evidence'
import { Facts } from '../ui/section.tsx'
import { Code, Part, Text } from './evidence-parts.tsx'
import { utcText } from './proved-evidence.ts'
import { attemptWords } from './request-words.ts'

/** Every call that was begun, and all that SpacePay said of what came of it. */
export function EvidenceSending({ evidence }: { readonly evidence: RequestEvidence }) {
  const { attempts, atSpacePay } = evidence
  return (
    <>
      <Part title="Attempts to send it">
        {attempts.length === 0 && (
          <p className="text-sm text-muted">Nothing was sent to SpacePay.</p>
        )}
        {attempts.map((attempt) => (
          <Attempt key={attempt.number} attempt={attempt} />
        ))}
      </Part>
      {atSpacePay !== null && (
        <Part title="At SpacePay">
          <Facts
            facts={Object.entries(atSpacePay.withdrawal).map(([field, value]) =>
              value === null
                ? null
                : { name: fieldNames.get(field) ?? field, value: <Code>{`${value}`}</Code> },
            )}
          />
          <h3 className="mt-3 mb-1 text-sm font-medium break-after-avoid">
            What it said, as it came
          </h3>
          {atSpacePay.observations.map((told) => (
            <Observation key={`${told.learnedAt} ${told.bodySha256}`} told={told} />
          ))}
        </Part>
      )}
    </>
  )
}

function Attempt({ attempt }: { readonly attempt: EvidenceAttempt }) {
  return (
    <div className="mb-3 last:mb-0">
      <Facts
        facts={[
          { name: 'Attempt', value: `${attempt.number}: ${attemptWords[attempt.state]}` },
          { name: 'Begun', value: utcText(attempt.startedAt) },
          attempt.endedAt === null ? null : { name: 'Ended', value: utcText(attempt.endedAt) },
          { name: 'Idempotency key', value: <Code>{attempt.idempotencyKey}</Code> },
          attempt.status === null
            ? null
            : {
                name: 'Answer',
                value: ['HTTP', attempt.status, attempt.code, attempt.message]
                  .filter((part) => part !== null)
                  .join(' '),
              },
          attempt.lookedUpAt === null
            ? null
            : {
                name: 'Looked for',
                value: `${attempt.lookUps} times, last ${utcText(attempt.lookedUpAt)}`,
              },
          attempt.evidence === null
            ? null
            : {
                name: 'Settled',
                value: `${attempt.resolvedBy?.name ?? 'Somebody'}: ${attempt.evidence}`,
              },
          { name: 'Fingerprint', value: <Code>{attempt.fingerprint}</Code> },
        ]}
      />
      <p className="mt-2 text-xs text-muted">What was sent:</p>
      <Text>{attempt.body}</Text>
    </div>
  )
}

function Observation({ told }: { readonly told: EvidenceObservation }) {
  return (
    <div className="mb-3 text-xs last:mb-0">
      <p className="wrap-anywhere">
        <strong className="font-medium">{told.status}</strong>, {utcText(told.occurredAt)}; learned{' '}
        {utcText(told.learnedAt)} from{' '}
        {told.source === 'api'
          ? 'the API'
          : `a webhook${told.webhookDelivery === null ? '' : `, delivery ${told.webhookDelivery}`}`}
        . SHA-256 <Code>{told.bodySha256}</Code>
      </p>
      <Text>{told.body}</Text>
    </div>
  )
}

const fieldNames: ReadonlyMap<string, string> = new Map([
  ['id', 'Withdrawal'],
  ['status', 'Status'],
  ['amountCents', 'Amount in cents'],
  ['currency', 'Currency'],
  ['network', 'Network'],
  ['recipientAddress', 'Recipient'],
  ['orderId', 'Order id'],
  ['errorMessage', 'Error'],
  ['transactionHash', 'Transaction'],
  ['transactionAt', 'On the chain'],
  ['receivedBaseUnits', 'Base units paid'],
  ['tokenSymbol', 'Token'],
  ['tokenDecimals', 'Token decimals'],
  ['createdAt', 'Created'],
  ['updatedAt', 'Updated'],
])
