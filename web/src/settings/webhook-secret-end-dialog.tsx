import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { businessDayNamed, businessDayOf } from '@desk/shared/time/business-day'
import { endSecretInput, rotationDays, rotationDaysMax } from '@desk/shared/webhooks/webhook-secret'
import type { WebhookSecret } from '@desk/shared/webhooks/webhook-secret'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { addDays } from '../ui/business-day.ts'
import { useBusinessDay } from '../ui/business-day-rule.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { Moment } from '../ui/moment.tsx'
import { zoneName } from '../ui/moment-text.ts'
import { Notice } from '../ui/panel.tsx'
import { TextField } from '../ui/text-field.tsx'
import { useWebhookSettingsChanged } from './webhook-settings-queries.ts'

/** Sets the day after which a secret verifies nothing, moves it, or takes it away again. */
export function EndSecretDialog({ secret, others, onClose }: EndSecretDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const rule = useBusinessDay()
  const onSettled = useWebhookSettingsChanged()
  const [fault, setFault] = useState<string>()
  const [today] = useState(() => businessDayOf(Date.now(), rule))
  const end = useMutation(
    api.webhookSettings.endSecret.mutationOptions({
      onSuccess: (_nothing, { verifiesUntil }) => {
        announce(
          verifiesUntil === null
            ? `${secret.label} verifies without an end again`
            : `${secret.label} verifies until the day you chose`,
        )
        onClose()
      },
      onSettled,
    }),
  )
  const send = (form: FormData) => {
    const day = textIn(form, 'until')
    const given = endSecretInput.safeParse({
      id: secret.id,
      verifiesUntil: day === '' ? '' : businessDayNamed(day, rule).endsAt,
    })
    setFault(given.success && day >= today ? undefined : 'Choose a day from today on.')
    if (given.success && day >= today) end.mutate(given.data)
  }
  const { lastFour, verifiesUntil } = secret
  const going = others.filter(({ state }) => state === 'verifies')
  return (
    <Dialog
      title={verifiesUntil === null ? `End ${secret.label}` : `Change the end of ${secret.label}`}
      description={`It ends in ${lastFour}.`}
      onClose={onClose}
      onSubmit={send}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          {verifiesUntil !== null && (
            <Button
              pending={end.isPending && end.variables.verifiesUntil === null}
              onClick={() => end.mutate({ id: secret.id, verifiesUntil: null })}
            >
              Keep without end
            </Button>
          )}
          {going.length > 0 && (
            <Button
              type="submit"
              variant="danger"
              pending={end.isPending && end.variables.verifiesUntil !== null}
            >
              End it then
            </Button>
          )}
        </>
      }
    >
      {going.length === 0 ? (
        <Notice tone="warn">
          It is the only one without an end: afterwards every webhook would be refused. Rotate it
          instead.
        </Notice>
      ) : (
        <>
          <TextField
            label={`…${lastFour} verifies to the end of`}
            name="until"
            type="date"
            defaultValue={
              verifiesUntil === null
                ? addDays(today, rotationDays)
                : businessDayOf(Date.parse(verifiesUntil) - 1, rule)
            }
            min={today}
            // The end of the last day must not be beyond what Desk allows.
            max={addDays(today, rotationDaysMax - 1)}
            hint={`Days begin at ${rule.cutOff}, ${zoneName(rule.zone)} time.`}
            error={fault}
          />
          <p>
            What SpacePay still signs with it after that day is refused, on every Desk.{' '}
            {going.length === 1 ? 'What goes on verifying is ' : 'What goes on verifying are '}
            {going.map((each) => `${each.label} (…${each.lastFour})`).join(', ')}.
          </p>
          <LastUse secret={secret} />
        </>
      )}
      <FaultLine error={end.error} />
    </Dialog>
  )
}

interface EndSecretDialogProps {
  readonly secret: WebhookSecret
  /** All the others, whatever their state. */
  readonly others: readonly WebhookSecret[]
  readonly onClose: () => void
}

function LastUse({ secret: { lastUsedAt } }: { readonly secret: WebhookSecret }) {
  if (lastUsedAt === null) return <p>It verified nothing yet.</p>
  return (
    <p>
      It last verified a webhook <Moment at={lastUsedAt} />: SpacePay may still sign with it.
    </p>
  )
}
