import { useQuery } from '@tanstack/react-query'
import { formatCents } from '@desk/shared/money/amount-cents'
import type { PaymentSummary } from '@desk/shared/payments/payment-list'
import type { PaymentQuery } from '@desk/shared/payments/payment-query'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { relativeText } from '../ui/moment-text.ts'
import { useNow } from '../ui/now.ts'
import { countText, readersLocale } from '../ui/readers-locale.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { summaryOptions } from './payment-list-queries.ts'

/** How many payments the query matches, their sum, and how fresh that is. */
export function PaymentStateLine({ query }: { readonly query: PaymentQuery }) {
  const { api } = signedInRoute.useRouteContext()
  const { data, isError } = useQuery(summaryOptions(api, query))
  if (isError && !data) return 'The total could not be read'
  if (!data) return <Skeleton className="my-0.5 h-4 w-72 max-w-full" />
  return <Line summary={data} />
}

function Line({ summary }: { readonly summary: PaymentSummary }) {
  const { asOf } = summary
  const updated = useNow((nowMs) => (asOf === null ? '' : `updated ${relativeText(asOf, nowMs)}`))
  return [...totals(summary), updated].filter((part) => part !== '').join(' · ')
}

/** Beyond what Desk counts, a sum would be of some rows only, so none is given. */
function totals({ count, sumCents, exact }: PaymentSummary): readonly string[] {
  const figure = countText(count)
  if (!exact) return [`Over ${figure} payments`, 'narrow the list for its total']
  const sum = formatCents(BigInt(sumCents), { locale: readersLocale })
  return [`${figure} ${count === 1 ? 'payment' : 'payments'}`, sum]
}
