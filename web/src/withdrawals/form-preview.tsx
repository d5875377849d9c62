import { Link } from '@tanstack/react-router'
import { approversText, bandText } from '@desk/shared/withdrawals/policy-band'
import type { RequestPreview } from '@desk/shared/withdrawals/request-preview'
import { Amount } from '../ui/amount.tsx'
import { Moment } from '../ui/moment.tsx'
import { Notice } from '../ui/panel.tsx'
import { PassportCard } from './passport-card.tsx'
import { StateBadge } from './state-badge.tsx'

/** What the policy, the limits, the address book and the wallet say of what is being written. */
export function FormPreview({ preview }: { readonly preview: RequestPreview }) {
  const { band, exceeded, duplicates, passport, balance } = preview
  return (
    <section aria-label="What this would be" className="flex flex-col gap-3 text-sm">
      {exceeded.map((sentence) => (
        <Notice key={sentence} tone="bad">
          {sentence}
        </Notice>
      ))}
      {duplicates.length > 0 && (
        <Notice tone="warn">
          Same amount to the same address, not long ago:{' '}
          {duplicates.map((row) => (
            <span key={row.id} className="mr-2 inline-flex items-center gap-1.5">
              <Link
                to="/withdrawals/$requestId"
                params={{ requestId: row.id }}
                className="text-accent underline"
              >
                {row.name}
              </Link>
              <StateBadge state={row.state} /> <Moment at={row.createdAt} />
            </span>
          ))}
        </Notice>
      )}
      <p>
        {bandText(band)} needs {approversText(band.approvers)}, by policy {preview.policyVersion}.
      </p>
      {balance !== null && (
        <p className="text-muted">
          The wallet holds <Amount cents={balance.cents} /> on this network,{' '}
          <Moment at={balance.readAt} />.
        </p>
      )}
      {passport !== null && <PassportCard passport={passport} />}
    </section>
  )
}
