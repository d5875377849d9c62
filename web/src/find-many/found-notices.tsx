import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { FoundLine, FoundTotals } from '@desk/shared/payments/find-many'
import { lineRanges } from '@desk/shared/payments/pasted-lines'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import { keepPasted } from './kept-paste.ts'
import type { ReadPaste } from './read-paste.ts'

/** What the figures above do not say: lines that wait, that repeat others, or were looked at in part only. */
export function FoundNotices({ read, lines, totals }: FoundNoticesProps) {
  const { leftOut, rest } = read
  const navigate = useNavigate()
  const repeated = lines.filter(({ repeatedOn }) => repeatedOn.length > 0)
  const inPart = lines.filter(({ miss }) => miss?.isLookedInto === false).length
  const goOn = () => {
    keepPasted(rest)
    void navigate({ to: '/payments/find', search: { show: 'all' } })
  }
  return (
    <div className="flex flex-col gap-2 empty:hidden [&:not(:empty)]:mb-3">
      {leftOut.length > 0 && (
        <Notice tone="warn">
          <div className="flex flex-wrap items-center gap-3">
            <p className="min-w-0 flex-1 basis-72">
              Lines {lineRanges(leftOut)} were not looked up yet: there is room for a thousand at a
              time.
            </p>
            <Button onClick={goOn}>Go on with the rest</Button>
          </div>
        </Notice>
      )}
      {repeated.length > 0 && (
        <Quiet>
          More than once, and counted once:{' '}
          {repeated
            .slice(0, NAMED_MAX)
            .map(
              ({ text, line, repeatedOn }) =>
                `${text} (lines ${lineRanges([line, ...repeatedOn])})`,
            )
            .join(', ')}
          {repeated.length > NAMED_MAX && ` and ${countText(repeated.length - NAMED_MAX)} others`}
        </Quiet>
      )}
      {inPart > 0 && (
        <Quiet>
          {countText(inPart)} of those not found were compared with ids, hashes and addresses only.
          Look up fewer at a time to have metadata and slips of typing considered, too.
        </Quiet>
      )}
      {totals !== undefined && totals.overfull > 0 && (
        <Quiet>
          {totals.overfull === 1 ? 'One line has' : `${countText(totals.overfull)} lines have`} more
          payments than are listed. The others are in no sum here.
        </Quiet>
      )}
      {totals !== undefined && totals.withoutAmount > 0 && (
        <Quiet>
          {totals.withoutAmount === 1
            ? 'One payment has'
            : `${countText(totals.withoutAmount)} payments have`}{' '}
          an open amount and {totals.withoutAmount === 1 ? 'is' : 'are'} in no sum.
        </Quiet>
      )}
    </div>
  )
}

interface FoundNoticesProps {
  readonly read: ReadPaste
  readonly lines: readonly FoundLine[]
  readonly totals: FoundTotals | undefined
}

const NAMED_MAX = 4

function Quiet({ children }: { readonly children: ReactNode }) {
  return <p className="text-sm break-words text-muted">{children}</p>
}
