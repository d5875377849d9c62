import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { channelChange, type NotificationChannel } from '@desk/shared/system/notifications'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { channelFault, ChannelFields, channelIn } from './channel-fields.tsx'

interface ChannelDialogProps {
  readonly channel: NotificationChannel
  readonly onClose: () => void
}

/** Asks for what is to be different about a channel. */
export function ChangeChannelDialog({ channel, onClose }: ChannelDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const onSettled = useNotificationsChanged()
  const { id, kind, label } = channel
  const [fault, setFault] = useState<string | null>(null)
  const change = useMutation(
    api.notifications.change.mutationOptions({
      onSuccess: () => {
        announce('Alarms are told as you said from now on')
        onClose()
      },
      onSettled,
    }),
  )
  const send = (form: FormData) => {
    const typed = channelIn(form)
    const given = channelChange.safeParse({
      ...typed,
      id,
      kind,
      url: typed.url === '' ? null : typed.url,
    })
    setFault(channelFault(given))
    if (given.success) change.mutate(given.data)
  }
  return (
    <Dialog
      title={`Change ${label}`}
      description={
        kind === 'mail'
          ? 'By mail. What waits for it is told as it is then.'
          : 'By incoming webhook of a chat. What waits for it is told as it is then.'
      }
      onClose={onClose}
      onSubmit={send}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={change.isPending}>
            Change channel
          </Button>
        </>
      }
    >
      <ChannelFields kind={kind} channel={channel} fault={fault} />
      <FaultLine error={change.error} />
    </Dialog>
  )
}

/** Says what nobody is told any more, before it is so. */
export function RemoveChannelDialog({ channel, onClose }: ChannelDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const onSettled = useNotificationsChanged()
  const { id, kind, label, to, alarms, told } = channel
  const remove = useMutation(
    api.notifications.remove.mutationOptions({
      onSuccess: () => {
        announce(`Nothing is told to ${label} any more`)
        onClose()
      },
      onSettled,
    }),
  )
  const waiting = told.filter(({ sentAt }) => sentAt === null).length
  return (
    <Dialog
      title={`Remove ${label}?`}
      description={to.join(', ')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="danger" pending={remove.isPending} onClick={() => remove.mutate({ id })}>
            Remove channel
          </Button>
        </>
      }
    >
      <p>
        {alarms.length === 1 ? 'One kind of alarm is' : `${alarms.length} kinds of alarms are`} no
        longer told there.
        {waiting > 0 && ' What still waits for it is told to nobody.'}
      </p>
      <p>
        {kind === 'chat'
          ? 'The address of its webhook is a secret: to add it again you need it from the chat.'
          : 'It can be added again at any time.'}
      </p>
      <FaultLine error={remove.error} />
    </Dialog>
  )
}

function useNotificationsChanged(): () => void {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  return () => {
    void queryClient.invalidateQueries(api.notifications.pathFilter())
    void queryClient.invalidateQueries(api.audit.pathFilter())
  }
}
