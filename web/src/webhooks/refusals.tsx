import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { RefusalGroup } from '@desk/shared/webhooks/delivery-list'
import { readFault } from '../app/fault.ts'
import { useLiveEvent } from '../app/live.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Moment } from '../ui/moment.tsx'
import { EmptyState, ErrorPanel } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { verdictWords } from './webhook-words.ts'

/** The quarantine: why deliveries were refused, how often, with examples, and what to do. */
export function Refusals() {
  const { api } = signedInRoute.useRouteContext()
  const groups = useQuery(api.webhooks.refusals.queryOptions())
  useLiveEvent(({ kind }) => {
    if (kind === 'webhooks.changed') void groups.refetch({ cancelRefetch: false })
  })
  if (groups.isPending) return <Skeleton className="h-64 w-full" />
  if (groups.data === undefined) {
    const fault = readFault(groups.error)
    return (
      <div className="max-w-2xl">
        <ErrorPanel
          title="The quarantine could not be read"
          cause={fault.kind === 'unreachable' ? 'Desk does not answer.' : fault.message}
          wayOut="Nothing was lost. Try again in a moment."
          reference={fault.reference}
          action={<Button onClick={() => void groups.refetch()}>Try again</Button>}
        />
      </div>
    )
  }
  if (groups.data.length === 0) {
    return (
      <EmptyState title="Nothing was refused lately">
        What arrives without a valid signature is kept here for thirty days, within limits, since
        anybody can send it. It never changes a payment.
      </EmptyState>
    )
  }
  return (
    <div className="min-h-0 flex-1 overflow-y-auto pb-6">
      <p className="mb-3 max-w-[72ch] text-sm text-muted">
        Refused deliveries are kept for thirty days, at most 5,000 of them and 60 a minute, each cut
        after 16 kB: anybody can send them. They never change a payment.
      </p>
      <ul className="flex flex-col gap-3">
        {groups.data.map((group) => (
          <Group key={`${group.verdict} ${group.reason}`} group={group} />
        ))}
      </ul>
    </div>
  )
}

function Group({ group }: { readonly group: RefusalGroup }) {
  const { word, tone, about, todo } = verdictWords[group.verdict]
  return (
    <li className="rounded-lg border border-line bg-surface px-5 py-4 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <Badge tone={tone}>{word}</Badge>
        <h2 className="font-semibold">{group.reason}</h2>
        <span className="ml-auto tabular-nums">{countText(group.count)} ×</span>
      </div>
      <p className="mt-1 text-muted">
        Last <Moment at={group.lastAt} /> · first <Moment at={group.firstAt} />
        {group.addresses.length > 0 && (
          <>
            {' · from '}
            <span className="font-mono text-xs">{group.addresses.join(', ')}</span>
          </>
        )}
      </p>
      <p className="mt-2 max-w-[80ch]">{about}</p>
      {todo !== null && <p className="mt-1 max-w-[80ch] text-muted">{todo}</p>}
      <p className="mt-2 flex flex-wrap items-center gap-x-4 gap-y-1">
        <Link
          to="/webhooks"
          search={{ verdict: group.verdict }}
          className="rounded-sm text-accent hover:underline"
        >
          All with this verdict
        </Link>
        {group.exampleIds.map((id, index) => (
          <Link
            key={id}
            to="/webhooks/$deliveryId"
            params={{ deliveryId: id }}
            className="rounded-sm text-accent hover:underline"
          >
            Example {index + 1}
          </Link>
        ))}
      </p>
    </li>
  )
}
