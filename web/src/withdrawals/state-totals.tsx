import { useQuery } from '@tanstack/react-query'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { Moment } from '../ui/moment.tsx'
import { countText } from '../ui/readers-locale.ts'
import { StateBadge } from './state-badge.tsx'
import { type RequestPart, statesOf } from './withdrawals-address.ts'

/** How many there are in each state of a part, what they add up to, and since when the oldest is in it. */
export function StateTotals({ part }: { readonly part: RequestPart }) {
  const { api } = signedInRoute.useRouteContext()
  const { data } = useQuery(api.withdrawals.summary.queryOptions())
  const states = statesOf(part)
  const shown = (data?.byState ?? []).filter(({ state }) => states?.includes(state) ?? true)
  if (shown.length === 0) return null
  return (
    <section aria-label="Totals by state" className="mb-3">
      <ul className="flex flex-wrap gap-2 text-sm">
        {shown.map(({ state, count, cents, oldestAt }) => (
          <li key={state} className="rounded-md border border-line bg-surface px-3 py-2">
            <p className="flex items-center gap-2">
              <StateBadge state={state} />
              <span className="tabular-nums">{countText(count)}</span>
              <strong className="font-semibold tabular-nums">
                <Amount cents={BigInt(cents)} />
              </strong>
            </p>
            <p className="mt-0.5 text-xs text-muted">
              oldest <Moment at={oldestAt} />
            </p>
          </li>
        ))}
      </ul>
      {data?.isExact === false && (
        <p className="mt-1 text-xs text-muted">There are more: only ten thousand are counted.</p>
      )}
    </section>
  )
}
