import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { DeliveryQuery } from '@desk/shared/webhooks/delivery-query'
import { REPROCESS_MAX } from '@desk/shared/webhooks/reprocessing'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Notice } from '../ui/panel.tsx'
import { countText } from '../ui/readers-locale.ts'
import { Skeleton } from '../ui/skeleton.tsx'
import { isNarrowed } from './webhooks-search.ts'

/** Says how many deliveries the filters mean before anything happens to them. */
export function ReprocessDialog({ query, onClose }: ReprocessDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const counted = useQuery(
    api.webhooks.countProcessable.queryOptions({ query }, { staleTime: 0, gcTime: 0 }),
  )
  const start = useMutation(
    api.webhooks.reprocessMany.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(api.webhooks.reprocessing.queryFilter())
        onClose()
      },
    }),
  )
  const { count = 0, isMore = false } = counted.data ?? {}
  const name = `${countText(count)} ${count === 1 ? 'delivery' : 'deliveries'}`
  const canStart = counted.isSuccess && count > 0 && !isMore
  return (
    <Dialog
      title={isNarrowed(query) ? 'Process what is filtered again?' : 'Process all of them again?'}
      description="What a delivery says is learned once, however often it is processed: nothing is booked twice. They are taken a few at a time, so that what arrives meanwhile does not wait."
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            pending={start.isPending || counted.isPending}
            disabled={counted.isFetched && !canStart}
            onClick={() => start.mutate({ query, expected: count })}
          >
            {canStart ? `Process ${name} again` : 'Process again'}
          </Button>
        </>
      }
    >
      <div aria-live="polite">
        {counted.isPending && <Skeleton className="h-5 w-64" />}
        {canStart && <p>This will process {name} again.</p>}
        {isMore && (
          <Notice tone="warn">
            These filters mean more than {countText(REPROCESS_MAX)} deliveries, which is the most
            for one go. Narrow them, such as by days.
          </Notice>
        )}
        {counted.isSuccess && count === 0 && (
          <p className="text-muted">
            None of them can be processed again: repeats, refused and unreadable ones never are, nor
            is what retention took the bytes of.
          </p>
        )}
      </div>
      <FaultLine error={counted.error ?? start.error} />
    </Dialog>
  )
}

interface ReprocessDialogProps {
  readonly query: DeliveryQuery
  readonly onClose: () => void
}
