import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { BankStatementDetail } from '@desk/shared/settlements/bank-statements'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { shortDay } from '../ui/business-day.ts'
import { Button } from '../ui/button.tsx'
import { Drawer } from '../ui/drawer.tsx'
import { Identifier } from '../ui/identifier.tsx'
import { Moment } from '../ui/moment.tsx'
import { ErrorPanel, Notice } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import { Facts, Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

/** One imported statement in a panel: what it brought, and the rows that could not be read. */
export function OpenStatement({ id, onClose }: OpenStatementProps) {
  const { api } = signedInRoute.useRouteContext()
  const found = useQuery(
    api.bank.statement.queryOptions(
      { id },
      { refetchInterval: ({ state }) => (state.data?.isMatched ? false : 1_000) },
    ),
  )
  return (
    <Drawer open label="Bank statement" onClose={onClose}>
      {found.data ? (
        <Statement statement={found.data} />
      ) : (
        <div className="flex flex-col gap-3 p-5 pt-14">
          {found.isError ? (
            <ErrorPanel
              title="This statement could not be read"
              cause={readFault(found.error).message}
              wayOut="Nothing was lost. Try again in a moment."
              reference={readFault(found.error).reference}
              action={<Button onClick={() => void found.refetch()}>Try again</Button>}
            />
          ) : (
            <>
              <Skeleton className="h-7 w-48" />
              <Skeleton className="h-40 w-full" />
            </>
          )}
        </div>
      )}
    </Drawer>
  )
}

interface OpenStatementProps {
  readonly id: string
  readonly onClose: () => void
}

function Statement({ statement }: { readonly statement: BankStatementDetail }) {
  const { account, lines, duplicates, errors, open, rowErrors } = statement
  const { periodFrom, periodTo, openingMinor, closingMinor } = statement
  const balance = (minor: number) => <Amount cents={minor} currency={account.currency} />
  return (
    <article aria-label={`Statement ${statement.fileName}`}>
      <header className="px-5 pt-4 pr-14 pb-4">
        <h2 className="text-lg font-semibold wrap-anywhere">{statement.fileName}</h2>
        <p className="text-sm text-muted">
          {account.name}, {account.identifier} · {statement.importedBy}{' '}
          <Moment at={statement.importedAt} />
        </p>
      </header>
      <Section title="What it brought">
        <Facts
          facts={[
            { name: 'New lines', value: countText(lines) },
            { name: 'Known before', value: countText(duplicates) },
            { name: 'Not read', value: countText(errors) },
            {
              name: 'Waiting',
              value: statement.isMatched ? countText(open) : 'being matched',
            },
            periodFrom === null || periodTo === null
              ? null
              : {
                  name: 'Days',
                  value: `${shortDay(periodFrom, false)} to ${shortDay(periodTo, false)}`,
                },
            openingMinor === null ? null : { name: 'Opening', value: balance(openingMinor) },
            closingMinor === null ? null : { name: 'Closing', value: balance(closingMinor) },
            {
              name: 'SHA-256',
              value: <Identifier value={statement.sha256} label="SHA-256 of the file" />,
            },
          ]}
        />
        <Link
          to="/settlements/bank"
          search={{ lines: 'all', from: statement.id }}
          className="mt-3 inline-block text-sm text-accent hover:underline"
        >
          Show its lines
        </Link>
        {statement.notices.map((notice) => (
          <div key={notice} className="mt-3">
            <Notice tone="warn">{notice}</Notice>
          </div>
        ))}
      </Section>
      {rowErrors.length > 0 && (
        <Section title="Rows that could not be read" aside={countText(errors)}>
          <ul className="text-sm">
            {rowErrors.map(({ row, reason, text }) => (
              <li key={`${row} ${reason}`} className="border-b border-line py-2 last:border-b-0">
                <span className="font-medium tabular-nums">Row {countText(row)}</span>: {reason}
                <code className="mt-1 block max-h-24 overflow-y-auto rounded-sm bg-sunken px-2 py-1 text-xs wrap-anywhere whitespace-pre-wrap">
                  {text}
                </code>
              </li>
            ))}
          </ul>
          {errors > rowErrors.length && (
            <p className="pt-2 text-xs text-faint">
              {countText(errors - rowErrors.length)} more are not shown.
            </p>
          )}
        </Section>
      )}
    </article>
  )
}
