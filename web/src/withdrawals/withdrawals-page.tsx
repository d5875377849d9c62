import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { networkName } from '@desk/shared/networks/networks'
import type { RequestRow } from '@desk/shared/withdrawals/request-view'
import { readFault } from '../app/fault.ts'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import { Identifier } from '../ui/identifier.tsx'
import { Moment } from '../ui/moment.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { EmptyState, ErrorPanel } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { RoomTabs } from './room-tabs.tsx'
import { StateBadge } from './state-badge.tsx'
import { StopButton, StopNotice } from './stop-notice.tsx'
import { WalletStrip } from './wallet-strip.tsx'
import { WithdrawalTabs } from './withdrawal-tabs.tsx'
import { type Part, statesOf } from './withdrawals-address.ts'
import { withdrawalsRoute } from './withdrawals.route.tsx'

/** Every request for a withdrawal; for approvers first of all what waits for them. */
export function WithdrawalsPage() {
  const block = usePermissionBlock('withdrawals:read')
  const requestBlock = usePermissionBlock('withdrawals:request')
  const approveBlock = usePermissionBlock('withdrawals:approve')
  const { part } = withdrawalsRoute.useSearch()
  if (block !== null) {
    return (
      <EmptyState heading="h1" title="Withdrawals are not among your roles">
        {block}
      </EmptyState>
    )
  }
  const shown = part ?? (approveBlock === null ? 'inbox' : 'open')
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
      <WithdrawalTabs current={shown} hasInbox={approveBlock === null} />
      {shown === 'inbox' ? <Inbox /> : <Requests part={shown} />}
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
      <Failed error={inbox.error} onRetry={() => void inbox.refetch()} />
    ) : (
      <Waiting />
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
    <Rows rows={inbox.data} />
  )
}

function Requests({ part }: { readonly part: Part }) {
  const { api } = signedInRoute.useRouteContext()
  const states = statesOf(part)
  const pages = useInfiniteQuery(
    api.withdrawals.page.infiniteQueryOptions(
      { ...(states !== undefined && { states }) },
      {
        initialCursor: null,
        getNextPageParam: (page) => page.nextCursor,
        placeholderData: keepPreviousData,
      },
    ),
  )
  if (pages.data === undefined) {
    return pages.isError ? (
      <Failed error={pages.error} onRetry={() => void pages.refetch()} />
    ) : (
      <Waiting />
    )
  }
  const rows = pages.data.pages.flatMap((page) => page.rows)
  return (
    <>
      {rows.length === 0 ? (
        <EmptyState title={emptyTitles[part]}>
          Finance asks for a withdrawal by “New withdrawal”; others approve it before Desk sends
          anything.
        </EmptyState>
      ) : (
        <Rows rows={rows} />
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
  inbox: 'Nothing waits for you',
  open: 'Nothing is on its way',
  drafts: 'No drafts',
  ended: 'Nothing has ended yet',
  all: 'No withdrawals yet',
} as const satisfies Record<Part, string>

function Rows({ rows }: { readonly rows: readonly RequestRow[] }) {
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">Withdrawals</caption>
      <thead className="max-md:sr-only">
        <tr className="border-b border-line text-left text-xs text-faint">
          <th scope="col" className="h-8 pr-4 font-medium">
            Request
          </th>
          <th scope="col" className="pr-4 text-right font-medium">
            Amount
          </th>
          <th scope="col" className="pr-4 font-medium">
            State
          </th>
          <th scope="col" className="pr-4 font-medium">
            To
          </th>
          <th scope="col" className="pr-4 font-medium">
            Asked by
          </th>
          <th scope="col" className="text-right font-medium">
            Since
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </tbody>
    </table>
  )
}

/** Two lines on a phone. */
function Row({ row }: { readonly row: RequestRow }) {
  const { approvals, state } = row
  return (
    <tr className="border-b border-line align-top hover:bg-hover max-md:grid max-md:grid-cols-[1fr_auto] max-md:gap-x-3 max-md:py-2 md:h-12 md:align-middle">
      <td className="pr-4">
        <Link
          to="/withdrawals/$requestId"
          params={{ requestId: row.id }}
          className="font-medium text-accent hover:underline"
        >
          {row.name}
        </Link>
      </td>
      <td className="text-right font-medium tabular-nums md:pr-4">
        <Amount cents={row.amountCents} currency={row.currency} />
      </td>
      <td className="pr-4 whitespace-nowrap">
        <StateBadge state={state} />
        {(state === 'pending_approval' || state === 'approved') && (
          <span className="ml-2 text-xs text-muted tabular-nums">
            {approvals.given} of {approvals.needed}
          </span>
        )}
      </td>
      <td className="pr-4 max-md:col-start-1 max-md:row-start-2">
        <span className="mr-2">{row.destination.label}</span>
        <span className="text-xs whitespace-nowrap text-muted">
          {networkName(row.network)} <Identifier value={row.destination.address} label="Address" />
        </span>
      </td>
      <td className="pr-4 max-md:hidden">{row.requestedBy.name}</td>
      <td className="text-right whitespace-nowrap text-muted max-md:col-start-2 max-md:row-start-2">
        <Moment at={row.stateAt} />
      </td>
    </tr>
  )
}

function Waiting() {
  return (
    <output className="flex flex-col gap-2 pt-2">
      <span className="sr-only">Withdrawals are being read</span>
      {[0, 1, 2, 3].map((line) => (
        <Skeleton key={line} className="h-11 w-full" />
      ))}
    </output>
  )
}

function Failed({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { message, reference } = readFault(error)
  return (
    <ErrorPanel
      title="Withdrawals could not be read"
      cause={message}
      wayOut="Nothing was changed and nothing was sent by this. Try again in a moment."
      reference={reference}
      action={<Button onClick={onRetry}>Try again</Button>}
    />
  )
}
