import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { EmptyState } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { ListFailed, ListWaiting } from './list-states.tsx'
import { OutsideNotice, OutsideWithdrawals } from './outside-withdrawals.tsx'
import { RequestTable } from './request-table.tsx'
import { RoomTabs } from './room-tabs.tsx'
import { SearchBox } from './search-box.tsx'
import { StateTotals } from './state-totals.tsx'
import { StopButton, StopNotice } from './stop-notice.tsx'
import { WalletStrip } from './wallet-strip.tsx'
import { WithdrawalTabs } from './withdrawal-tabs.tsx'
import { type RequestPart, statesOf } from './withdrawals-address.ts'
import { withdrawalsRoute } from './withdrawals.route.tsx'

/** Every request for a withdrawal; for approvers first of all what waits for them. */
export function WithdrawalsPage() {
  const block = usePermissionBlock('withdrawals:read')
  const requestBlock = usePermissionBlock('withdrawals:request')
  const approveBlock = usePermissionBlock('withdrawals:approve')
  const { part, q = '' } = withdrawalsRoute.useSearch()
  if (block !== null) {
    return (
      <EmptyState heading="h1" title="Withdrawals are not among your roles">
        {block}
      </EmptyState>
    )
  }
  // What is looked for is looked for everywhere.
  const shown = part ?? (q !== '' ? 'all' : approveBlock === null ? 'inbox' : 'open')
  return (
    <div className="mx-auto max-w-[1440px] px-4 pt-5 pb-10 md:px-6">
      <title>Withdrawals · SpacePay Desk</title>
      <PageHeader
        title="Withdrawals"
        state={<StateLine />}
        actions={
          <>
            <StopButton />
            {requestBlock === null && (
              <Link to="/withdrawals/new" className={buttonClass({ variant: 'primary' })}>
                New withdrawal
              </Link>
            )}
          </>
        }
      />
      <StopNotice />
      <WalletStrip />
      <RoomTabs current="list" />
      <OutsideNotice />
      <WithdrawalTabs current={shown} hasInbox={approveBlock === null} />
      {shown !== 'inbox' && <SearchBox part={shown} value={q} />}
      {shown === 'inbox' ? (
        <Inbox />
      ) : shown === 'outside' ? (
        <OutsideWithdrawals q={q} />
      ) : (
        <>
          <StateTotals part={shown} />
          <Requests part={shown} q={q} />
        </>
      )}
    </div>
  )
}

/** What is on its way, and what it adds up to. */
function StateLine() {
  const { api } = signedInRoute.useRouteContext()
  const { data } = useQuery(api.withdrawals.summary.queryOptions())
  if (!data) return <Skeleton className="h-5 w-64" />
  const open = data.byState.filter(({ state }) => statesOf('open')?.includes(state))
  const count = open.reduce((sum, one) => sum + one.count, 0)
  const cents = open.reduce((sum, one) => sum + BigInt(one.cents), 0n)
  const unknown = data.byState.find(({ state }) => state === 'unknown')
  return (
    <>
      {countText(count)} open · <Amount cents={cents} />
      {unknown !== undefined && (
        <>
          {' '}
          · <strong className="font-semibold text-unsure">{unknown.count} unknown</strong>
        </>
      )}
    </>
  )
}

/** Oldest first: who waits longest is answered first. */
function Inbox() {
  const { api } = signedInRoute.useRouteContext()
  const inbox = useQuery(
    api.withdrawals.inbox.queryOptions(undefined, { placeholderData: keepPreviousData }),
  )
  if (inbox.data === undefined) {
    return inbox.isError ? (
      <ListFailed error={inbox.error} onRetry={() => void inbox.refetch()} />
    ) : (
      <ListWaiting />
    )
  }
  return inbox.data.length === 0 ? (
    <EmptyState
      title="Nothing waits for you"
      action={
        <Link to="/withdrawals" search={{ part: 'open' }} className={buttonClass({})}>
          All that is open
        </Link>
      }
    >
      What others ask you to approve appears here by itself, the oldest first.
    </EmptyState>
  ) : (
    <RequestTable rows={inbox.data} />
  )
}

function Requests({ part, q }: { readonly part: RequestPart; readonly q: string }) {
  const { api } = signedInRoute.useRouteContext()
  const states = statesOf(part)
  const pages = useInfiniteQuery(
    api.withdrawals.page.infiniteQueryOptions(
      { ...(states !== undefined && { states }), ...(q.trim() !== '' && { q: q.trim() }) },
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
      {rows.length === 0 ? (
        q.trim() === '' ? (
          <EmptyState title={emptyTitles[part]}>
            Finance asks for a withdrawal by “New withdrawal”; others approve it before Desk sends
            anything.
          </EmptyState>
        ) : (
          <EmptyState
            title="Nothing is found"
            action={
              <Link to="/withdrawals" search={{ part: 'all' }} className={buttonClass({})}>
                Show all withdrawals
              </Link>
            }
          >
            No withdrawal in this part has “{q.trim()}” in its order id, address, label or reason,
            or is called so.
          </EmptyState>
        )
      ) : (
        <RequestTable rows={rows} />
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
    </>
  )
}

const emptyTitles = {
  open: 'Nothing is on its way',
  drafts: 'No drafts',
  ended: 'Nothing has ended yet',
  all: 'No withdrawals yet',
} as const satisfies Record<RequestPart, string>
