import { Link } from '@tanstack/react-router'
import { isExportOpen, type PaymentExport } from '@desk/shared/exports/payment-export'
import { FaultLine } from '../app/fault-line.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { Amount, TokenAmount } from '../ui/amount.tsx'
import { Badge } from '../ui/badge.tsx'
import { buttonClass } from '../ui/button.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { bytesText } from '../ui/bytes-text.ts'
import { Identifier } from '../ui/identifier.tsx'
import { ClockText } from '../ui/moment.tsx'
import { zoneName } from '../ui/moment-text.ts'
import { useNow } from '../ui/now.ts'
import { countText } from '../ui/readers-locale.ts'
import { useCancelExport, useRunAgain } from './export-queries.ts'
import {
  askedText,
  differenceText,
  fileBlock,
  formatWords,
  paymentsText,
  progressText,
  stateWords,
} from './export-words.ts'
import { ProgressBar } from './progress-bar.tsx'

/** One export: what was asked, what came of it, and what can be done with it. */
export function ExportCard({ made }: { readonly made: PaymentExport }) {
  const { word, tone } = stateWords[made.state]
  const question = askedText(made)
  return (
    <article
      aria-label={`Export of ${question}`}
      className="rounded-lg border border-line bg-surface px-4 py-3 text-sm"
    >
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-72">
          <h2 className="font-medium wrap-anywhere">{question}</h2>
          <p className="mt-0.5 text-muted">
            {made.requestedBy.name} · <ClockText at={made.requestedAt} /> ·{' '}
            {formatWords[made.format]}, {countText(made.columns.length)}{' '}
            {made.columns.length === 1 ? 'column' : 'columns'} · {zoneName(made.zone)} days
            {made.previousId !== null && ' · run again'}
          </p>
        </div>
        <Badge tone={tone}>{word}</Badge>
      </div>
      {isExportOpen(made) && <Progress made={made} />}
      {made.state === 'failed' && <p className="mt-2 text-bad">{made.error}</p>}
      {made.totals !== null && <Totals made={made} />}
      <Actions made={made} />
    </article>
  )
}

function Progress({ made }: { readonly made: PaymentExport }) {
  const progress = useNow((nowMs) => progressText(made, nowMs))
  return (
    <div className="mt-3 flex flex-col gap-1.5">
      <ProgressBar of={made} label="Payments written" />
      <p className="text-muted tabular-nums">{progress}</p>
    </div>
  )
}

function Totals({ made }: { readonly made: PaymentExport }) {
  const { totals, file } = made
  if (totals === null || file === null) return null
  // One name may stand for tokens of several networks, whose units differ.
  const isTwice = (token: string) => totals.tokens.filter((one) => one.token === token).length > 1
  return (
    <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 tabular-nums md:grid-cols-[auto_1fr_auto_1fr]">
      <Fact name="Payments">
        {paymentsText(totals.count)} as of{' '}
        {made.snapshotAt !== null && <ClockText at={made.snapshotAt} />}
      </Fact>
      {totals.currencies.map((sums) => (
        <Fact key={sums.currency} name={`Gross ${sums.currency}`}>
          <Amount cents={BigInt(sums.grossCents)} currency={sums.currency} />
          <span className="text-muted">
            {', net '}
            <Amount cents={BigInt(sums.netCents)} currency={sums.currency} />
            {sums.withoutAmount > 0 && `, ${countText(sums.withoutAmount)} without an amount`}
          </span>
        </Fact>
      ))}
      {totals.tokens.map(({ token, decimals, baseUnits, count }) => (
        <Fact key={`${token} ${decimals}`} name={`Received ${token}`}>
          {decimals === null ? (
            `${baseUnits} base units`
          ) : (
            <TokenAmount amount={{ baseUnits, decimals }} symbol={token} />
          )}
          <span className="text-muted">
            , {paymentsText(count)}
            {isTwice(token) && decimals !== null && `, with ${decimals} decimals`}
          </span>
        </Fact>
      ))}
      <Fact name="File">
        {bytesText(file.bytes)}, SHA-256 <Identifier value={file.sha256} label="SHA-256" />
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  )
}

function Actions({ made }: { readonly made: PaymentExport }) {
  const mayCreate = usePermissionBlock('exports:create')
  const runAgain = useRunAgain()
  const cancel = useCancelExport()
  const { id, difference } = made
  if (isExportOpen(made)) {
    return (
      <div className="mt-3 flex flex-wrap gap-2">
        <GuardedButton
          block={mayCreate}
          pending={cancel.isPending}
          onClick={() => cancel.mutate({ id })}
        >
          Cancel export
        </GuardedButton>
        <FaultLine error={cancel.error} />
      </div>
    )
  }
  if (made.state !== 'done') return null
  const block = fileBlock(made)
  return (
    <div className="mt-3 flex flex-wrap items-center gap-2">
      {block === null ? (
        <a href={`/exports/${id}`} download className={buttonClass({})}>
          Download
        </a>
      ) : (
        <GuardedButton block={block}>Download</GuardedButton>
      )}
      <GuardedButton
        block={mayCreate}
        pending={runAgain.isPending}
        onClick={() => runAgain.mutate({ id })}
      >
        Run again
      </GuardedButton>
      <a href={`/exports/${id}/manifest`} download className={buttonClass({ variant: 'ghost' })}>
        Manifest
      </a>
      {difference !== null && (
        <Link
          to="/exports/$exportId/changes"
          params={{ exportId: id }}
          className={buttonClass({ variant: 'ghost' })}
        >
          {differenceText(difference)} since the run before
        </Link>
      )}
      <FaultLine error={runAgain.error} />
    </div>
  )
}
