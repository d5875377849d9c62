import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { channelInput } from '@desk/shared/system/notifications'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { SelectField } from '../ui/select-field.tsx'
import { channelFault, ChannelFields, channelIn } from './channel-fields.tsx'

type Kind = 'mail' | 'chat'

/** Asks where alarms are to be told, which, and when not. */
export function AddChannelDialog({ isMailOn, onClose }: AddChannelDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const [kind, setKind] = useState<Kind>(isMailOn ? 'mail' : 'chat')
  const [fault, setFault] = useState<string | null>(null)
  const add = useMutation(
    api.notifications.add.mutationOptions({
      onSuccess: () => {
        announce('Alarms are told there from now on')
        onClose()
      },
      onSettled: () => queryClient.invalidateQueries(api.notifications.pathFilter()),
    }),
  )
  const send = (form: FormData) => {
    const given = channelInput.safeParse({ ...channelIn(form), kind })
    setFault(channelFault(given))
    if (given.success) add.mutate(given.data)
  }
  return (
    <Dialog
      title="Add a channel"
      description="Each alarm is told once, again every four hours while it lasts, and when it is over."
      onClose={onClose}
      onSubmit={send}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={add.isPending}>
            Add channel
          </Button>
        </>
      }
    >
      <SelectField
        label="By"
        value={kind}
        onChange={({ target }) => setKind(target.value === 'mail' ? 'mail' : 'chat')}
        hint={isMailOn ? undefined : 'This Desk has no mail server: set SMTP_URL to send mail.'}
      >
        <option value="mail" disabled={!isMailOn}>
          Mail
        </option>
        <option value="chat">Incoming webhook of a chat (Slack and those like it)</option>
      </SelectField>
      <ChannelFields kind={kind} fault={fault} />
      <FaultLine error={add.error} />
    </Dialog>
  )
}

interface AddChannelDialogProps {
  readonly isMailOn: boolean
  readonly onClose: () => void
}
