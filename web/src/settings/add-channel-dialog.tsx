import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { alarmKinds, alarmText } from '@desk/shared/system/alarm'
import { channelInput } from '@desk/shared/system/notifications'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Checkbox } from '../ui/checkbox.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { SelectField } from '../ui/select-field.tsx'
import { TextField } from '../ui/text-field.tsx'

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
    const given = channelInput.safeParse(channelIn(form, kind))
    setFault(given.success ? null : (given.error.issues[0]?.message ?? 'Something is missing.'))
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
      <TextField label="Name" name="label" maxLength={80} hint="Such as “On call”." />
      {kind === 'mail' ? (
        <TextField label="Addresses" name="recipients" hint="Separated by commas." />
      ) : (
        <TextField
          label="Address of the webhook"
          name="url"
          autoComplete="off"
          hint="A secret: it is kept sealed and shown to nobody again."
        />
      )}
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-sm font-medium">Alarms</legend>
        {alarmKinds.map((each) => (
          <Checkbox
            key={each}
            name="alarms"
            value={each}
            defaultChecked
            label={alarmText[each].label}
            hint={alarmText[each].isCritical ? 'Critical: told in quiet hours, too.' : undefined}
          />
        ))}
      </fieldset>
      <div className="grid grid-cols-2 gap-3">
        <TextField label="Quiet from" name="quietFrom" type="time" hint="Empty: no quiet hours." />
        <TextField label="Quiet until" name="quietUntil" type="time" />
      </div>
      {fault !== null && (
        <p role="alert" className="text-sm text-bad">
          {fault}
        </p>
      )}
      <FaultLine error={add.error} />
    </Dialog>
  )
}

interface AddChannelDialogProps {
  readonly isMailOn: boolean
  readonly onClose: () => void
}

/** As typed; the schema judges it. */
function channelIn(form: FormData, kind: Kind) {
  const from = textIn(form, 'quietFrom')
  const until = textIn(form, 'quietUntil')
  const recipients = textIn(form, 'recipients')
    .split(/[,;\s]+/)
    .filter((part) => part !== '')
  return {
    kind,
    label: textIn(form, 'label'),
    alarms: form.getAll('alarms'),
    quiet: from === '' && until === '' ? null : { from, until },
    ...(kind === 'mail' ? { recipients } : { url: textIn(form, 'url') }),
  }
}
