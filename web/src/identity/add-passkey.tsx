import { useMutation } from '@tanstack/react-query'
import { useRouteContext } from '@tanstack/react-router'
import { readFault } from '../app/fault.ts'
import { textIn } from '../ui/form-text.ts'
import { Notice } from '../ui/panel.tsx'
import { TextField } from '../ui/text-field.tsx'
import { FormFoot } from './form-foot.tsx'
import { passkeyWanted } from './passkey-options.ts'
import { passkeyElsewhere } from './passkey-support.ts'
import type { AddFactorProps } from './add-authenticator.tsx'

/** A name for the passkey, then the browser's own dialog. */
export function AddPasskey({ onAdded, onCancel }: AddFactorProps) {
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
        ref={focused}
        maxLength={60}
        autoComplete="off"
        required
        hint="So that you know later which one it is, such as “Work laptop” or “Blue key”."
      />
      {add.isError && faultText(add.error) !== null && (
        <div role="alert">
          <Notice tone="bad">{faultText(add.error)}</Notice>
        </div>
      )}
      <FormFoot
        verb={add.isPending ? 'Follow your browser…' : 'Add the passkey'}
        pending={add.isPending}
        onCancel={onCancel}
      />
    </form>
  )
}

function focused(field: HTMLInputElement | null): void {
  field?.focus()
}

/** Null where the person would rather not, which they know. */
function faultText(error: Error): string | null {
  const { kind, message } = readFault(error)
  if (kind === 'cancelled') return null
  if (kind !== 'defect') return message
  return browserFaults.get(error.name) ?? 'No passkey was made. Try again, or use an app instead.'
}

/** Of `navigator.credentials`, by the names the standard gives them. */
const browserFaults: ReadonlyMap<string, string> = new Map([
  ['InvalidStateError', 'This device holds a passkey for you already.'],
  ['SecurityError', passkeyElsewhere],
])
