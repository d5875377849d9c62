import { useQuery } from '@tanstack/react-query'
import { type AttentionKind, attentionKindText } from '@desk/shared/attention/attention-kind'
import type { AttentionQuery } from '@desk/shared/attention/attention-query'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { countText } from '../ui/readers-locale.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { tip } from '../ui/tooltip.tsx'
import { totalsOptions } from './attention-queries.ts'
import { useChangeQueue } from './use-change-queue.ts'

/** What each kind counts and has at stake; each is also the filter for it. */
export function AttentionTotals({ query }: { readonly query: AttentionQuery }) {
  const { api } = signedInRoute.useRouteContext()
  const totals = useQuery(totalsOptions(api, query))
  const change = useChangeQueue()
  if (totals.isPending) {
    return (
      <div className="mb-3 grid grid-cols-3 gap-2 md:grid-cols-6">
        {Object.keys(attentionKindText).map((kind) => (
          <Skeleton key={kind} className="h-15 rounded-lg" />
        ))}
      </div>
    )
  }
  // The list says that it could not be read; a second panel would say no more.
  if (totals.data === undefined) return null
  const { byKind, exact } = totals.data
  return (
    <fieldset
      aria-label="Totals by kind"
      aria-busy={totals.isPlaceholderData}
      className={`mb-3 grid grid-cols-3 gap-2 md:grid-cols-6 ${totals.isPlaceholderData ? 'opacity-60' : ''}`}
    >
      {kinds.map((kind) => {
        const total = byKind.find((one) => one.kind === kind)
        const isOn = query.kinds.includes(kind)
        const { label, stake } = attentionKindText[kind]
        const others = query.kinds.filter((one) => one !== kind)
        return (
          <button
            key={kind}
            type="button"
            aria-pressed={isOn}
            onClick={() => void change({ ...query, kinds: isOn ? others : [...others, kind] })}
            {...tip(`At stake: ${stake}`)}
            className="flex min-w-0 flex-col rounded-lg border border-line bg-surface px-3 py-2 max-md:px-2.5 max-md:py-1.5 text-left hover:bg-hover aria-pressed:border-accent aria-pressed:bg-accent-soft"
          >
            <span className="flex items-baseline gap-2 text-xs">
              <span className="min-w-0 flex-1 truncate text-muted">{label}</span>
              <span className="font-medium tabular-nums">
                {countText(total?.count ?? 0)}
                {!exact && '+'}
              </span>
            </span>
            <span className="truncate text-lg font-semibold tabular-nums max-md:text-md">
              <Amount cents={BigInt(total?.stakeCents ?? '0')} />
              {!exact && '+'}
            </span>
          </button>
        )
      })}
    </fieldset>
  )
}

const kinds: readonly AttentionKind[] = [
  'underpaid',
  'overpaid',
  'late',
  'stuck',
  'drifted',
  'handed_over',
]
