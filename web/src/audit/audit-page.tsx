import { useNavigate } from '@tanstack/react-router'
import { Download } from 'lucide-react'
import { lazy, Suspense, useRef } from 'react'
import { businessDayOf } from '@desk/shared/time/business-day'
import type { AuditEntry } from '@desk/shared/audit/audit-entry'
import { usePermissionBlock } from '../app/permission.ts'
import { useBusinessDay } from '../ui/business-day-rule.tsx'
import { Button, buttonClass } from '../ui/button.tsx'
import type { DataTableHandle } from '../ui/data-table.tsx'
import { NewRowsButton } from '../ui/new-rows-button.tsx'
import { useNow } from '../ui/now.ts'
import { PageHeader } from '../ui/page-header.tsx'
import { EmptyState, Notice } from '../ui/panel.tsx'
import { useListKeys } from '../ui/use-list-keys.ts'
import { useIsNarrow } from '../ui/viewport.ts'
import { useListWalk } from '../ui/use-list-walk.ts'
import { keepAuditSearch } from './audit-address.ts'
import { AuditFilterBar } from './audit-filter-bar.tsx'
import { exportHref, readAuditSearch } from './audit-search.ts'
import { AuditStateLine } from './audit-state-line.tsx'
import { AuditTable } from './audit-table.tsx'
import { auditRoute } from './audit.route.tsx'
import { useAuditList } from './use-audit-list.ts'
import { useChangeAuditQuery } from './use-change-audit-query.ts'

const OpenEntry = lazy(async () => ({ default: (await import('./open-entry.tsx')).OpenEntry }))

/** The log, for whoever may read it: asking without the right would itself be written down. */
export function AuditPage() {
  const block = usePermissionBlock('audit:read')
  return (
    <>
      <title>Audit log · SpacePay Desk</title>
      {block === null ? (
        <Log />
      ) : (
        <EmptyState heading="h1" title="The audit log is not among your roles">
          {block}
        </EmptyState>
      )}
    </>
  )
}

/** What it shows is in its address, all of it. */
function Log() {
  const search = auditRoute.useSearch()
  const { query, problems } = readAuditSearch(search)
  const rule = useBusinessDay()
  const today = useNow((nowMs) => businessDayOf(nowMs, rule))
  const isNarrow = useIsNarrow()
  const navigate = useNavigate()
  const table = useRef<DataTableHandle>(null)
  const searchInput = useRef<HTMLInputElement>(null)
  const { list, entries, head, newer, readAgain } = useAuditList(query)
  // The router leaves what the route did not keep in its search, such as an empty text or a list.
  const openId = keepAuditSearch(search).entry ?? null

  const open = (seq: string | null, replace = false) =>
    navigate({
      to: '/audit',
      search: ({ entry: _entry, ...rest }) => ({ ...rest, ...(seq !== null && { entry: seq }) }),
      replace,
      resetScroll: false,
    })
  const { move, close } = useListWalk({ items: entries, idOf, openId, open, table })
  const showNew = async () => {
    await readAgain()
    table.current?.toTop()
  }
  useListKeys({ search: searchInput, onMove: move, onNew: () => void showNew() })

  return (
    <div className="flex h-full min-h-[480px] flex-col px-4 pt-5 md:px-6">
      <PageHeader
        title="Audit log"
        state={<AuditStateLine head={head.data} hasFailed={head.isError} />}
        actions={
          <a href={exportHref(query)} download className={buttonClass({})}>
            <Download aria-hidden className="size-4" strokeWidth={1.7} />
            Export JSON
          </a>
        }
      />
      <AuditFilterBar query={query} today={today} isNarrow={isNarrow} searchRef={searchInput} />
      {problems.length > 0 && <Problems fields={problems} />}
      <div className="relative mt-2 flex min-h-0 flex-1 flex-col">
        <NewRowsButton count={newer} onClick={() => void showNew()} />
        <AuditTable
          ref={table}
          query={query}
          list={list}
          entries={entries}
          today={today}
          isNarrow={isNarrow}
          openId={openId}
          onOpen={(entry) => void open(idOf(entry))}
        />
      </div>
      <Suspense>
        {openId !== null && (
          <OpenEntry
            key={openId}
            seq={openId}
            known={entries.find((entry) => idOf(entry) === openId)}
            onClose={() => void close()}
          />
        )}
      </Suspense>
    </div>
  )
}

function idOf(entry: AuditEntry): string {
  return String(entry.seq)
}

function Problems({ fields }: { readonly fields: readonly string[] }) {
  const change = useChangeAuditQuery()
  const { query } = readAuditSearch(auditRoute.useSearch())
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
