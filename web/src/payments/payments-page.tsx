import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { businessDayOf } from '@desk/shared/time/business-day'
import { paymentColumns } from '@desk/shared/payments/payment-column'
import { type ListLookChange, widthWithin } from '@desk/shared/views/list-look'
import type { PaymentListItem } from '@desk/shared/payments/payment-list'
import { readPaymentSearch, writePaymentSearch } from '@desk/shared/payments/payment-address'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { ExportButton } from '../exports/export-button.tsx'
import { useBusinessDay } from '../ui/business-day-rule.tsx'
import type { DataTableHandle } from '../ui/data-table.tsx'
import { NewRowsButton } from '../ui/new-rows-button.tsx'
import { useNow } from '../ui/now.ts'
import { PageHeader } from '../ui/page-header.tsx'
import { nothingPicked } from '../ui/picked-rows.ts'
import { useListKeys } from '../ui/use-list-keys.ts'
import { usePickedRows } from '../ui/use-picked-rows.ts'
import { useIsNarrow } from '../ui/viewport.ts'
import { useListWalk } from '../ui/use-list-walk.ts'
import { useListLook } from '../views/use-list-look.ts'
import { useOpenView } from '../views/use-open-view.ts'
import { ViewBar } from '../views/view-bar.tsx'
import { asOfIn } from './as-of.ts'
import { FilterBar } from './filter-bar.tsx'
import { FindManyLink, ListActions } from './list-actions.tsx'
import { ListDisplay } from './list-display.tsx'
import { NewPaymentLink } from './new-payment-link.tsx'
import { needsWork } from './column-names.ts'
import { PaymentStateLine } from './payment-state-line.tsx'
import { PaymentsTable } from './payments-table.tsx'
import { paymentsRoute } from './payments.route.tsx'
import { SearchNotices } from './search-notices.tsx'
import { markSeen } from './seen-payments.ts'
import { pickByKey, Selecting } from './selecting.tsx'
import { usePaymentList } from './use-payment-list.ts'

const ShortcutsDialog = lazy(async () => ({
  default: (await import('./shortcuts-dialog.tsx')).ShortcutsDialog,
}))
const GoneViewNotice = lazy(async () => ({
  default: (await import('../views/gone-view-notice.tsx')).GoneViewNotice,
}))
const PastBanner = lazy(async () => ({
  default: (await import('./past-banner.tsx')).PastBanner,
}))
const OpenPayment = lazy(async () => ({
  default: (await import('./open-payment.tsx')).OpenPayment,
}))

/** The list. What it shows is in its address, all of it; what is typed there and means nothing is named above the rows. */
export function PaymentsPage() {
  const search = paymentsRoute.useSearch()
  const { query, problems } = readPaymentSearch(search)
  const asOf = asOfIn(search)
  const rule = useBusinessDay()
  const today = useNow((nowMs) => businessDayOf(nowMs, rule))
  const isNarrow = useIsNarrow()
  const { look, change: changeLook } = useListLook()
  const view = useOpenView(search, { query, look })
  const payments = usePaymentList({ query, withWork: needsWork(view.columns), asOf })
  const selection = usePickedRows(payments.key)
  const navigate = useNavigate()
  const table = useRef<DataTableHandle>(null)
  const searchInput = useRef<HTMLInputElement>(null)
  const [isHelpOpen, setHelpOpen] = useState(false)
  const openId = search.open || null
  useReading(payments.items, openId)

  const open = (id: string | null, replace = false) =>
    navigate({
      to: '/payments',
      search: ({ open: _open, ...rest }) => ({ ...rest, ...(id !== null && { open: id }) }),
      replace,
      resetScroll: false,
    })
  const { move, close } = useListWalk({ items: payments.items, idOf, openId, open, table })
  const showNew = () => {
    payments.takeWaiting()
    table.current?.toTop()
  }
  const pick = (isRange: boolean) => () =>
    pickByKey(selection, { items: payments.items, openId, isRange })
  useListKeys({
    search: searchInput,
    onMove: move,
    onNew: showNew,
    onHelp: () => setHelpOpen(true),
    more: new Map([
      ['x', pick(false)],
      ['X', pick(true)],
      [
        'Escape',
        () => {
          // What is open is closed first, by itself.
          if (openId !== null || selection.picked.ids.size === 0) return false
          selection.setPicked(nothingPicked)
          return true
        },
      ],
    ]),
  })
  const isAsking = Object.keys(writePaymentSearch(query)).length > 0

  return (
    <div className="flex h-full min-h-[480px] flex-col px-4 pt-5 md:px-6">
      <title>Payments · SpacePay Desk</title>
      <PageHeader
        title="Payments"
        state={<PaymentStateLine query={query} past={asOf} isAnnounced />}
        actions={
          <>
            {!isNarrow && <FindManyLink />}
            <ExportButton query={query} columns={view.columns} />
            <NewPaymentLink />
          </>
        }
      />
      <ViewBar
        open={view}
        canSave={isAsking || view.addressColumns !== null}
        isListed={payments.items.length > 0}
      >
        <ListActions asOf={asOf} isNarrow={isNarrow} />
        {!isNarrow && look && <ListDisplay view={view} look={look} onLook={changeLook} />}
      </ViewBar>
      <FilterBar query={query} today={today} isNarrow={isNarrow} searchRef={searchInput} />
      {search.asOf !== undefined && (
        <Suspense>
          <PastBanner search={search.asOf} what="The list" paymentId={null} />
        </Suspense>
      )}
      <SearchNotices query={query} problems={problems} />
      {view.isGone && (
        <Suspense>
          <GoneViewNotice isQueryKept={isAsking} />
        </Suspense>
      )}
      <div className="relative mt-2 flex min-h-0 flex-1 flex-col">
        <NewRowsButton count={payments.waiting.length} onClick={showNew} />
        <Selecting selection={selection} query={query} payments={payments}>
          <PaymentsTable
            ref={table}
            query={query}
            payments={payments}
            look={look}
            columns={view.columns}
            onWidth={(column, width) => changeLook({ widths: widthChange(column, width) })}
            today={today}
            isNarrow={isNarrow}
            openId={openId}
            onOpen={(id) => void open(id)}
            picked={selection.picked.ids}
          />
        </Selecting>
      </div>
      {isHelpOpen && (
        <Suspense>
          <ShortcutsDialog onClose={() => setHelpOpen(false)} />
        </Suspense>
      )}
      <Suspense>
        {openId !== null && (
          <OpenPayment paymentId={openId} asOf={asOf} onClose={() => void close()} />
        )}
      </Suspense>
    </div>
  )
}

/** The payment that is open counts as read as it stands now. */
function useReading(items: readonly PaymentListItem[], openId: string | null): void {
  const { me } = signedInRoute.useRouteContext()
  const item = items.find(({ id }) => id === openId)
  const { id, updatedAt } = item ?? {}
  // The browser's storage is the outside system.
  useEffect(() => {
    if (id !== undefined && updatedAt !== undefined) markSeen(me.userId, { id, updatedAt })
  }, [me.userId, id, updatedAt])
}

function widthChange(name: string, width: number | null): ListLookChange['widths'] {
  const column = paymentColumns.find((one) => one === name)
  return column && { [column]: width === null ? null : widthWithin(width) }
}

function idOf(item: PaymentListItem): string {
  return item.id
}
