import { type Fault, readFault } from '../app/fault.ts'
import { Button } from '../ui/button.tsx'
import { ErrorPanel } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'

/** The list could not be read at all. */
export function ListFault({ error, onRetry }: ListFaultProps) {
  const fault = readFault(error)
  const isRefused = fault.kind === 'refused'
  return (
    <div className="max-w-2xl pt-6">
      <ErrorPanel
        title={isRefused ? 'This search could not be answered' : 'Payments could not be read'}
        cause={
          isRefused
            ? fault.message
            : fault.kind === 'unreachable'
              ? 'The connection to Desk was lost, or Desk is restarting.'
              : 'A fault in Desk kept the list from being read.'
        }
        wayOut={wayOut(fault)}
        reference={fault.reference}
        action={<Button onClick={onRetry}>Try again</Button>}
      />
    </div>
  )
}

function wayOut({ kind, refusal }: Fault): string {
  if (kind !== 'refused')
    return 'Nothing was changed and your filters are kept. Try again in a moment.'
  // Of the past, the refusal itself says which time can be chosen.
  return refusal === 'not_known_then' || refusal === 'before_records'
    ? '“Another time” above changes it, “Back to now” leaves the past.'
    : 'Add a filter or a few more letters, then search again.'
}

interface ListFaultProps {
  readonly error: unknown
  readonly onRetry: () => void
}

/** Below the last row: that there is more, that it could not be read, or that this is all. */
export function ListEnd({ count, hasMore, hasFailed, onRetry }: ListEndProps) {
  if (hasFailed) {
    return (
      <span role="alert" className="flex items-center gap-3">
        More payments could not be read.
        <Button onClick={onRetry}>Try again</Button>
      </span>
    )
  }
  if (hasMore) return 'Reading more…'
  return `End of the list, ${countText(count)} in all`
}

interface ListEndProps {
  readonly count: number
  readonly hasMore: boolean
  readonly hasFailed: boolean
  readonly onRetry: () => void
}
