import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { networkName } from '@desk/shared/networks/networks'
import type { DestinationRow } from '@desk/shared/withdrawals/destination-view'
import { FaultLine } from '../app/fault-line.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { Identifier } from '../ui/identifier.tsx'
import { Moment } from '../ui/moment.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { EmptyState } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { AddDestinationDialog, ImportDialog } from './add-destination-dialogs.tsx'
import { destinationWords } from './destination-words.ts'
import { OpenDestination } from './open-destination.tsx'
import { RoomTabs } from './room-tabs.tsx'
import { StopNotice } from './stop-notice.tsx'
import { addressBookRoute } from './withdrawals.route.tsx'

/** Where money may go: every destination with who proposed and who approved it. */
export function AddressBookPage() {
  const block = usePermissionBlock('withdrawals:read')
  const writeBlock = usePermissionBlock('destinations:write')
  const { open } = addressBookRoute.useSearch()
  const [asking, setAsking] = useState<'add' | 'import' | null>(null)
  if (block !== null) {
    return (
      <EmptyState heading="h1" title="The address book is not among your roles">
        {block}
      </EmptyState>
    )
  }
  return (
    <div className="mx-auto max-w-[1440px] px-4 pt-5 pb-10 md:px-6">
      <title>Address book · SpacePay Desk</title>
      <PageHeader
        title="Address book"
        state="A second person approves each destination; then it cools off"
        actions={
          <>
            <GuardedButton block={writeBlock} onClick={() => setAsking('import')}>
              Import CSV
            </GuardedButton>
            <GuardedButton block={writeBlock} variant="primary" onClick={() => setAsking('add')}>
              Add destination
            </GuardedButton>
          </>
        }
      />
      <StopNotice />
      <RoomTabs current="book" />
      <Destinations />
      {open !== undefined && <OpenDestination key={open} id={open} />}
      {asking === 'add' && <AddDestinationDialog onClose={() => setAsking(null)} />}
      {asking === 'import' && <ImportDialog onClose={() => setAsking(null)} />}
    </div>
  )
}

function Destinations() {
  const { api } = signedInRoute.useRouteContext()
  const pages = useInfiniteQuery(
    api.destinations.page.infiniteQueryOptions(
      {},
      {
        initialCursor: null,
        getNextPageParam: (page) => page.nextCursor,
        placeholderData: keepPreviousData,
      },
    ),
  )
  if (pages.data === undefined) {
    return pages.isError ? (
      <div className="flex flex-col items-start gap-2">
        <FaultLine error={pages.error} />
        <Button onClick={() => void pages.refetch()}>Try again</Button>
      </div>
    ) : (
      <output className="flex flex-col gap-2">
        <span className="sr-only">The address book is being read</span>
        {[0, 1, 2, 3].map((line) => (
          <Skeleton key={line} className="h-11 w-full" />
        ))}
      </output>
    )
  }
  const rows = pages.data.pages.flatMap((page) => page.rows)
  return rows.length === 0 ? (
    <EmptyState title="No destinations yet">
      Add the addresses you pay to. A request to a new address adds it here by itself.
    </EmptyState>
  ) : (
    <>
      <table className="w-full text-sm">
        <caption className="sr-only">Address book</caption>
        <thead className="max-md:sr-only">
          <tr className="border-b border-line text-left text-xs text-faint">
            {['Label', 'State', 'Network and address', 'Proposed by', 'Approved by', 'Since'].map(
              (name) => (
                <th
                  key={name}
                  scope="col"
                  className="h-8 pr-4 font-medium last:pr-0 last:text-right"
                >
                  {name}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} />
          ))}
        </tbody>
      </table>
      {pages.hasNextPage && (
        <Button
          className="mt-4"
          pending={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          Show more
        </Button>
      )}
    </>
  )
}

function Row({ row }: { readonly row: DestinationRow }) {
  const { word, tone } = destinationWords[row.state]
  return (
    <tr className="border-b border-line hover:bg-hover max-md:grid max-md:grid-cols-[1fr_auto] max-md:gap-x-3 max-md:py-2 md:h-11">
      <td className="pr-4">
        <Link
          to="/withdrawals/addresses"
          search={{ open: row.id }}
          className="font-medium text-accent hover:underline"
        >
          {row.label}
        </Link>
      </td>
      <td className="pr-4 whitespace-nowrap">
        <Badge tone={tone}>{word}</Badge>
        {row.coolingOffUntil !== null && (
          <span className="ml-2 text-xs text-muted">
            usable <Moment at={row.coolingOffUntil} />
          </span>
        )}
      </td>
      <td className="pr-4 whitespace-nowrap text-muted max-md:col-span-2">
        {networkName(row.network)} <Identifier value={row.address} label="Address" />
      </td>
      <td className="pr-4 max-md:hidden">{row.proposedBy.name}</td>
      <td className="pr-4 max-md:hidden">{row.approvedBy?.name ?? '—'}</td>
      <td className="text-right whitespace-nowrap text-muted max-md:hidden">
        <Moment at={row.stateAt} />
      </td>
    </tr>
  )
}
