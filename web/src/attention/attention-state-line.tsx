import { useQuery } from '@tanstack/react-query'
import type { AttentionQuery } from '@desk/shared/attention/attention-query'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { countText } from '../ui/readers-locale.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { totalsOptions } from './attention-queries.ts'
import { itemsText } from './attention-words.ts'

/** How much of what is shown there is, and what is at stake in it. */
export function AttentionStateLine({ query }: { readonly query: AttentionQuery }) {
  const { api } = signedInRoute.useRouteContext()
  const totals = useQuery(totalsOptions(api, query))
  if (totals.data === undefined) {
    return totals.isPending ? (
      <Skeleton className="h-5 w-64 max-w-full" />
    ) : (
      'The totals could not be read'
    )
  }
  const { byKind, exact } = totals.data
  const shown = byKind.filter(({ kind }) => query.kinds.length === 0 || query.kinds.includes(kind))
  const count = shown.reduce((sum, one) => sum + one.count, 0)
  const cents = shown.reduce((sum, one) => sum + BigInt(one.stakeCents), 0n)
  return (
    <>
      {!exact && 'over '}
      {itemsText(countText(count), count === 1)} {query.state} · <Amount cents={cents} /> at stake
    </>
  )
}
