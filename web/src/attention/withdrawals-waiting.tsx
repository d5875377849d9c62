import { Link } from '@tanstack/react-router'
import {
  type WithdrawalAttentionItem,
  withdrawalAttentionText,
} from '@desk/shared/attention/withdrawal-attention'
import { networkName } from '@desk/shared/networks/networks'
import { Amount } from '../ui/amount.tsx'
import { Badge } from '../ui/badge.tsx'
import { Moment } from '../ui/moment.tsx'
import { useWithdrawalAttention } from './use-withdrawal-attention.ts'
import { withdrawalTone } from './withdrawal-attention-words.ts'

const SHOWN_MAX = 5

/** Withdrawals that wait for the reader, above the queue of payments; nothing where none does. */
export function WithdrawalsWaiting() {
  const waiting = useWithdrawalAttention()
  if (waiting === undefined || waiting.items.length === 0) return null
  const count = waiting.byKind.reduce((sum, one) => sum + one.count, 0)
  const left = count - Math.min(count, SHOWN_MAX)
  return (
    <section
      aria-labelledby="attention-withdrawals"
      className="mb-3 rounded-lg border border-line bg-surface px-4 py-2"
    >
      <div className="flex items-baseline justify-between gap-3">
        <h2 id="attention-withdrawals" className="text-sm font-semibold">
          Withdrawals
        </h2>
        <Link to="/withdrawals" className="text-sm text-accent hover:underline">
          {left > 0 ? `${left}${waiting.isMore ? '+' : ''} more` : 'All withdrawals'}
        </Link>
      </div>
      <ul>
        {waiting.items.slice(0, SHOWN_MAX).map((item) => (
          <Waiting key={`${item.kind} ${item.requestId}`} item={item} />
        ))}
      </ul>
    </section>
  )
}

function Waiting({ item }: { readonly item: WithdrawalAttentionItem }) {
  const { kind, requestId, name, amountCents, network, label, requestedBy, since } = item
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-t border-line py-2 text-sm first:border-t-0">
      <Badge tone={withdrawalTone[kind]}>{withdrawalAttentionText[kind].label}</Badge>
      <Link
        to="/withdrawals/$requestId"
        params={{ requestId }}
        className="font-medium text-accent hover:underline"
      >
        {name}
      </Link>
      <span className="tabular-nums">
        <Amount cents={amountCents} />
      </span>
      <span className="min-w-0 flex-1 basis-40 truncate text-muted">
        to <bdi>{label}</bdi> on {networkName(network)}, asked for by <bdi>{requestedBy.name}</bdi>
      </span>
      <span className="text-xs text-faint">
        <Moment at={since} />
      </span>
    </li>
  )
}
