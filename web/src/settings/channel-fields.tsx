import { alarmKinds, alarmText } from '@desk/shared/system/alarm'
import type { NotificationChannel } from '@desk/shared/system/notifications'
import { Checkbox } from '../ui/checkbox.tsx'
import { textIn } from '../ui/form-text.ts'
import { TextField } from '../ui/text-field.tsx'

/** What is asked of a channel, filled with what is known of one that exists. */
export function ChannelFields({ kind, channel, fault }: ChannelFieldsProps) {
  return (
    <>
      <TextField
        label="Name"
        name="label"
        maxLength={80}
        autoComplete="off"
        defaultValue={channel?.label}
        hint="Such as “On call”."
      />
      {kind === 'mail' ? (
        <TextField
          label="Addresses"
          name="recipients"
          autoComplete="off"
          defaultValue={channel?.to.join(', ')}
          hint="Separated by commas."
        />
      ) : (
        <TextField
          label={channel === undefined ? 'Address of the webhook' : 'New address of the webhook'}
          name="url"
          autoComplete="off"
          hint={
            channel === undefined
              ? 'A secret: it is kept sealed and shown to nobody again.'
              : `Empty keeps the one it has, at ${channel.to.join(', ')}.`
          }
        />
      )}
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-sm font-medium">Alarms</legend>
        {alarmKinds.map((each) => (
          <Checkbox
            key={each}
            name="alarms"
            value={each}
            defaultChecked={channel?.alarms.includes(each) ?? true}
            label={alarmText[each].label}
            hint={alarmText[each].isCritical ? 'Critical: told in quiet hours, too.' : undefined}
          />
        ))}
      </fieldset>
      <div className="grid grid-cols-2 gap-3">
        <TextField
          label="Quiet from"
          name="quietFrom"
          type="time"
          defaultValue={channel?.quiet?.from}
          hint="Empty: no quiet hours."
        />
        <TextField
          label="Quiet until"
          name="quietUntil"
          type="time"
          defaultValue={channel?.quiet?.until}
        />
      </div>
      {fault !== null && (
        <p role="alert" className="text-sm text-bad">
          {fault}
        </p>
      )}
    </>
  )
}

interface ChannelFieldsProps {
  readonly kind: NotificationChannel['kind']
  /** The one that is changed; none where one is added. */
  readonly channel?: NotificationChannel
  readonly fault: string | null
}

/** What was typed; the schema judges it. */
export function channelIn(form: FormData) {
  const from = textIn(form, 'quietFrom')
  const until = textIn(form, 'quietUntil')
  return {
    label: textIn(form, 'label'),
    alarms: form.getAll('alarms'),
    quiet: from === '' && until === '' ? null : { from, until },
    recipients: textIn(form, 'recipients')
      .split(/[,;\s]+/)
      .filter((part) => part !== ''),
    url: textIn(form, 'url').trim(),
  }
}

/** What is wrong with the first field that is, or null. */
export function channelFault(given: {
  readonly error?: { readonly issues: readonly { readonly message: string }[] } | undefined
}): string | null {
  return given.error === undefined
    ? null
    : (given.error.issues[0]?.message ?? 'Something is missing.')
}
