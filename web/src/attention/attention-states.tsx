import { useQuery } from '@tanstack/react-query'
import type { AttentionQuery } from '@desk/shared/attention/attention-query'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { EmptyState, ErrorPanel } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import { useChangeQueue } from './use-change-queue.ts'

/** Why nothing is shown, and the next step. */
export function NothingWaits({ query }: { readonly query: AttentionQuery }) {
  const change = useChangeQueue()
  const { api } = signedInRoute.useRouteContext()
  const silences = useQuery(api.attention.silences.queryOptions())
  const { kinds, whose, state } = query
  if (state === 'resolved') {
    return (
      <EmptyState
        title="Nothing like this was resolved yet"
        action={
          <Button onClick={() => void change({ ...query, state: 'open' })}>
            Show what is open
          </Button>
        }
      >
        What you and your colleagues resolve is kept here with who did it and why.
      </EmptyState>
    )
  }
  if (kinds.length === 0 && whose === 'anyone' && silences.data && silences.data.length > 0) {
    return (
      <EmptyState title="Nothing else needs attention">
        What no webhook told of waits above, as one. What is underpaid, overpaid, late or stuck
        appears here by itself.
      </EmptyState>
    )
  }
  if (kinds.length === 0 && whose === 'anyone') {
    return (
      <EmptyState title="Nothing needs attention">
        Payments that are underpaid, overpaid, late or stuck appear here by themselves, and so does
        what colleagues hand over. Hand a payment over from its own page.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title={
        whose === 'mine' || whose === 'me' ? 'Nothing waits for you' : 'Nothing like this waits'
      }
      action={
        <Button onClick={() => void change({ ...query, kinds: [], whose: 'anyone' })}>
          Show everything
        </Button>
      }
    >
      There may be something for others, or of another kind.
    </EmptyState>
  )
}

/** The queue could not be read at all. */
export function QueueFault({
  error,
  onRetry,
}: {
  readonly error: unknown
  readonly onRetry: () => void
}) {
  const fault = readFault(error)
  return (
    <div className="max-w-2xl pt-6">
      <ErrorPanel
        title="The queue could not be read"
        cause={
          fault.kind === 'unreachable'
            ? 'The connection to Desk was lost, or Desk is restarting.'
            : fault.kind === 'defect'
              ? 'A fault in Desk kept the queue from being read.'
              : fault.message
        }
        wayOut="Nothing was lost and your filters are kept. Try again in a moment."
        reference={fault.reference}
        action={<Button onClick={onRetry}>Try again</Button>}
      />
    </div>
  )
}

/** Below the last row: that there is more, that it could not be read, or that this is all. */
export function QueueEnd({ count, hasMore, hasFailed, onRetry }: QueueEndProps) {
  if (hasFailed) {
    return (
      <span role="alert" className="flex items-center gap-3">
        More could not be read.
        <Button onClick={onRetry}>Try again</Button>
      </span>
    )
  }
  if (hasMore) return 'Reading more…'
  return `End of the list, ${countText(count)} in all`
}

interface QueueEndProps {
  readonly count: number
  readonly hasMore: boolean
  readonly hasFailed: boolean
  readonly onRetry: () => void
}
