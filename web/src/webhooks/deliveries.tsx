import { useNavigate } from '@tanstack/react-router'
import { Pause, Play, RotateCcw } from 'lucide-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { businessDayOf } from '@desk/shared/time/business-day'
import { usePermissionBlock } from '../app/permission.ts'
import { useBusinessDay } from '../ui/business-day-rule.tsx'
import { Button } from '../ui/button.tsx'
import type { DataTableHandle } from '../ui/data-table.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { NewRowsButton } from '../ui/new-rows-button.tsx'
import { useNow } from '../ui/now.ts'
import { Notice } from '../ui/panel.tsx'
import { useListKeys } from '../ui/use-list-keys.ts'
import { useListWalk } from '../ui/use-list-walk.ts'
import { useIsNarrow } from '../ui/viewport.ts'
import { DeliveryFilterBar } from './delivery-filter-bar.tsx'
import type { LoadedRow } from './delivery-merge.ts'
import { DeliveryTable } from './delivery-table.tsx'
import { useChangeWebhooksQuery } from './use-change-webhooks-query.ts'
import { useDeliveryList } from './use-delivery-list.ts'
import { readWebhooksSearch } from './webhooks-search.ts'
import { keepWebhooksSearch } from './webhooks-address.ts'
import { webhooksRoute } from './webhooks.route.tsx'

const OpenDelivery = lazy(async () => ({
  default: (await import('./open-delivery.tsx')).OpenDelivery,
}))
const ReprocessDialog = lazy(async () => ({
  default: (await import('./reprocess-dialog.tsx')).ReprocessDialog,
}))

/** Everything that came, newest first, growing on its own while the tail is on. */
export function Deliveries() {
  const search = keepWebhooksSearch(webhooksRoute.useSearch())
  const { query, problems } = readWebhooksSearch(search)
  const rule = useBusinessDay()
  const today = useNow((nowMs) => businessDayOf(nowMs, rule))
  const isNarrow = useIsNarrow()
  const navigate = useNavigate()
  const table = useRef<DataTableHandle>(null)
  const searchInput = useRef<HTMLInputElement>(null)
  const [isAsking, setAsking] = useState(false)
  const block = usePermissionBlock('webhooks:reprocess')
  const openId = search.open ?? null
  const isOn = search.tail !== 'paused'
  // Nothing moves under whoever reads one of them.
  const deliveries = useDeliveryList(query, {
    isFollowing: isOn && openId === null,
    isAtTop: () => table.current?.isAtTop() ?? true,
  })

  const open = (id: string | null, replace = false) =>
    navigate({
      to: '/webhooks',
      search: ({ open: _open, ...rest }) => ({ ...rest, ...(id !== null && { open: id }) }),
      replace,
      resetScroll: false,
    })
  const { move, close } = useListWalk({ items: deliveries.items, idOf, openId, open, table })
  const showNew = () => {
    deliveries.takeWaiting()
    table.current?.toTop()
  }
  useListKeys({ search: searchInput, onMove: move, onNew: showNew })
  const setTail = (isRunning: boolean) =>
    navigate({
      to: '/webhooks',
      search: ({ tail: _tail, ...rest }) => ({ ...rest, ...(!isRunning && { tail: 'paused' }) }),
      replace: true,
      resetScroll: false,
    })

  return (
    <>
      <DeliveryFilterBar query={query} today={today} isNarrow={isNarrow} searchRef={searchInput} />
      {problems.length > 0 && <Problems fields={problems} />}
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Button variant="ghost" aria-pressed={isOn} onClick={() => void setTail(!isOn)}>
          {isOn ? (
            <Pause aria-hidden className="size-4" />
          ) : (
            <Play aria-hidden className="size-4" />
          )}
          {isOn ? 'Pause live tail' : 'Go on with live tail'}
        </Button>
        <span aria-live="polite" className="text-xs text-muted max-md:sr-only">
          {isOn ? 'New deliveries come in on top' : 'Paused: new deliveries wait'}
        </span>
        <GuardedButton
          block={block}
          variant="ghost"
          className="ml-auto"
          onClick={() => setAsking(true)}
        >
          <RotateCcw aria-hidden className="size-4" strokeWidth={1.7} />
          Process these again
        </GuardedButton>
      </div>
      <div className="relative mt-1 flex min-h-0 flex-1 flex-col">
        <NewRowsButton count={deliveries.waiting.length} onClick={showNew} />
        <DeliveryTable
          ref={table}
          query={query}
          deliveries={deliveries}
          today={today}
          isNarrow={isNarrow}
          openId={openId}
          onOpen={(row) => void open(idOf(row))}
        />
      </div>
      <Suspense>
        {openId !== null && <OpenDelivery key={openId} id={openId} onClose={() => void close()} />}
        {isAsking && <ReprocessDialog query={query} onClose={() => setAsking(false)} />}
      </Suspense>
    </>
  )
}

function idOf({ id }: LoadedRow): string {
  return id
}

function Problems({ fields }: { readonly fields: readonly string[] }) {
  const change = useChangeWebhooksQuery()
  const { query } = readWebhooksSearch(keepWebhooksSearch(webhooksRoute.useSearch()))
  return (
    <div aria-live="polite" className="mt-2">
      <Notice tone="warn">
        <div className="flex items-start gap-3">
          <div className="min-w-0 flex-1">
            <p className="font-medium">Part of this address was not understood and is left out.</p>
            <p>{fields.join(', ')}</p>
          </div>
          <Button onClick={() => void change(query, { replace: true })}>Clear</Button>
        </div>
      </Notice>
    </div>
  )
}
