import { useMutation } from '@tanstack/react-query'
import { useRouteContext } from '@tanstack/react-router'
import { readFault } from '../app/fault.ts'
import { Button } from '../ui/button.tsx'
import { textIn } from '../ui/form-text.ts'
import { Notice } from '../ui/panel.tsx'
import { TextField } from '../ui/text-field.tsx'
import { passkeyWanted } from './passkey-options.ts'
import type { AddFactorProps } from './add-authenticator.tsx'

/** A name for the passkey, then the browser's own dialog. */
export function AddPasskey({ onAdded }: AddFactorProps) {
  const { api } = useRouteContext({ from: '__root__' })
  const options = useMutation(api.profile.passkeyOptions.mutationOptions())
  const keep = useMutation(api.profile.addPasskey.mutationOptions())
  const add = useMutation({
    mutationFn: async (name: string) => {
      const [wanted, { startRegistration }] = await Promise.all([
        options.mutateAsync(),
        import('@simplewebauthn/browser'),
      ])
      const { options: optionsJSON } = passkeyWanted.parse(wanted)
      return keep.mutateAsync({ name, response: await startRegistration({ optionsJSON }) })
    },
    onSuccess: ({ recoveryCodes }) => onAdded(recoveryCodes),
  })
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (!add.isPending) add.mutate(textIn(new FormData(event.currentTarget), 'name'))
      }}
    >
      <TextField
        label="Name of the passkey"
        name="name"
        defaultValue="This device"
        maxLength={60}
        required
        hint="So that you know later which one it is, such as “Work laptop” or “Blue key”."
      />
      {add.isError && faultText(add.error) !== null && (
        <div role="alert">
          <Notice tone="bad">{faultText(add.error)}</Notice>
        </div>
      )}
      <Button type="submit" variant="primary" size="lg" pending={add.isPending}>
        {add.isPending ? 'Follow your browser…' : 'Add the passkey'}
      </Button>
    </form>
  )
}

/** Null where the person would rather not, which they know. */
function faultText(error: Error): string | null {
  const { kind, message, refusal } = readFault(error)
  if (refusal === 'step_up_required') return null
  if (kind !== 'defect' || refusal !== null) return message
  return error.name === 'InvalidStateError'
    ? 'This device holds a passkey for you already.'
    : 'No passkey was made. Try again, or use an app instead.'
}
