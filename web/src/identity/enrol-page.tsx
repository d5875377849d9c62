import { useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { KeyRound, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { roleText } from '@desk/shared/identity/roles'
import { useLeave } from '../app/use-leave.ts'
import { AddAuthenticator } from './add-authenticator.tsx'
import { AddPasskey } from './add-passkey.tsx'
import { FrontDoor, StepTitle } from './front-door.tsx'
import { passkeyBlock } from './passkey-support.ts'
import { RecoveryCodes } from './recovery-codes.tsx'
import { safeReturnPath } from '@desk/shared/identity/return-path'

const route = getRouteApi('/enrol')

/** What stands between a new approver or admin and Desk: a second factor. */
export function EnrolPage() {
  const { me, greeting } = route.useRouteContext()
  const [way, setWay] = useState<'app' | 'passkey' | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const goOn = useGoOn()
  const leave = useLeave()
  const onAdded = (made: readonly string[] | null) => (made === null ? void goOn() : setCodes(made))
  const roles = me.roles.map((role) => roleText[role].label).join(' and ')
  if (codes !== null) {
    return (
      <FrontDoor title="Recovery codes" environment={greeting.environment}>
        <StepTitle>Save your recovery codes</StepTitle>
        <div className="mt-2">
          <RecoveryCodes codes={codes} verb="Go on to Desk" onSaved={() => void goOn()} />
        </div>
      </FrontDoor>
    )
  }
  return (
    <FrontDoor title="Second factor" environment={greeting.environment}>
      <h1 className="text-xl font-semibold tracking-tight">Add a second factor to go on</h1>
      <p className="mt-1 mb-4 text-sm text-muted">
        {`Hello ${me.name}. As ${roles} you can move money or change who may, so a password alone does not let you in.`}
      </p>
      {way === null && <FactorChoice onChoose={setWay} />}
      {way === 'app' && <AddAuthenticator onAdded={onAdded} />}
      {way === 'passkey' && <AddPasskey onAdded={onAdded} />}
      <div className="mt-4 flex gap-4 text-sm">
        {way !== null && <TextButton onClick={() => setWay(null)}>Another way</TextButton>}
        <TextButton onClick={() => void leave()}>Sign out</TextButton>
      </div>
    </FrontDoor>
  )
}

function FactorChoice({ onChoose }: { readonly onChoose: (way: 'app' | 'passkey') => void }) {
  return (
    <ul className="flex flex-col gap-2">
      {choices.map(({ value, title, text, icon: Icon }) => {
        const block = value === 'passkey' ? passkeyBlock() : null
        return (
          <li key={value}>
            <button
              type="button"
              disabled={block !== null}
              onClick={() => onChoose(value)}
              className="flex w-full items-center gap-3 rounded-md border border-line-strong px-4 py-3 text-left enabled:hover:bg-hover disabled:border-line disabled:text-muted"
            >
              <Icon aria-hidden className="size-5 flex-none text-muted" strokeWidth={1.6} />
              <span>
                <span className="block text-sm font-medium">{title}</span>
                <span className="block text-xs text-muted">{block ?? text}</span>
              </span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}

/** What Desk knows of the person has changed: all of it is asked anew. */
function useGoOn() {
  const { returnTo } = route.useSearch()
  const router = useRouter()
  const queryClient = useQueryClient()
  return async () => {
    queryClient.clear()
    await router.navigate({ href: safeReturnPath(returnTo), replace: true })
  }
}

function TextButton({
  onClick,
  children,
}: {
  readonly onClick: () => void
  readonly children: string
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="min-h-6 rounded-sm text-muted hover:text-text hover:underline"
    >
      {children}
    </button>
  )
}

const choices = [
  {
    value: 'app',
    title: 'Authenticator app',
    text: 'A code from your phone that changes every 30 seconds',
    icon: Smartphone,
  },
  {
    value: 'passkey',
    title: 'Passkey',
    text: 'Fingerprint, face or a security key; nothing to type',
    icon: KeyRound,
  },
] as const
