import { Link } from '@tanstack/react-router'
import { networkName } from '@desk/shared/networks/networks'
import type { RequestRow } from '@desk/shared/withdrawals/request-view'
import { Amount } from '../ui/amount.tsx'
import { Identifier } from '../ui/identifier.tsx'
import { Moment } from '../ui/moment.tsx'
import { StateBadge } from './state-badge.tsx'

/** Requests, one on a line; two lines each on a phone. */
export function RequestTable({ rows }: { readonly rows: readonly RequestRow[] }) {
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
