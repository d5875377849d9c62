import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useRef, useState } from 'react'
import type { PaymentListItem } from '@desk/shared/payments/payment-list'
import { readPaymentSearch } from '@desk/shared/payments/payment-address'
import { useBusinessZone } from '../ui/business-zone.tsx'
import type { DataTableHandle } from '../ui/data-table.tsx'
import { NewRowsButton } from '../ui/new-rows-button.tsx'
import { useNow } from '../ui/now.ts'
import { PageHeader } from '../ui/page-header.tsx'
import { useListKeys } from '../ui/use-list-keys.ts'
import { useIsNarrow } from '../ui/viewport.ts'
import { useListWalk } from '../ui/use-list-walk.ts'
import { dayOf } from '../ui/business-day.ts'
import { FilterBar } from './filter-bar.tsx'
import { PaymentStateLine } from './payment-state-line.tsx'
import { PaymentsTable } from './payments-table.tsx'
import { paymentsRoute } from './payments.route.tsx'
import { SearchNotices } from './search-notices.tsx'
import { usePaymentList } from './use-payment-list.ts'

const ShortcutsDialog = lazy(async () => ({
  default: (await import('./shortcuts-dialog.tsx')).ShortcutsDialog,
}))
const OpenPayment = lazy(async () => ({
  default: (await import('./open-payment.tsx')).OpenPayment,
}))

/** The list. What it shows is in its address, all of it; what is typed there and means nothing is named above the rows. */
export function PaymentsPage() {
  const search = paymentsRoute.useSearch()
  const { query, problems } = readPaymentSearch(search)
  const zone = useBusinessZone()
  const today = useNow((nowMs) => dayOf(nowMs, zone))
  const isNarrow = useIsNarrow()
  const payments = usePaymentList(query)
  const navigate = useNavigate()
  const table = useRef<DataTableHandle>(null)
  const searchInput = useRef<HTMLInputElement>(null)
  const [isHelpOpen, setHelpOpen] = useState(false)
  const openId = search.open || null

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
  useListKeys({
    search: searchInput,
    onMove: move,
    onNew: showNew,
    onHelp: () => setHelpOpen(true),
  })

  return (
    <div className="flex h-full min-h-[480px] flex-col px-4 pt-5 md:px-6">
      <title>Payments · SpacePay Desk</title>
      <PageHeader title="Payments" state={<PaymentStateLine query={query} isAnnounced />} />
      <FilterBar query={query} today={today} isNarrow={isNarrow} searchRef={searchInput} />
      <SearchNotices query={query} problems={problems} />
      <div className="relative mt-2 flex min-h-0 flex-1 flex-col">
        <NewRowsButton count={payments.waiting.length} onClick={showNew} />
        <PaymentsTable
          ref={table}
          query={query}
          payments={payments}
          today={today}
          isNarrow={isNarrow}
          openId={openId}
          onOpen={(id) => void open(id)}
        />
      </div>
      {isHelpOpen && (
        <Suspense>
          <ShortcutsDialog onClose={() => setHelpOpen(false)} />
        </Suspense>
      )}
      <Suspense>
        {openId !== null && <OpenPayment paymentId={openId} onClose={() => void close()} />}
      </Suspense>
    </div>
  )
}

function idOf(item: PaymentListItem): string {
  return item.id
}
