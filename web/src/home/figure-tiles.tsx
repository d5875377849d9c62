import type { ReactNode } from 'react'
import type { StretchFigures, TodayFigures } from '@desk/shared/settlements/day-figures'
import { Amount } from '../ui/amount.tsx'
import { countText } from '../ui/readers-locale.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import {
  countChange,
  type FigureChange,
  pointChange,
  relativeChange,
  shareOf,
  shareText,
  spanText,
  timeChange,
} from './figure-changes.ts'

/** Today so far, each figure against the same time of yesterday and of this day last week. */
export function FigureTiles({ figures }: { readonly figures: TodayFigures }) {
  const { soFar, yesterday, lastWeek } = figures
  const compared = (change: (before: StretchFigures) => FigureChange | null) => ({
    yesterday: yesterday && change(yesterday),
    lastWeek: lastWeek && change(lastWeek),
  })
  const average = averageOf(soFar)
  const conversion = shareOf(soFar.createdAndCompleted, soFar.created)
  return (
    <dl className="grid grid-cols-2 gap-3 lg:grid-cols-5">
      <Tile
        name="Volume"
        note={
          <>
            net <Amount cents={soFar.netCents} />
          </>
        }
        changes={compared((before) => relativeChange(soFar.grossCents, before.grossCents))}
      >
        <Amount cents={soFar.grossCents} />
      </Tile>
      <Tile
        name="Completed"
        note={`of ${countText(soFar.created)} created`}
        changes={compared((before) => countChange(soFar.completed, before.completed))}
      >
        {countText(soFar.completed)}
      </Tile>
      <Tile
        name="Conversion"
        note="completed of created today"
        changes={compared((before) =>
          pointChange(conversion, shareOf(before.createdAndCompleted, before.created)),
        )}
      >
        {shareText(conversion)}
      </Tile>
      <Tile
        name="Average payment"
        note="of those completed"
        changes={compared((before) =>
          relativeChange(average === null ? 0 : Number(average), Number(averageOf(before) ?? 0n)),
        )}
      >
        {average === null ? '—' : <Amount cents={average} />}
      </Tile>
      <Tile
        name="Time to confirm"
        note={
          soFar.confirmSeconds
            ? `median; p95 ${spanText(soFar.confirmSeconds.p95)}`
            : 'nothing confirmed yet'
        }
        changes={compared(
          (before) =>
            soFar.confirmSeconds &&
            before.confirmSeconds &&
            timeChange(soFar.confirmSeconds.median, before.confirmSeconds.median),
        )}
      >
        {soFar.confirmSeconds ? spanText(soFar.confirmSeconds.median) : '—'}
      </Tile>
    </dl>
  )
}

/** As high as the tiles that will stand here. */
export function FigureTilesSkeleton() {
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-5">
      {['volume', 'completed', 'conversion', 'average', 'confirm'].map((name) => (
        <Skeleton key={name} className="h-35 rounded-lg last:max-lg:col-span-2" />
      ))}
    </div>
  )
}

function Tile({ name, note, changes, children }: TileProps) {
  return (
    <div className="flex min-w-0 flex-col rounded-lg border border-line bg-surface px-4 py-3 last:max-lg:col-span-2">
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="mt-0.5 truncate text-2xl font-semibold tracking-tight tabular-nums">
        {children}
      </dd>
      <dd className="truncate text-xs text-muted tabular-nums">{note}</dd>
      <dd className="mt-1.5 text-xs tabular-nums">
        <Against what="yesterday" change={changes.yesterday} />
        <Against what="last week" change={changes.lastWeek} />
      </dd>
    </div>
  )
}

interface TileProps {
  readonly name: string
  readonly note: ReactNode
  readonly changes: Record<'yesterday' | 'lastWeek', FigureChange | null>
  readonly children: ReactNode
}

function Against({
  what,
  change,
}: {
  readonly what: string
  readonly change: FigureChange | null
}) {
  const tone = change?.isGood === true ? 'text-ok' : change?.isGood === false ? 'text-bad' : ''
  return (
    <span className="flex h-5 items-center gap-1.5 whitespace-nowrap text-faint">
      <span className={`font-medium ${tone}`}>{change?.text ?? '—'}</span>
      {what}
    </span>
  )
}

/** Whole cents, halves up; null of nothing. */
function averageOf({ grossCents, completed }: StretchFigures): bigint | null {
  if (completed === 0) return null
  const count = BigInt(completed)
  return (2n * BigInt(grossCents) + count) / (2n * count)
}
