import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Upload } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { businessDayOf } from '@desk/shared/time/business-day'
import { OPEN_LINES_COUNTED, type OpenLines } from '@desk/shared/settlements/bank-statements'
import { readFault } from '../app/fault.ts'
import { useLiveEvent } from '../app/live.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { useBusinessDay } from '../ui/business-day-rule.tsx'
import { Button } from '../ui/button.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { useNow } from '../ui/now.ts'
import { PageHeader } from '../ui/page-header.tsx'
import { EmptyState, ErrorPanel } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { type BankSearch, type ShownLines, shownLines } from './bank-address.ts'
import { BankLineTable } from './bank-line-table.tsx'
import { ageText } from './bank-words.ts'
import { LineFilters } from './line-filters.tsx'
import { bankRoute } from './settlements.route.tsx'
import { SettlementTabs } from './settlement-tabs.tsx'
import { StatementList } from './statement-list.tsx'
import { useChangedMatches } from './use-changed-matches.ts'

const READ_EVERY_MS = 15_000

const OpenBankLine = lazy(async () => ({
  default: (await import('./open-bank-line.tsx')).OpenBankLine,
}))
const OpenStatement = lazy(async () => ({
  default: (await import('./open-statement.tsx')).OpenStatement,
}))
const ImportStatement = lazy(async () => ({
  default: (await import('./import-statement.tsx')).ImportStatement,
}))

/** What banks say arrived, and what of it is still to be matched, for whoever may read settlements. */
export function BankPage() {
  const block = usePermissionBlock('settlements:read')
  return (
    <>
      <title>Bank lines · SpacePay Desk</title>
      {block === null ? (
        <Bank />
      ) : (
        <EmptyState heading="h1" title="Settlements are not among your roles">
          {block}
        </EmptyState>
      )}
    </>
  )
}

function Bank() {
  const { api } = signedInRoute.useRouteContext()
  const search = bankRoute.useSearch()
  const navigate = useNavigate()
  const [isImporting, setImporting] = useState(false)
  const importBlock = usePermissionBlock('settlements:import')
  const open = useQuery(api.bank.open.queryOptions(undefined, { refetchInterval: READ_EVERY_MS }))
  const changed = useChangedMatches()
  // What was imported is matched a moment later, and others work on the same lines.
  useLiveEvent(({ kind }) => {
    if (kind === 'bank.changed') void changed()
  })
  const go = (change: (search: BankSearch) => BankSearch) =>
    void navigate({ to: '/settlements/bank', search: change, resetScroll: false })
  return (
    <div className="mx-auto max-w-[1440px] px-4 pt-5 pb-10 md:px-6">
      <PageHeader
        title="Bank lines"
        state={open.data && <OpenText open={open.data} />}
        actions={
          <GuardedButton block={importBlock} variant="primary" onClick={() => setImporting(true)}>
            <Upload aria-hidden className="size-4" />
            Import statement
          </GuardedButton>
        }
      />
      <SettlementTabs current="bank" />
      <Lines />
      <StatementList />
      <Suspense>
        {isImporting && <ImportStatement onClose={() => setImporting(false)} />}
        {search.line !== undefined && (
          <OpenBankLine
            key={search.line}
            id={Number(search.line)}
            onClose={() => go(({ line: _line, ...rest }) => rest)}
            onNext={(next) => go((rest) => ({ ...rest, line: String(next) }))}
          />
        )}
        {search.line === undefined && search.statement !== undefined && (
          <OpenStatement
            key={search.statement}
            id={search.statement}
            onClose={() => go(({ statement: _statement, ...rest }) => rest)}
          />
        )}
      </Suspense>
    </div>
  )
}

function OpenText({ open }: { readonly open: OpenLines }) {
  const rule = useBusinessDay()
  const today = useNow((nowMs) => businessDayOf(nowMs, rule))
  const { count, oldest, money } = open
  if (oldest === null) return 'Every bank line is matched or put aside'
  return (
    <>
      {count >= OPEN_LINES_COUNTED ? 'Over ' : ''}
      {countText(count)} {count === 1 ? 'line waits' : 'lines wait'} to be matched
      {money.map(({ currency, minor }) => (
        <span key={currency}>
          {' · '}
          <Amount cents={minor} currency={currency} />
        </span>
      ))}
      {` · oldest ${ageText(oldest.bookedOn, today)}`}
    </>
  )
}

const showWords = {
  open: 'Waiting',
  matched: 'Matched',
  set_aside: 'Put aside',
  all: 'All',
} as const satisfies Record<ShownLines, string>

function Lines() {
  const { api } = signedInRoute.useRouteContext()
  const { lines: show = 'open', account, from, line } = bankRoute.useSearch()
  const pages = useInfiniteQuery(
    api.bank.lines.infiniteQueryOptions(
      { state: show === 'all' ? null : show, account, statement: from },
      { getNextPageParam: ({ cursor }) => cursor, refetchInterval: READ_EVERY_MS },
    ),
  )
  const lines = pages.data?.pages.flatMap((page) => page.lines) ?? []
  return (
    <section aria-labelledby="bank-lines" className="rounded-lg border border-line bg-surface">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2">
        <h2 id="bank-lines" className="text-sm font-semibold">
          Lines
        </h2>
        <nav aria-label="Which lines are shown" className="flex flex-wrap gap-1">
          {shownLines.map((each) => (
            <Link
              key={each}
              to="/settlements/bank"
              search={({ account: one, from: which }) => ({
                lines: each,
                ...(one !== undefined && { account: one }),
                ...(which !== undefined && { from: which }),
              })}
              resetScroll={false}
              aria-current={each === show ? 'page' : undefined}
              className={`inline-flex h-7 items-center rounded-md px-2 text-sm ${each === show ? 'bg-accent-soft font-medium text-accent' : 'text-muted hover:bg-hover hover:text-text'}`}
            >
              {showWords[each]}
            </Link>
          ))}
        </nav>
        <LineFilters />
      </div>
      {pages.isPending && <Skeleton className="mx-4 mb-4 h-48 rounded-md" />}
      {pages.isError && (
        <div className="px-4 pb-4">
          <ErrorPanel
            title="Bank lines could not be read"
            cause={readFault(pages.error).message}
            wayOut="Nothing was lost. Try again in a moment."
            reference={readFault(pages.error).reference}
            action={<Button onClick={() => void pages.refetch()}>Try again</Button>}
          />
        </div>
      )}
      {pages.data && lines.length === 0 && (
        <NoLines show={show} isNarrowed={account !== undefined || from !== undefined} />
      )}
      {lines.length > 0 && <BankLineTable lines={lines} openId={Number(line)} />}
      {pages.hasNextPage && (
        <div className="px-4 py-3">
          <Button pending={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            More lines
          </Button>
        </div>
      )}
    </section>
  )
}

function NoLines({ show, isNarrowed }: NoLinesProps) {
  if (isNarrowed) {
    return (
      <EmptyState title="No such lines">
        No line of this account or statement is in this state. Remove the filter to see the others.
      </EmptyState>
    )
  }
  return show === 'open' ? (
    <EmptyState title="Nothing waits to be matched">
      Import a statement of the account SpacePay pays to. What its references and amounts say for
      sure is matched at once; the rest waits here.
    </EmptyState>
  ) : (
    <EmptyState title="No such lines">Lines come with the statements that are imported.</EmptyState>
  )
}

interface NoLinesProps {
  readonly show: ShownLines
  readonly isNarrowed: boolean
}
