import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { attentionKindText } from '@desk/shared/attention/attention-kind'
import { type AttentionSummary, everythingOpen } from '@desk/shared/attention/attention-query'
import { withdrawalAttentionText } from '@desk/shared/attention/withdrawal-attention'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { totalsOptions } from '../attention/attention-queries.ts'
import { kindTone } from '../attention/attention-words.ts'
import { useWithdrawalAttention } from '../attention/use-withdrawal-attention.ts'
import { withdrawalPart, withdrawalTone } from '../attention/withdrawal-attention-words.ts'
import { Amount } from '../ui/amount.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Moment } from '../ui/moment.tsx'
import { countText } from '../ui/readers-locale.ts'
import { Skeleton } from '../ui/skeleton.tsx'

/** What waits for a person, by kind, with the money at stake; each leads to its part of the queue. */
export function AttentionCard() {
  const { api } = signedInRoute.useRouteContext()
  const totals = useQuery(totalsOptions(api, everythingOpen))
  return (
    <section
      aria-labelledby="home-attention"
      className="flex min-w-0 flex-col rounded-lg border border-line bg-surface px-4 py-3"
    >
      <div className="flex items-baseline justify-between gap-3 pb-1">
        <h2 id="home-attention" className="text-sm font-semibold">
          Needs attention
        </h2>
        <Link to="/attention" className="text-sm text-accent hover:underline">
          Open the queue
        </Link>
      </div>
      {totals.data ? (
        <Kinds totals={totals.data} />
      ) : totals.isError ? (
        <div role="alert" className="flex flex-col items-start gap-2 py-4 text-sm text-muted">
          <p>What waits could not be read. {readFault(totals.error).message}</p>
          <Button onClick={() => void totals.refetch()}>Try again</Button>
        </div>
      ) : (
        <div className="flex flex-col gap-3 py-2">
          {['first', 'second', 'third', 'fourth'].map((line) => (
            <Skeleton key={line} className="h-6 w-full" />
          ))}
        </div>
      )}
    </section>
  )
}

function Kinds({ totals }: { readonly totals: AttentionSummary }) {
  const { byKind, exact } = totals
  const withdrawals = useWithdrawalAttention()
  if (byKind.length === 0 && !withdrawals?.byKind.length) {
    return (
      <p className="py-8 text-center text-sm text-muted">
        Nothing waits: every payment is as it should be.
      </p>
    )
  }
  return (
    <table className="w-full text-sm tabular-nums">
      <thead>
        <tr className="text-xs text-faint">
          <th scope="col" className="h-7 text-left font-medium">
            Kind
          </th>
          <th scope="col" className="h-7 text-right font-medium">
            Open
          </th>
          <th scope="col" className="h-7 text-right font-medium">
            At stake
          </th>
          <th scope="col" className="h-7 text-right font-medium">
            Oldest
          </th>
        </tr>
      </thead>
      <tbody>
        {withdrawals?.byKind.map((total) => (
          <Total
            key={total.kind}
            total={total}
            label={withdrawalAttentionText[total.kind].label}
            exact={!withdrawals.isMore}
          >
            <Link
              to="/withdrawals"
              search={{ part: withdrawalPart[total.kind] }}
              className="hover:underline"
            >
              <Badge tone={withdrawalTone[total.kind]}>
                {withdrawalAttentionText[total.kind].label}
              </Badge>
            </Link>
          </Total>
        ))}
        {byKind.map((total) => (
          <Total
            key={total.kind}
            total={total}
            label={attentionKindText[total.kind].label}
            exact={exact}
          >
            <Link to="/attention" search={{ kind: total.kind }} className="hover:underline">
              <Badge tone={kindTone[total.kind]}>{attentionKindText[total.kind].label}</Badge>
            </Link>
          </Total>
        ))}
      </tbody>
    </table>
  )
}

/** One kind: how many, how much, since when; `children` leads to them. */
function Total({ total: { count, stakeCents, oldestAt }, label, exact, children }: TotalProps) {
  return (
    <tr className="border-t border-line">
      <td className="py-2" aria-label={label}>
        {children}
      </td>
      <td className="pl-2 text-right">
        {countText(count)}
        {!exact && '+'}
      </td>
      <td className="pl-2 text-right">
        <Amount cents={BigInt(stakeCents)} />
        {!exact && '+'}
      </td>
      <td className="pl-2 text-right text-xs whitespace-nowrap text-muted">
        <Moment at={oldestAt} />
      </td>
    </tr>
  )
}

interface TotalProps {
  readonly total: {
    readonly count: number
    readonly stakeCents: string | number
    readonly oldestAt: string
  }
  readonly label: string
  readonly exact: boolean
  readonly children: ReactNode
}
