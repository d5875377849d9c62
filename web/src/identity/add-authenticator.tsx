import { useMutation } from '@tanstack/react-query'
import { useRouteContext } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useRef } from 'react'
import { readFault } from '../app/fault.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { textIn } from '../ui/form-text.ts'
import { ErrorPanel } from '../ui/panel.tsx'
import { QrCode } from '../ui/qr-code.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { CodeField } from './code-field.tsx'
import { FormFoot } from './form-foot.tsx'

/** A QR code for the app, and the first code of it as proof that it took. */
export function AddAuthenticator({ onAdded, onCancel }: AddFactorProps) {
  const { api } = useRouteContext({ from: '__root__' })
  const start = useMutation(
    api.profile.startAuthenticator.mutationOptions({
      // Whoever would rather not prove that it is them is back where they came from.
      onError: (error) => readFault(error).kind === 'cancelled' && onCancel?.(),
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
  if (start.data) return <ConfirmApp {...start.data} onAdded={onAdded} onCancel={onCancel} />
  return (
    <div aria-busy className="flex flex-col gap-4">
      <div className="flex gap-4">
        <Skeleton className="size-[160px] flex-none" />
        <Skeleton className="h-28 flex-1" />
      </div>
      <Skeleton className="h-[72px] w-full" />
      <Skeleton className="h-10 w-full" />
    </div>
  )
}

export interface AddFactorProps {
  /** With the codes that came along where this is the first factor. */
  readonly onAdded: (recoveryCodes: readonly string[] | null) => void
  /** Only in a dialog. */
  readonly onCancel?: (() => void) | undefined
}

function ConfirmApp({ secret, uri, onAdded, onCancel }: ConfirmAppProps) {
  const { api } = useRouteContext({ from: '__root__' })
  const field = useRef<HTMLInputElement>(null)
  const confirm = useMutation(
    api.profile.confirmAuthenticator.mutationOptions({
      onSuccess: ({ recoveryCodes }) => onAdded(recoveryCodes),
    }),
  )
  const send = (code: string) => {
    // The next code is typed over the wrong one.
    if (!confirm.isPending) confirm.mutate({ code }, { onError: () => field.current?.select() })
  }
  // The QR code needs no hand: the code is typed next.
  useEffect(() => field.current?.focus(), [])
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
          <a href={uri} className={`${buttonClass({})} md:hidden`}>
            Open the app on this phone
          </a>
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
        inputRef={field}
        onComplete={send}
      />
      <FormFoot verb="Add the app" pending={confirm.isPending} onCancel={onCancel} />
    </form>
  )
}

interface ConfirmAppProps extends AddFactorProps {
  /** Base32. */
  readonly secret: string
  readonly uri: string
}

function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(' ') ?? secret
}
