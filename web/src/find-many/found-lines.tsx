import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useMemo, useRef } from 'react'
import { totalsOf } from '@desk/shared/payments/find-many'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import type { DataTableHandle } from '../ui/data-table.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { ErrorPanel } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { useListKeys } from '../ui/use-list-keys.ts'
import { findManyRoute } from './find-many.route.tsx'
import { foundOptions } from './find-many-queries.ts'
import { FoundActions } from './found-actions.tsx'
import { FoundNotices } from './found-notices.tsx'
import { foundRows, type FoundRow } from './found-rows.ts'
import { FoundTable } from './found-table.tsx'
import { FoundTabs } from './found-tabs.tsx'
import { foundText } from './found-text.ts'
import { type Paste, readPaste } from './read-paste.ts'

const OpenPayment = lazy(async () => ({
  default: (await import('../payments/open-payment.tsx')).OpenPayment,
}))

/** What each line is: hits and misses, how many of each, and what the hits come to. */
export function FoundLines({ paste, show }: FoundLinesProps) {
  const { api } = signedInRoute.useRouteContext()
  const { open: openId = null } = findManyRoute.useSearch()
  const navigate = useNavigate()
  const read = useMemo(() => readPaste(paste), [paste])
  const { data, error, refetch } = useQuery(foundOptions(api, read.lines))
  const totals = useMemo(() => data && totalsOf(data), [data])
  const rows = useMemo(() => foundRows(data ?? [], show), [data, show])
  const table = useRef<DataTableHandle>(null)
  const summary = totals && foundText(totals)
  // Screen readers are told what was found, as those who see it are.
  useEffect(() => {
    if (summary !== undefined) announce(summary)
  }, [summary])

  const open = (id: string | null, replace = false) =>
    navigate({
      to: '/payments/find',
      search: { show, ...(id !== null && { open: id }) },
      replace,
      resetScroll: false,
    })
  const { move, close } = useFoundWalk({ rows, openId, open, table })
  useListKeys({ search: noSearch, onMove: move, onNew: () => void refetch() })

  return (
    <div className="flex h-full min-h-[560px] flex-col px-4 pt-5 md:px-6">
      <title>Find many · SpacePay Desk</title>
      <PageHeader
        title="Find many"
        state={error ? 'Not looked up' : (summary ?? <Skeleton className="h-5 w-72 max-w-full" />)}
        actions={
          <>
            {data && <FoundActions lines={data} />}
            <Link to="/payments/find" className={buttonClass({})}>
              Change lines
            </Link>
          </>
        }
      />
      {error ? (
        <Fault error={error} onRetry={() => void refetch()} />
      ) : (
        <>
          <FoundTabs show={show} totals={totals} />
          <FoundNotices read={read} lines={data ?? []} totals={totals} />
          <FoundTable
            ref={table}
            rows={rows}
            show={show}
            isLoading={!data}
            openId={openId}
            onOpen={(id) => void open(id)}
          />
        </>
      )}
      <Suspense>
        {openId !== null && <OpenPayment paymentId={openId} onClose={() => void close()} />}
      </Suspense>
    </div>
  )
}

interface FoundLinesProps {
  readonly paste: Paste
  readonly show: 'all' | 'found' | 'missing'
}

/** The lines are changed on a screen of their own. */
const noSearch = { current: null }

interface FoundWalk {
  readonly rows: readonly FoundRow[]
  readonly openId: string | null
  readonly open: (id: string | null, replace?: boolean) => Promise<void>
  readonly table: React.RefObject<DataTableHandle | null>
}

/** Goes up and down the hits; misses have nothing to open. */
function useFoundWalk({ rows, openId, open, table }: FoundWalk) {
  const openAt = () => rows.findIndex(({ hit }) => hit !== null && hit.id === openId)
  const move = (step: 1 | -1) => {
    const from = openId === null ? focusedRow() : openAt()
    let at = from + step
    while (rows[at] && rows[at]?.hit === null) at += step
    const next = rows[at]?.hit
    if (!next) return
    if (openId !== null) void open(next.id, true)
    table.current?.reveal(at, openId === null ? 'focus' : undefined)
  }
  const close = async () => {
    const at = openAt()
    await open(null)
    if (at >= 0) table.current?.reveal(at, 'focus')
  }
  return { move, close }
}

/** −1 when the focus is elsewhere, so that the next row is the first. */
function focusedRow(): number {
  const row = document.activeElement?.closest<HTMLElement>('[data-row]')
  return row ? Number(row.dataset['row']) : -1
}

function Fault({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const fault = readFault(error)
  return (
    <div className="max-w-2xl pt-6">
      <ErrorPanel
        title="The lines could not be looked up"
        cause={causeText(fault)}
        wayOut="Your lines are kept. Try again, or look up fewer of them at a time."
        reference={fault.reference}
        action={<Button onClick={onRetry}>Try again</Button>}
      />
    </div>
  )
}

function causeText({ kind, refusal, message }: ReturnType<typeof readFault>): string {
  if (refusal === 'search_too_broad') return 'So many lines took too long to look up.'
  if (kind === 'unreachable') return 'The connection to Desk was lost, or Desk is restarting.'
  return kind === 'defect' ? 'A fault in Desk kept them from being looked up.' : message
}
