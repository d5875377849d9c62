import type { AuditHead } from '@desk/shared/audit/audit-entry'
import { Identifier } from '../ui/identifier.tsx'
import { Moment } from '../ui/moment.tsx'
import { countText } from '../ui/readers-locale.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { tip } from '../ui/tooltip.tsx'

/** How long the log is and where its chain ends: noted elsewhere, the hash proves that nothing was cut off. */
export function AuditStateLine({ head, hasFailed }: AuditStateLineProps) {
  if (!head)
    return hasFailed ? (
      'The end of the chain could not be read'
    ) : (
      <Skeleton className="h-5 w-72 max-w-full" />
    )
  return (
    <>
      {countText(head.seq)} {head.seq === 1 ? 'entry' : 'entries'}
      {head.at !== null && (
        <>
          {' · newest '}
          <Moment at={head.at} />
        </>
      )}
      {' · '}
      <span
        {...tip(
          'Every entry carries the hash of the one before it. Note this hash outside Desk: “pnpm verify audit --head” with it also finds entries that were cut off at the end.',
        )}
        className="rounded-sm"
      >
        chain ends in
      </span>{' '}
      <Identifier value={head.hash} label="hash of the newest entry" />
    </>
  )
}

interface AuditStateLineProps {
  readonly head: AuditHead | undefined
  readonly hasFailed: boolean
}
