import type { DayDifference } from '@desk/shared/settlements/day-difference'
import { Amount } from '../ui/amount.tsx'
import { Flag } from '../ui/badge.tsx'
import { tip } from '../ui/tooltip.tsx'
import { partsOf } from './difference-words.ts'

/** What a difference is made of, in as few words as there are parts. */
export function DifferenceFlags({ difference }: { readonly difference: DayDifference }) {
  return (
    <span className="inline-flex flex-wrap justify-end gap-1">
      {partsOf(difference).map(({ kind, label, tone, cents, why }) => (
        <span key={kind} {...tip(why)}>
          <Flag tone={tone}>
            {label}&nbsp;
            <Amount cents={cents} />
          </Flag>
        </span>
      ))}
    </span>
  )
}
