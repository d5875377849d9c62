import { useMutation, useQueryClient } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { FaultLine } from '../app/fault-line.tsx'
import { useLiveEvent } from '../app/live.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'

/** Has one delivery processed again, at once: what it says is learned once however often it is processed. */
export function ReprocessButton({ delivery, isSmall = false }: ReprocessButtonProps) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const block = usePermissionBlock('webhooks:reprocess')
  const reprocess = useMutation(
    api.webhooks.reprocess.mutationOptions({
      onSuccess: () => announce('It is being processed again'),
      onSettled: () =>
        Promise.all([
          queryClient.invalidateQueries(api.webhooks.detail.pathFilter()),
          queryClient.invalidateQueries(api.payments.detail.pathFilter()),
          queryClient.invalidateQueries(api.audit.history.pathFilter()),
        ]),
    }),
  )
  const isWaiting = delivery.state === 'waiting'
  useLiveEvent(({ kind }) => {
    if (!isWaiting || kind !== 'webhooks.changed') return
    void queryClient.invalidateQueries(api.webhooks.detail.pathFilter())
    void queryClient.invalidateQueries(api.payments.detail.pathFilter())
  })
  return (
    <>
      <GuardedButton
        block={block ?? ownBlock(delivery)}
        pending={reprocess.isPending}
        {...(isSmall && { variant: 'ghost' })}
        onClick={() => reprocess.mutate({ id: delivery.id })}
      >
        <RotateCcw aria-hidden className="size-4" strokeWidth={1.7} />
        {isWaiting ? 'Waiting to be processed' : 'Process again'}
        {isSmall && <span className="sr-only">, webhook {delivery.id}</span>}
      </GuardedButton>
      <FaultLine error={reprocess.error} />
    </>
  )
}

interface ReprocessButtonProps {
  readonly delivery: {
    readonly id: string
    readonly verdict: string
    readonly state: string
    readonly content?: unknown
  }
  /** In a row of a table. */
  readonly isSmall?: boolean
}

function ownBlock({ verdict, state, content }: ReprocessButtonProps['delivery']): string | null {
  if (verdict === 'malformed') return 'Its body cannot be read, so there is nothing to process.'
  if (content === null) return 'Its bytes were deleted when their time was up.'
  return state === 'waiting' ? 'It is about to be processed.' : null
}
