import { useQuery } from '@tanstack/react-query'
import type { BankLineDetail } from '@desk/shared/settlements/bank-statements'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Amount } from '../ui/amount.tsx'
import { Badge } from '../ui/badge.tsx'
import { shortDay } from '../ui/business-day.ts'
import { Button } from '../ui/button.tsx'
import { Drawer } from '../ui/drawer.tsx'
import { ErrorPanel } from '../ui/panel.tsx'
import { Facts, Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { lineTitle, stateWords } from './bank-words.ts'
import { LineMatches } from './line-matches.tsx'
import { MatchLine } from './match-line.tsx'
import { SetAside } from './set-aside.tsx'

/** One bank line in a panel: what the bank wrote, what it is the money of, and what it may be. */
export function OpenBankLine({ id, onClose, onNext }: OpenBankLineProps) {
  const { api } = signedInRoute.useRouteContext()
  const found = useQuery(api.bank.line.queryOptions({ id }))
  return (
    <Drawer open label="Bank line" onClose={onClose}>
      {found.data ? (
        <Line detail={found.data} onNext={onNext} />
      ) : (
        <div className="flex flex-col gap-3 p-5 pt-14">
          {found.isError ? (
            <ErrorPanel
              title="This bank line could not be read"
              cause={readFault(found.error).message}
              wayOut="Nothing was lost. Try again in a moment."
              reference={readFault(found.error).reference}
              action={<Button onClick={() => void found.refetch()}>Try again</Button>}
            />
          ) : (
            <>
              <Skeleton className="h-7 w-48" />
              <Skeleton className="h-40 w-full" />
              <Skeleton className="h-64 w-full" />
            </>
          )}
        </div>
      )}
    </Drawer>
  )
}

interface OpenBankLineProps {
  readonly id: number
  readonly onClose: () => void
  /** Goes on to another line that waits. */
  readonly onNext: (id: number) => void
}

interface LineProps {
  readonly detail: BankLineDetail
  readonly onNext: (id: number) => void
}

function Line({ detail, onNext }: LineProps) {
  const { line, account, fileName } = detail
  const { word, tone } = stateWords[line.state]
  const own = (minor: number) => <Amount cents={minor} currency={line.currency} />
  return (
    <article aria-label={`Bank line ${lineTitle(line)}`}>
      <header className="px-5 pt-4 pr-14 pb-4">
        <h2 className="flex flex-wrap items-center gap-2 text-lg font-semibold tabular-nums">
          {own(line.amountMinor)} <Badge tone={tone}>{word}</Badge>
        </h2>
        <p className="text-sm text-muted wrap-anywhere">
          {lineTitle(line)} · booked {shortDay(line.bookedOn, false)}
        </p>
      </header>
      {line.state === 'open' && <MatchLine detail={detail} onNext={onNext} />}
      {detail.matches.length > 0 && <LineMatches line={line} matches={detail.matches} />}
      {(line.state === 'open' || line.state === 'set_aside') && <SetAside line={line} />}
      <Section title="As the bank wrote it">
        <Facts
          facts={[
            line.counterparty === ''
              ? null
              : { name: line.amountMinor > 0 ? 'From' : 'To', value: line.counterparty },
            line.reference === '' ? null : { name: 'Reference', value: line.reference },
            line.description === '' ? null : { name: 'Description', value: line.description },
            line.valueOn === null
              ? null
              : { name: 'Value date', value: shortDay(line.valueOn, false) },
            line.chargeMinor === 0 ? null : { name: 'Bank kept', value: own(line.chargeMinor) },
            line.originalMinor === null
              ? null
              : {
                  name: 'Sent',
                  value: (
                    <Amount
                      cents={line.originalMinor}
                      currency={line.originalCurrency ?? line.currency}
                    />
                  ),
                },
            line.rate === null ? null : { name: 'Rate', value: line.rate },
            { name: 'Account', value: `${account.name}, ${account.identifier}` },
            { name: 'File', value: `${fileName}, row ${line.rowNumber}` },
          ]}
        />
        <code className="mt-3 block max-h-40 overflow-y-auto rounded-sm bg-sunken px-2 py-1.5 text-xs wrap-anywhere whitespace-pre-wrap">
          {detail.text}
        </code>
      </Section>
    </article>
  )
}
