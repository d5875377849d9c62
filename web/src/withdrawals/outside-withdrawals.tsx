import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { networkName } from '@desk/shared/networks/networks'
import type { UnrequestedRow } from '@desk/shared/withdrawals/unrequested-view'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Identifier } from '../ui/identifier.tsx'
import { Moment } from '../ui/moment.tsx'
import { EmptyState, Notice } from '../ui/panel.tsx'
import { ListFailed, ListWaiting } from './list-states.tsx'
import { OutsideDialog } from './outside-dialog.tsx'
import { withdrawalsRoute } from './withdrawals.route.tsx'

/** Over every part of the list, while the newest of them are young: money went out by a way around this one. */
export function OutsideNotice() {
  const { api } = signedInRoute.useRouteContext()
  const { part } = withdrawalsRoute.useSearch()
  const { data } = useQuery(api.withdrawals.unrequested.queryOptions({}))
  const young = (data?.rows ?? []).filter(({ isRecent }) => isRecent)
  if (young.length === 0 || part === 'outside') return null
  const [newest] = young
  return (
    <div className="mb-4" role="alert">
      <Notice tone="bad">
        SpacePay has {young.length === 1 ? 'a withdrawal' : `${young.length} withdrawals`} that
        nobody asked for here
        {newest !== undefined && (
          <>
            , the newest <Moment at={newest.createdAt} />
          </>
        )}
        .{' '}
        <Link to="/withdrawals" search={{ part: 'outside' }} className="underline">
          Look at {young.length === 1 ? 'it' : 'them'}
        </Link>
      </Notice>
    </div>
  )
}

/** What SpacePay has and no request here stands for, the newest first. */
export function OutsideWithdrawals({ q }: { readonly q: string }) {
  const { api } = signedInRoute.useRouteContext()
  const [open, setOpen] = useState<UnrequestedRow | null>(null)
  const pages = useInfiniteQuery(
    api.withdrawals.unrequested.infiniteQueryOptions(
      { ...(q.trim() !== '' && { q: q.trim() }) },
      {
        initialCursor: null,
        getNextPageParam: (page) => page.nextCursor,
        placeholderData: keepPreviousData,
      },
    ),
  )
  if (pages.data === undefined) {
    return pages.isError ? (
      <ListFailed error={pages.error} onRetry={() => void pages.refetch()} />
    ) : (
      <ListWaiting />
    )
  }
  const rows = pages.data.pages.flatMap((page) => page.rows)
  return (
    <>
      <p className="mb-3 max-w-prose text-sm text-muted">
        Made with the secret key or on SpacePay’s own pages, before or beside this Desk. Nobody
        approved them here. Those marked were made while Desk could have been asked.
      </p>
      {rows.length === 0 ? (
        <EmptyState title={q.trim() === '' ? 'There is none' : 'Nothing is found'}>
          Every withdrawal that SpacePay tells of{q.trim() !== '' && ' and that is meant by this'}{' '}
          was asked for and approved here.
        </EmptyState>
      ) : (
        <Rows rows={rows} onOpen={setOpen} />
      )}
      {pages.hasNextPage && (
        <Button
          className="mt-4"
          pending={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Show older ones
        </Button>
      )}
      {open !== null && <OutsideDialog row={open} onClose={() => setOpen(null)} />}
    </>
  )
}

function Rows({ rows, onOpen }: RowsProps) {
  return (
    <ul aria-label="Withdrawals not requested here" className="border-t border-line text-sm">
      {rows.map((row) => (
        <li
          key={row.id}
          className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line py-2.5"
        >
          <span className="w-32 font-medium tabular-nums">
            {row.amountCents === null ? (
              'not known'
            ) : (
              <Amount cents={row.amountCents} currency={row.currency} />
            )}
          </span>
          <span className="w-28">{row.status}</span>
          <span className="min-w-0 flex-1 basis-56 text-xs text-muted">
            {row.network === null ? 'network not known' : networkName(row.network)}{' '}
            {row.address !== null && <Identifier value={row.address} label="Address" />}
          </span>
          {row.isSinceDesk && <Badge tone="bad">Around Desk</Badge>}
          <span className="text-muted">
            <Moment at={row.createdAt} />
          </span>
          <Button onClick={() => onOpen(row)}>
            Details<span className="sr-only"> of {row.id}</span>
          </Button>
        </li>
      ))}
    </ul>
  )
}

interface RowsProps {
  readonly rows: readonly UnrequestedRow[]
  readonly onOpen: (row: UnrequestedRow) => void
}
