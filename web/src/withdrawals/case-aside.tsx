import { Link } from '@tanstack/react-router'
import { networkName } from '@desk/shared/networks/networks'
import type { LimitUse, RequestCase } from '@desk/shared/withdrawals/request-view'
import { Amount } from '../ui/amount.tsx'
import { useBlockExplorer } from '../ui/block-explorer.tsx'
import { Identifier } from '../ui/identifier.tsx'
import { Moment } from '../ui/moment.tsx'
import { Facts, Section } from '../ui/section.tsx'
import { attemptWords } from './request-words.ts'
import { StateBadge } from './state-badge.tsx'

/** The facts beside the story: limits, possible duplicates, SpacePay's own account, and every attempt. */
export function CaseAside({ shown }: { readonly shown: RequestCase }) {
  return (
    <aside aria-label="Facts" className="self-start rounded-lg border border-line bg-surface">
      <div className="px-5 py-4">
        <h2 className="sr-only">Facts</h2>
        <Facts
          facts={[
            { name: 'Order id', value: <Identifier value={shown.orderId} label="Order id" /> },
            { name: 'Network', value: networkName(shown.network) },
            { name: 'Asked by', value: shown.requestedBy.name },
            { name: 'Drafted', value: <Moment at={shown.createdAt} /> },
          ]}
        />
      </div>
      {shown.duplicates.length > 0 && (
        <Section title="Possible duplicates">
          <p className="mb-1 text-sm text-warn">Same amount to the same address, not long ago:</p>
          <ul className="flex flex-col gap-1 text-sm">
            {shown.duplicates.map((row) => (
              <li key={row.id} className="flex items-center gap-2">
                <Link
                  to="/withdrawals/$requestId"
                  params={{ requestId: row.id }}
                  className="text-accent hover:underline"
                >
                  {row.name}
                </Link>
                <StateBadge state={row.state} /> <Moment at={row.createdAt} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {shown.limits.length > 0 && (
        <Section title="Limits">
          <Facts
            facts={shown.limits.map((limit) => ({
              name: limitName(limit),
              value: (
                <>
                  <Amount cents={limit.usedCents} /> of <Amount cents={limit.limitCents} />
                </>
              ),
            }))}
          />
        </Section>
      )}
      {shown.withdrawal !== null && <AtSpacePay shown={shown} withdrawal={shown.withdrawal} />}
      {shown.attempts.length > 0 && (
        <Section title="Attempts to send it">
          <ol className="flex flex-col gap-2 text-sm">
            {shown.attempts.map((attempt) => (
              <li key={attempt.number}>
                {attempt.number}. {attemptWords[attempt.state]}, begun{' '}
                <Moment at={attempt.startedAt} />
                {attempt.status !== null && ` · HTTP ${attempt.status}`}
                {attempt.message !== null && (
                  <span className="block text-xs text-muted wrap-anywhere">{attempt.message}</span>
                )}
                {attempt.lookedUpAt !== null && (
                  <span className="block text-xs text-muted">
                    Looked for {attempt.lookUps} {attempt.lookUps === 1 ? 'time' : 'times'}, last{' '}
                    <Moment at={attempt.lookedUpAt} />
                  </span>
                )}
                {attempt.evidence !== null && (
                  <span className="block text-xs wrap-anywhere">
                    {attempt.resolvedBy?.name}: {attempt.evidence}
                  </span>
                )}
              </li>
            ))}
          </ol>
        </Section>
      )}
    </aside>
  )
}

function AtSpacePay({
  shown,
  withdrawal,
}: {
  readonly shown: RequestCase
  readonly withdrawal: NonNullable<RequestCase['withdrawal']>
}) {
  const { transactionUrl } = useBlockExplorer()
  return (
    <Section title="At SpacePay">
      <Facts
        facts={[
          { name: 'Withdrawal', value: <Identifier value={withdrawal.id} label="Withdrawal id" /> },
          { name: 'Status', value: withdrawal.status },
          withdrawal.txHash === null
            ? null
            : {
                name: 'Transaction',
                value: (
                  <Identifier
                    value={withdrawal.txHash}
                    label="Transaction"
                    href={transactionUrl(shown.network, withdrawal.txHash)}
                  />
                ),
              },
          withdrawal.errorMessage === null
            ? null
            : { name: 'Error', value: withdrawal.errorMessage },
          { name: 'Last heard', value: <Moment at={withdrawal.updatedAt} /> },
        ]}
      />
    </Section>
  )
}

function limitName({ scope, period }: LimitUse): string {
  const whose = scope === 'person' ? 'Requester' : 'All'
  return period === 'withdrawal' ? `${whose}, each` : `${whose}, ${period}`
}
