import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { businessDayNamed, businessDayOf } from '@desk/shared/time/business-day'
import {
  addSecretInput,
  rotateSecretInput,
  rotationDays,
  rotationDaysMax,
  type WebhookSecret,
} from '@desk/shared/webhooks/webhook-secret'
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
import { TextField } from '../ui/text-field.tsx'
import { useWebhookSettingsChanged } from './webhook-settings-queries.ts'

/** Asks for one more secret, beside those that are there. */
export function AddSecretDialog({ onClose }: { readonly onClose: () => void }) {
  const { api } = signedInRoute.useRouteContext()
  const onSettled = useWebhookSettingsChanged()
  const [faults, setFaults] = useState<Faults>({})
  const add = useMutation(
    api.webhookSettings.addSecret.mutationOptions({
      onSuccess: () => {
        announce('The secret verifies what arrives from now on')
        onClose()
      },
      onSettled,
    }),
  )
  const send = (form: FormData) => {
    const given = addSecretInput.safeParse({
      label: textIn(form, 'label'),
      secret: textIn(form, 'secret'),
    })
    setFaults(given.success ? {} : faultsIn(given.error.issues))
    if (given.success) add.mutate(given.data)
  }
  return (
    <Dialog
      title="Add a webhook secret"
      description="From the next webhook on, a signature by it counts as well."
      onClose={onClose}
      onSubmit={send}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={add.isPending}>
            Add secret
          </Button>
        </>
      }
    >
      <SecretFields faults={faults} />
      <FaultLine error={add.error} />
    </Dialog>
  )
}

interface SecretDialogProps {
  readonly secret: WebhookSecret
  readonly onClose: () => void
}

/** Puts a new secret in the place of an old one, which goes on for a while so that nothing is refused. */
export function RotateDialog({ secret, onClose }: SecretDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const rule = useBusinessDay()
  const onSettled = useWebhookSettingsChanged()
  const [faults, setFaults] = useState<Faults>({})
  const [today] = useState(() => businessDayOf(Date.now(), rule))
  const rotate = useMutation(
    api.webhookSettings.rotateSecret.mutationOptions({
      onSuccess: () => {
        announce('Both secrets verify what arrives')
        onClose()
      },
      onSettled,
    }),
  )
  const send = (form: FormData) => {
    const day = textIn(form, 'until')
    const given = rotateSecretInput.safeParse({
      id: secret.id,
      label: textIn(form, 'label'),
      secret: textIn(form, 'secret'),
      oldVerifiesUntil: day === '' ? '' : businessDayNamed(day, rule).endsAt,
    })
    setFaults(given.success ? {} : faultsIn(given.error.issues))
    if (given.success) rotate.mutate(given.data)
  }
  return (
    <Dialog
      title={`Rotate ${secret.label}`}
      description="Make the new secret at SpacePay, add it here at once. Both verify until the day below."
      onClose={onClose}
      onSubmit={send}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={rotate.isPending}>
            Rotate secret
          </Button>
        </>
      }
    >
      <SecretFields faults={faults} />
      <TextField
        label={`…${secret.lastFour} verifies to the end of`}
        name="until"
        type="date"
        defaultValue={addDays(today, rotationDays)}
        min={today}
        // The end of the last day must not be beyond what Desk allows.
        max={addDays(today, rotationDaysMax - 1)}
        hint={`What is still on its way under it is accepted until then. Days begin at ${rule.cutOff}, ${zoneName(rule.zone)} time.`}
        error={faults.oldVerifiesUntil}
      />
      <FaultLine error={rotate.error} />
    </Dialog>
  )
}

/** Ends a secret at once. */
export function RetireDialog({ secret, onClose }: SecretDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const onSettled = useWebhookSettingsChanged()
  const retire = useMutation(
    api.webhookSettings.retireSecret.mutationOptions({
      onSuccess: () => {
        announce(`${secret.label} verifies nothing any more`)
        onClose()
      },
      onSettled,
    }),
  )
  return (
    <Dialog
      title={`Retire ${secret.label}?`}
      description={`It ends in ${secret.lastFour}.`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="danger"
            pending={retire.isPending}
            onClick={() => retire.mutate({ id: secret.id })}
          >
            Retire secret
          </Button>
        </>
      }
    >
      <p>
        What SpacePay still signs with it is refused from the next webhook on, on every Desk. It
        stays here, sealed, to prove what it signed before.
      </p>
      {secret.lastUsedAt !== null && (
        <p>
          It last verified a webhook <Moment at={secret.lastUsedAt} />.
        </p>
      )}
      {secret.source === 'environment' && (
        <p>The environment still names it: take it out of SPACEPAY_WEBHOOK_SECRETS, too.</p>
      )}
      <FaultLine error={retire.error} />
    </Dialog>
  )
}

function SecretFields({ faults }: { readonly faults: Faults }) {
  return (
    <>
      <TextField
        label="Name"
        name="label"
        autoComplete="off"
        maxLength={60}
        placeholder="Shop, from December"
        hint="As colleagues and the audit log will see it."
        error={faults.label}
      />
      <TextField
        label="Secret"
        name="secret"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={220}
        hint="SpacePay shows it once, when an endpoint is made or its secret rotated."
        error={faults.secret}
      />
    </>
  )
}

type Field = 'label' | 'secret' | 'oldVerifiesUntil'
type Faults = Partial<Record<Field, string>>

const faultText = {
  label: 'Enter a name of at most 60 characters.',
  secret: 'Enter the whole secret: 12 to 200 characters, no spaces.',
  oldVerifiesUntil: 'Choose a day from today on.',
} as const satisfies Record<Field, string>

function faultsIn(issues: readonly { readonly path: readonly PropertyKey[] }[]): Faults {
  const faulty = new Set(issues.map(({ path }) => path[0]))
  return {
    ...(faulty.has('label') && { label: faultText.label }),
    ...(faulty.has('secret') && { secret: faultText.secret }),
    ...(faulty.has('oldVerifiesUntil') && { oldVerifiesUntil: faultText.oldVerifiesUntil }),
  }
}
