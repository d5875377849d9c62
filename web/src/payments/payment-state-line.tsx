import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { formatCents } from '@desk/shared/money/amount-cents'
import type { PaymentSummary } from '@desk/shared/payments/payment-list'
import { everyPayment, type PaymentQuery } from '@desk/shared/payments/payment-query'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { relativeText } from '../ui/moment-text.ts'
import { useNow } from '../ui/now.ts'
import { countText, readersLocale } from '../ui/readers-locale.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { summaryOptions } from './payment-list-queries.ts'

/** How many payments the query matches, their sum, and how fresh that is. */
export function PaymentStateLine({
  query,
  past = null,
  isAnnounced = false,
}: PaymentStateLineProps) {
  const { api } = signedInRoute.useRouteContext()
  const { data, isError, isPlaceholderData } = useQuery(summaryOptions(api, query, past))
  const asked = JSON.stringify({ ...query, sort: everyPayment.sort })
  const said = useRef(asked)
  // Screen readers are told what a new question found, and not every change of its total.
  useEffect(() => {
    if (!isAnnounced || !data || isPlaceholderData || said.current === asked) return
    said.current = asked
    announce(totals(data).join(', '))
  }, [isAnnounced, data, isPlaceholderData, asked])
  if (isError && !data) return 'The total could not be read'
  if (!data) return <Skeleton className="h-5 w-72 max-w-full" />
  return past === null ? <Line summary={data} /> : totals(data).join(' · ')
}

interface PaymentStateLineProps {
  readonly query: PaymentQuery
  /** The past instant, ISO 8601 UTC; null for now. */
  readonly past?: string | null
  /** Once a screen. */
  readonly isAnnounced?: boolean
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
