import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { FaultLine } from '../app/fault-line.tsx'
import { usePermissionBlock } from '../app/permission.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { Moment } from '../ui/moment.tsx'
import { Notice } from '../ui/panel.tsx'
import { TextArea } from '../ui/text-area.tsx'

/** Says on every screen of withdrawals that none leaves, why, and how they go again. */
export function StopNotice() {
  const { api } = signedInRoute.useRouteContext()
  const { data: stop } = useQuery(api.withdrawalPolicy.stopState.queryOptions())
  const startBlock = usePermissionBlock('withdrawals:start')
  const [isAsking, setAsking] = useState(false)
  if (!stop?.isStopped) return null
  return (
    <div className="mb-4" role="alert">
      <Notice tone="bad">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <p className="min-w-0 flex-1 basis-64">
            <strong className="font-semibold">All withdrawals are stopped.</strong>{' '}
            {stop.reason ?? ''} {stop.by === null ? 'Desk did it' : `${stop.by.name} did it`}{' '}
            <Moment at={stop.at} />. Nothing leaves until an admin lets them go again.
          </p>
          <GuardedButton block={startBlock} onClick={() => setAsking(true)}>
            Let them go again…
          </GuardedButton>
        </div>
      </Notice>
      {isAsking && <SwitchDialog to="start" onClose={() => setAsking(false)} />}
    </div>
  )
}

/** Stops everything that is not sent yet, at once. */
export function StopButton() {
  const { api } = signedInRoute.useRouteContext()
  const { data: stop } = useQuery(api.withdrawalPolicy.stopState.queryOptions())
  const block = usePermissionBlock('withdrawals:stop')
  const [isAsking, setAsking] = useState(false)
  if (stop?.isStopped !== false) return null
  return (
    <>
      <GuardedButton variant="danger" block={block} onClick={() => setAsking(true)}>
        Stop all withdrawals…
      </GuardedButton>
      {isAsking && <SwitchDialog to="stop" onClose={() => setAsking(false)} />}
    </>
  )
}

function SwitchDialog({
  to,
  onClose,
}: {
  readonly to: 'stop' | 'start'
  readonly onClose: () => void
}) {
  const { api } = signedInRoute.useRouteContext()
  const queries = useQueryClient()
  const onSettled = () => queries.invalidateQueries(api.withdrawalPolicy.pathFilter())
  const stop = useMutation(
    api.withdrawalPolicy.stop.mutationOptions({ onSuccess: onClose, onSettled }),
  )
  const start = useMutation(
    api.withdrawalPolicy.start.mutationOptions({ onSuccess: onClose, onSettled }),
  )
  const turn = to === 'stop' ? stop : start
  return (
    <Dialog
      title={to === 'stop' ? 'Stop all withdrawals?' : 'Let withdrawals go again?'}
      description={
        to === 'stop'
          ? 'Nothing that is approved is sent from now on. What SpacePay has already is paid.'
          : 'What is approved and held by nothing else is sent at once.'
      }
      onClose={onClose}
      onSubmit={(form) => turn.mutate({ reason: textIn(form, 'reason') })}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant={to === 'stop' ? 'danger' : 'primary'}
            pending={turn.isPending}
          >
            {to === 'stop' ? 'Stop all withdrawals' : 'Let withdrawals go'}
          </Button>
        </>
      }
    >
      <TextArea label="Reason" name="reason" required maxLength={1_000} />
      <FaultLine error={turn.error} />
    </Dialog>
  )
}
