import { readFault } from '../app/fault.ts'
import { Button } from '../ui/button.tsx'
import { ErrorPanel } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

/** While a list of withdrawals is read. */
export function ListWaiting() {
  return (
    <output className="flex flex-col gap-2 pt-2">
      <span className="sr-only">Withdrawals are being read</span>
      {[0, 1, 2, 3].map((line) => (
        <Skeleton key={line} className="h-11 w-full" />
      ))}
    </output>
  )
}

/** It could not be read: why, and what that means for the money. */
export function ListFailed({
  error,
  onRetry,
}: {
  readonly error: unknown
  readonly onRetry: () => void
}) {
  const { message, reference } = readFault(error)
  return (
    <ErrorPanel
      title="Withdrawals could not be read"
      cause={message}
      wayOut="Nothing was changed and nothing was sent by this. Try again in a moment."
      reference={reference}
      action={<Button onClick={onRetry}>Try again</Button>}
    />
  )
}
