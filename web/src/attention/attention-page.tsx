import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useMemo, useRef } from 'react'
import type { AttentionItem } from '@desk/shared/attention/attention-item'
import { type AttentionQuery, readAttentionSearch } from '@desk/shared/attention/attention-query'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import type { DataTableHandle } from '../ui/data-table.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { Notice } from '../ui/panel.tsx'
import { useListKeys } from '../ui/use-list-keys.ts'
import { useListWalk } from '../ui/use-list-walk.ts'
import { useIsNarrow } from '../ui/viewport.ts'
import { keepAttentionSearch } from './attention-address.ts'
import { AttentionFilters } from './attention-filters.tsx'
import { queueOptions } from './attention-queries.ts'
import { Selecting } from './attention-selecting.tsx'
import { AttentionStateLine } from './attention-state-line.tsx'
import { AttentionTable } from './attention-table.tsx'
import { AttentionTotals } from './attention-totals.tsx'
import { attentionRoute } from './attention.route.tsx'
import { NeverAnnounced } from '../payments/never-announced.tsx'
import { Silences } from './silences.tsx'
import { useChangeQueue } from './use-change-queue.ts'
import { WithdrawalsWaiting } from './withdrawals-waiting.tsx'

const OpenPayment = lazy(async () => ({
  default: (await import('../payments/open-payment.tsx')).OpenPayment,
}))
/** What waits for somebody. What the screen shows is in its address, all of it. */
export function AttentionPage() {
  const search = attentionRoute.useSearch()
  const { query, problems } = readAttentionSearch(search)
  const { api } = signedInRoute.useRouteContext()
  const isNarrow = useIsNarrow()
  const navigate = useNavigate()
  const table = useRef<DataTableHandle>(null)
  const list = useInfiniteQuery(queueOptions(api, query))
  const pages = list.data?.pages
  const items = useMemo(() => pages?.flatMap((page) => page.items) ?? none, [pages])
  // The router leaves what the route did not keep in its search, such as an empty text or a list.
  const address = keepAttentionSearch({ ...search })
  const shown = items.find(
    ({ id, payment }) => payment.id === address.open && idOf({ id }) === address.item,
  )

  const open = (item: Pick<AttentionItem, 'id' | 'payment'> | undefined, replace = false) =>
    navigate({
      to: '/attention',
      search: ({ open: _open, item: _item, ...rest }) => ({
        ...rest,
        ...(item && { open: item.payment.id, item: idOf(item) }),
      }),
      replace,
      resetScroll: false,
    })
  const { move, close } = useListWalk({
    items,
    idOf,
    openId: address.open === undefined ? null : shown ? idOf(shown) : '',
    open: (id, replace) =>
      open(
        items.find((item) => idOf(item) === id),
        replace,
      ),
    table,
  })
  useListKeys({ search: noSearch, onMove: move, onNew: () => void list.refetch() })

  return (
    <div className="flex h-full min-h-[560px] flex-col px-4 pt-5 md:px-6">
      <title>Needs attention · SpacePay Desk</title>
      <PageHeader title="Needs attention" state={<AttentionStateLine query={query} />} />
      {isAboutDrift(query) && <Silences />}
      <WithdrawalsWaiting />
      <AttentionTotals query={query} />
      <AttentionFilters query={query} />
      {query.kinds.includes('drifted') && <NeverAnnounced />}
      {problems.length > 0 && <Problems query={query} problems={problems} />}
      <Selecting key={JSON.stringify(query)} items={items}>
        <div className="relative mt-2 flex min-h-0 flex-1 flex-col">
          <AttentionTable
            ref={table}
            query={query}
            list={list}
            items={items}
            isNarrow={isNarrow}
            openId={shown ? idOf(shown) : null}
            onOpen={(item) => void open(item)}
          />
        </div>
      </Selecting>
      <Suspense>
        {address.open !== undefined && (
          <OpenPayment paymentId={address.open} onClose={() => void close()} />
        )}
      </Suspense>
    </div>
  )
}

const none: readonly AttentionItem[] = []

/** A silence waits among what drifted, as one. */
function isAboutDrift({ state, kinds }: AttentionQuery): boolean {
  return state === 'open' && (kinds.length === 0 || kinds.includes('drifted'))
}

/** The queue has filters, and no text to search for. */
const noSearch = { current: null }

function idOf({ id }: Pick<AttentionItem, 'id'>): string {
  return String(id)
}

function Problems({ query, problems }: ProblemsProps) {
  const change = useChangeQueue()
  return (
    <div aria-live="polite" className="mt-2">
      <Notice tone="warn">
        <div className="flex items-start gap-3">
          <div className="min-w-0 flex-1">
            <p className="font-medium">Part of this address was not understood and is left out.</p>
            <p>{problems.join(', ')}</p>
          </div>
          <Button onClick={() => void change(query)}>Clear</Button>
        </div>
      </Notice>
    </div>
  )
}

interface ProblemsProps {
  readonly query: AttentionQuery
  readonly problems: readonly string[]
}
