import { useMutation, useQueryClient } from '@tanstack/react-query'
import { KeyRound, LifeBuoy, Smartphone } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Profile } from '@desk/shared/identity/profile'
import { readFault } from '../app/fault.ts'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Moment } from '../ui/moment.tsx'
import { Notice } from '../ui/panel.tsx'
import { AddAuthenticator } from './add-authenticator.tsx'
import { AddPasskey } from './add-passkey.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

const RECOVERY_CODES = 10

/** What a password is joined by. */
export function ProfileFactors({ profile }: { readonly profile: Profile }) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const [adding, setAdding] = useState<'app' | 'passkey' | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const read = () =>
    Promise.all([
      queryClient.invalidateQueries(api.profile.read.queryFilter()),
      queryClient.invalidateQueries(api.profile.sessions.queryFilter()),
      queryClient.invalidateQueries(api.identity.me.queryFilter()),
    ])
  const onSettled = () => void read()
  const removeApp = useMutation(api.profile.removeAuthenticator.mutationOptions({ onSettled }))
  const removePasskey = useMutation(api.profile.removePasskey.mutationOptions({ onSettled }))
  const makeCodes = useMutation(
    api.profile.makeRecoveryCodes.mutationOptions({
      onSuccess: ({ recoveryCodes }) => setCodes(recoveryCodes),
      onSettled,
    }),
  )
  const fault = [removeApp, removePasskey, makeCodes]
    .map(({ error }) => error && readFault(error))
    .find((each) => each && each.refusal !== 'step_up_required')
  const { authenticator, passkeys, recoveryCodes, isFactorForced } = profile
  const count = (authenticator ? 1 : 0) + passkeys.length
  const lastBlock =
    isFactorForced && count === 1
      ? 'Your roles ask for a second factor. Add another one before you remove this one.'
      : null
  const added = (made: readonly string[] | null) => {
    setAdding(null)
    setCodes(made)
    void read()
  }

  return (
    <Card
      title="Second factors"
      about={
        isFactorForced
          ? 'Your roles ask for one. Keep two, so that a lost phone does not keep you out.'
          : 'With one, a password alone opens nothing. You are asked for it when you sign in.'
      }
      action={
        <div className="flex flex-wrap gap-2">
          {authenticator === null && (
            <Button onClick={() => setAdding('app')}>Add an authenticator app</Button>
          )}
          <Button onClick={() => setAdding('passkey')}>Add a passkey</Button>
        </div>
      }
    >
      {fault && (
        <div role="alert" className="mb-3">
          <Notice tone="bad">{fault.message}</Notice>
        </div>
      )}
      {count === 0 ? (
        <p className="text-sm text-muted">None yet.</p>
      ) : (
        <ul className="-mx-5 -mb-4 border-t border-line">
          {authenticator && (
            <Factor
              icon={<Smartphone aria-hidden className="size-5" strokeWidth={1.6} />}
              name="Authenticator app"
              facts={
                <>
                  added <Moment at={authenticator.addedAt} />
                </>
              }
              block={lastBlock}
              isPending={removeApp.isPending}
              onRemove={() => removeApp.mutate()}
            />
          )}
          {passkeys.map((passkey) => (
            <Factor
              key={passkey.id}
              icon={<KeyRound aria-hidden className="size-5" strokeWidth={1.6} />}
              name={passkey.name}
              facts={
                <>
                  Passkey, added <Moment at={passkey.addedAt} />
                  {passkey.lastUsedAt !== null && (
                    <>
                      , last used <Moment at={passkey.lastUsedAt} />
                    </>
                  )}
                  {passkey.isBackedUp && ', copied to your other devices'}
                </>
              }
              block={lastBlock}
              isPending={removePasskey.isPending && removePasskey.variables.id === passkey.id}
              onRemove={() => removePasskey.mutate({ id: passkey.id })}
            />
          ))}
          <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-5 py-3 last:border-b-0">
            <LifeBuoy aria-hidden className="size-5 text-muted" strokeWidth={1.6} />
            <div className="min-w-0 flex-1 basis-48">
              <p className="text-sm font-medium">Recovery codes</p>
              <p className={`text-xs ${recoveryCodes?.left ? 'text-muted' : 'text-warn'}`}>
                {`${recoveryCodes?.left ?? 0} of ${RECOVERY_CODES} left, for when the phone is lost`}
              </p>
            </div>
            <Button pending={makeCodes.isPending} onClick={() => makeCodes.mutate()}>
              Make new codes
            </Button>
          </li>
        </ul>
      )}
      {adding !== null && (
        <Dialog
          title={adding === 'app' ? 'Add an authenticator app' : 'Add a passkey'}
          description="Your sessions in other browsers end."
          onClose={() => setAdding(null)}
          actions={<Button onClick={() => setAdding(null)}>Cancel</Button>}
        >
          {adding === 'app' ? <AddAuthenticator onAdded={added} /> : <AddPasskey onAdded={added} />}
        </Dialog>
      )}
      {codes !== null && (
        <Dialog
          title="Save your recovery codes"
          description="Codes you had before no longer work."
          onClose={() => setCodes(null)}
          actions={<Button onClick={() => setCodes(null)}>Close</Button>}
        >
          <RecoveryCodes codes={codes} verb="Done" onSaved={() => setCodes(null)} />
        </Dialog>
      )}
    </Card>
  )
}

function Factor({ icon, name, facts, block, isPending, onRemove }: FactorProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-5 py-3 last:border-b-0">
      <span className="flex-none text-muted">{icon}</span>
      <div className="min-w-0 flex-1 basis-48">
        <p className="truncate text-sm font-medium">{name}</p>
        <p className="text-xs text-muted">{facts}</p>
        {block !== null && <p className="text-xs text-faint">{block}</p>}
      </div>
      <Button
        variant="danger"
        disabled={block !== null}
        pending={isPending}
        aria-label={`Remove ${name}`}
        onClick={onRemove}
      >
        Remove
      </Button>
    </li>
  )
}

interface FactorProps {
  readonly icon: ReactNode
  readonly name: string
  readonly facts: ReactNode
  /** Why it cannot be removed, if so. */
  readonly block: string | null
  readonly isPending: boolean
  readonly onRemove: () => void
}
