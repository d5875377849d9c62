import { useQuery } from '@tanstack/react-query'
import { Printer } from 'lucide-react'
import type { SettlementMonthDetail } from '@desk/shared/settlements/settlement-month'
import { readFault } from '../app/fault.ts'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Identifier } from '../ui/identifier.tsx'
import { Moment } from '../ui/moment.tsx'
import { letterText, zoneName } from '../ui/moment-text.ts'
import { PageHeader } from '../ui/page-header.tsx'
import { EmptyState, ErrorPanel, Notice } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import './month-print.css'
import { BankChangesCard } from './bank-changes-card.tsx'
import { CloseCard } from './close-card.tsx'
import { FilesCard } from './files-card.tsx'
import { MonthAdjustmentsCard } from './month-adjustments-card.tsx'
import { MonthReport } from './month-report.tsx'
import { ReopenCard } from './reopen-card.tsx'
import { SettlementTabs } from './settlement-tabs.tsx'
import { monthName } from './settlements-address.ts'
import { settlementMonthRoute } from './settlements.route.tsx'

const READ_EVERY_MS = 15_000

/** One month: what it takes to close it, what it was closed with, and what changed since. */
export function MonthPage() {
  const { month } = settlementMonthRoute.useParams()
  const block = usePermissionBlock('settlements:read')
  const isMonth = /^(20|21)\d{2}-(0[1-9]|1[0-2])$/.test(month)
  if (block !== null) {
    return (
      <EmptyState heading="h1" title="Settlements are not among your roles">
        {block}
      </EmptyState>
    )
  }
  return isMonth ? (
    <Month month={month} />
  ) : (
    <EmptyState heading="h1" title="No such month">
      The address names no month such as 2026-11.
    </EmptyState>
  )
}

function Month({ month }: { readonly month: string }) {
  const { api } = signedInRoute.useRouteContext()
  const found = useQuery(
    api.settlementMonths.read.queryOptions(
      { month },
      // An open month is added up anew each time it is read, which is not done without being asked.
      { refetchInterval: ({ state }) => (state.data?.close ? READ_EVERY_MS : false) },
    ),
  )
  const detail = found.data
  return (
    <div className="mx-auto max-w-[1040px] px-4 pt-5 pb-10 md:px-6 print:max-w-none print:p-0">
      <title>{`${monthName(month)} · SpacePay Desk`}</title>
      <p className="hidden text-sm text-muted print:block">SpacePay settlement report</p>
      <PageHeader
        title={monthName(month)}
        state={detail ? <StateLine detail={detail} /> : <Skeleton className="h-5 w-64" />}
        actions={
          <span className="print:hidden">
            <Button onClick={() => window.print()}>
              <Printer aria-hidden className="size-4" strokeWidth={1.7} />
              Print report
            </Button>
          </span>
        }
      />
      <div className="print:hidden">
        <SettlementTabs current="months" />
      </div>
      {found.isPending && <Skeleton className="h-96 rounded-lg" />}
      {found.isError && !detail && (
        <ErrorPanel
          title="This month could not be read"
          cause={readFault(found.error).message}
          wayOut="Nothing was lost. Try again in a moment."
          reference={readFault(found.error).reference}
          action={<Button onClick={() => void found.refetch()}>Try again</Button>}
        />
      )}
      {detail === null && (
        <Notice tone="wait">
          Payments are being added up for the first time. Months appear here within minutes.
        </Notice>
      )}
      {detail && <Detail detail={detail} />}
    </div>
  )
}

function StateLine({ detail: { close, content } }: { readonly detail: SettlementMonthDetail }) {
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
      {close ? <Badge tone="ok">Closed</Badge> : <Badge tone="wait">Open</Badge>}
      {close ? (
        <span>
          by {close.closedBy.name}, {letterText(close.closedAt, content.zone)}
        </span>
      ) : (
        <span>not closed: as payments stand now</span>
      )}
      <span>
        · business days from {content.cutOff} {zoneName(content.zone)}
      </span>
    </span>
  )
}

function Detail({ detail }: { readonly detail: SettlementMonthDetail }) {
  const { close, earlier, sha256, content } = detail
  return (
    <>
      <div className="print:hidden">
        {close ? (
          <ReopenCard close={close} decideBlock={detail.decideBlock} />
        ) : (
          <CloseCard detail={detail} />
        )}
      </div>
      {close && <FilesCard month={detail.month} closeId={close.id} />}
      <MonthReport detail={detail} />
      {close && <MonthAdjustmentsCard closeId={close.id} sums={detail.adjustments} />}
      <BankChangesCard changes={detail.bankChanges} />
      <section className="mt-3 text-xs text-faint">
        <p>
          SHA-256 of the {close ? 'closed' : 'shown'} rows{' '}
          <Identifier value={sha256} label="SHA-256" full />
        </p>
        {close?.note && <p>Note: {close.note}</p>}
        {earlier.map((before) => (
          <p key={before.id}>
            {monthName(content.month)} was closed by {before.closedBy.name}{' '}
            <Moment at={before.closedAt} />
            {before.reopenedAt !== null && (
              <>
                {' '}
                and reopened <Moment at={before.reopenedAt} />
              </>
            )}
            .
          </p>
        ))}
      </section>
    </>
  )
}
