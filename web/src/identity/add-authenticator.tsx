import { useMutation } from '@tanstack/react-query'
import { useRouteContext } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { readFault } from '../app/fault.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { textIn } from '../ui/form-text.ts'
import { ErrorPanel } from '../ui/panel.tsx'
import { QrCode } from '../ui/qr-code.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { CodeField } from './code-field.tsx'

/** A QR code for the app, and the first code of it as proof that it took. */
export function AddAuthenticator({ onAdded }: AddFactorProps) {
  const { api } = useRouteContext({ from: '__root__' })
  const start = useMutation(api.profile.startAuthenticator.mutationOptions())
  const confirm = useMutation(
    api.profile.confirmAuthenticator.mutationOptions({
      onSuccess: ({ recoveryCodes }) => onAdded(recoveryCodes),
    }),
  )
  const begin = useEffectEvent(() => start.mutate())
  // Desk makes the secret: a write, so it is asked for once, when this appears.
  useEffect(() => begin(), [])
  if (start.isError) {
    return (
      <ErrorPanel
        title="The app could not be set up"
        cause={readFault(start.error).message}
        wayOut="Nothing was changed."
        action={<Button onClick={() => start.mutate()}>Try again</Button>}
      />
    )
  }
  if (!start.data) {
    return (
      <div aria-busy className="flex gap-4">
        <Skeleton className="size-[160px]" />
        <Skeleton className="h-10 flex-1" />
      </div>
    )
  }
  const { secret, uri } = start.data
  const send = (code: string) => !confirm.isPending && confirm.mutate({ code })
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        send(textIn(new FormData(event.currentTarget), 'code'))
      }}
    >
      <div className="flex flex-wrap items-start gap-4 *:[svg]:size-[160px]">
        <QrCode text={uri} label="QR code for your authenticator app" />
        <div className="flex min-w-[180px] flex-1 flex-col items-start gap-2 text-sm">
          <p>Scan this with an authenticator app on your phone, then type the code it shows.</p>
          <p className="text-xs text-muted">No camera? Enter this key by hand:</p>
          <code className="rounded-sm bg-sunken px-1.5 py-1 font-mono text-xs select-all">
            {inGroups(secret)}
          </code>
          <CopyButton text={secret} label="Copy key" />
        </div>
      </div>
      <CodeField
        label="Code from the app"
        error={confirm.isError ? readFault(confirm.error).message : undefined}
        inputRef={focused}
        onComplete={send}
      />
      <Button type="submit" variant="primary" size="lg" pending={confirm.isPending}>
        Add the app
      </Button>
    </form>
  )
}

export interface AddFactorProps {
  /** With the codes that came along where this is the first factor. */
  readonly onAdded: (recoveryCodes: readonly string[] | null) => void
}

/** What is typed next; the QR code needs no hand. */
function focused(field: HTMLInputElement | null): void {
  field?.focus()
}

function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? secret
}
