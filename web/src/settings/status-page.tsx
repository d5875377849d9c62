import { useQuery } from '@tanstack/react-query'
import { bytesWords } from '@desk/shared/system/judge-desk'
import { judgeSystem, worstOf } from '@desk/shared/system/judge-system'
import type { SystemFacts } from '@desk/shared/system/system-facts'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Moment } from '../ui/moment.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { ErrorPanel, Notice } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { StatusSign } from './status-sign.tsx'

const READ_EVERY_MS = 5_000

/** Whether everything flows, sign by sign, in plain sentences. */
export function StatusPage() {
  const { api } = signedInRoute.useRouteContext()
  const status = useQuery(
    api.system.status.queryOptions(undefined, { refetchInterval: READ_EVERY_MS }),
  )
  return (
    <>
      <title>System status · SpacePay Desk</title>
      <PageHeader
        title="System status"
        state={
          status.data ? (
            <>
              Read <Moment at={status.data.at} />
            </>
          ) : (
            status.isPending && <Skeleton className="h-5 w-32" />
          )
        }
      />
      {status.isError && (
        <div className="mb-4">
          <StatusFault error={status.error} onRetry={() => void status.refetch()} />
        </div>
      )}
      {status.data ? <Signs facts={status.data} /> : status.isPending && <StatusSkeleton />}
    </>
  )
}

function Signs({ facts }: { readonly facts: SystemFacts }) {
  const signs = judgeSystem(facts)
  const worst = worstOf(signs)
  const look = signs.filter(({ state }) => state === 'warning')
  return (
    <>
      <output className="mb-4 block">
        <Notice tone={worst === 'warning' ? 'warn' : worst === 'waiting' ? 'wait' : 'ok'}>
          {worst === 'warning'
            ? `Somebody should look: ${look.map(({ name }) => name).join(', ')}.`
            : worst === 'waiting'
              ? 'Nothing to do: something is still on its way.'
              : 'All is well.'}
        </Notice>
      </output>
      <Card title="Signs">
        <ul className="-mx-5 -mb-4 divide-y divide-line border-t border-line">
          {signs.map((sign) => (
            <StatusSign key={sign.name} sign={sign} />
          ))}
        </ul>
      </Card>
      {facts.storage && <LargestTables tables={facts.storage.tables} />}
    </>
  )
}

function LargestTables({ tables }: Pick<NonNullable<SystemFacts['storage']>, 'tables'>) {
  return (
    <Card title="Largest tables" about="With their indexes. Rows are the database’s own estimate.">
      <table className="w-full text-sm tabular-nums">
        <thead>
          <tr className="text-left text-xs text-muted">
            <th scope="col" className="py-1 font-medium">
              Table
            </th>
            <th scope="col" className="py-1 pl-3 text-right font-medium">
              Rows, about
            </th>
            <th scope="col" className="py-1 pl-3 text-right font-medium">
              Size
            </th>
          </tr>
        </thead>
        <tbody>
          {tables.map(({ name, rowsAbout, bytes }) => (
            <tr key={name} className="border-t border-line">
              <td className="py-1.5 break-all">{name}</td>
              <td className="py-1.5 pl-3 text-right">{countText(rowsAbout)}</td>
              <td className="py-1.5 pl-3 text-right whitespace-nowrap">{bytesWords(bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}

function StatusSkeleton() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-10" />
      <Skeleton className="h-[560px]" />
    </div>
  )
}

function StatusFault({
  error,
  onRetry,
}: {
  readonly error: unknown
  readonly onRetry: () => void
}) {
  const fault = readFault(error)
  return (
    <ErrorPanel
      title="The status could not be read"
      cause={
        fault.kind === 'unreachable'
          ? 'The connection to Desk was lost, or Desk is restarting.'
          : fault.kind === 'forbidden'
            ? fault.message
            : 'A fault in Desk kept the status from being read.'
      }
      wayOut="What is shown below, if anything, is the last that was read. Desk asks again by itself."
      reference={fault.reference}
      action={<Button onClick={onRetry}>Try again</Button>}
    />
  )
}
