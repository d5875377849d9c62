import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { BankStatement } from '@desk/shared/settlements/bank-statements'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Flag } from '../ui/badge.tsx'
import { shortDay } from '../ui/business-day.ts'
import { Button } from '../ui/button.tsx'
import { Moment } from '../ui/moment.tsx'
import { countText } from '../ui/readers-locale.ts'

/** Statements that were imported, the newest first. */
export function StatementList() {
  const { api } = signedInRoute.useRouteContext()
  const pages = useInfiniteQuery(
    api.bank.statements.infiniteQueryOptions(
      {},
      {
        getNextPageParam: ({ cursor }) => cursor,
        refetchInterval: ({ state }) =>
          state.data?.pages.some((page) => page.statements.some((each) => !each.isMatched))
            ? 1_000
            : 15_000,
      },
    ),
  )
  const statements = pages.data?.pages.flatMap((page) => page.statements) ?? []
  if (statements.length === 0) return null
  return (
    <section
      aria-labelledby="statements"
      className="mt-3 rounded-lg border border-line bg-surface px-4 py-3"
    >
      <h2 id="statements" className="pb-1 text-sm font-semibold">
        Imported statements
      </h2>
      <ul className="text-sm tabular-nums">
        {statements.map((statement) => (
          <Line key={statement.id} statement={statement} />
        ))}
      </ul>
      {pages.hasNextPage && (
        <Button pending={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          Earlier statements
        </Button>
      )}
    </section>
  )
}

function Line({ statement }: { readonly statement: BankStatement }) {
  const { id, fileName, account, lines, duplicates, errors, open, periodFrom, periodTo } = statement
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-1 border-t border-line py-2">
      <div className="min-w-0 flex-1 basis-64">
        <Link
          to="/settlements/bank"
          search={(search) => ({ ...search, statement: id })}
          resetScroll={false}
          className="block truncate font-medium hover:underline"
        >
          {fileName}
        </Link>
        <span className="block truncate text-xs text-faint">
          {account.name}
          {periodFrom !== null &&
            periodTo !== null &&
            ` · ${shortDay(periodFrom, false)} to ${shortDay(periodTo, false)}`}
          {' · '}
          {statement.importedBy} <Moment at={statement.importedAt} />
        </span>
      </div>
      <span className="flex flex-wrap items-center gap-1.5 text-xs text-muted">
        {countText(lines)} new
        {duplicates > 0 && `, ${countText(duplicates)} known`}
        {errors > 0 && <Flag tone="bad">{countText(errors)} not read</Flag>}
        {!statement.isMatched && <Flag tone="wait">being matched</Flag>}
        {statement.isMatched && open > 0 && <Flag tone="wait">{countText(open)} waiting</Flag>}
      </span>
    </li>
  )
}
