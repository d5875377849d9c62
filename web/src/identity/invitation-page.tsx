import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import type { InvitationView } from '@desk/shared/identity/invitation'
import { roleText } from '@desk/shared/identity/roles'
import { Button, buttonClass } from '../ui/button.tsx'
import { textIn } from '../ui/form-text.ts'
import { Notice } from '../ui/panel.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { TextField } from '../ui/text-field.tsx'
import {
  acceptInvitation,
  type AuthRefusal,
  type InvitationLook,
  lookAtInvitation,
} from './auth-requests.ts'
import { FrontDoor } from './front-door.tsx'
import { NewPasswordField } from './password-field.tsx'

/** What the link of an invitation opens: says to what, and makes the person. */
export function InvitationPage() {
  const [token] = useState(() => window.location.hash.slice(1))
  const [look, setLook] = useState<InvitationLook | null>(null)
  // The door of Desk is the outside system.
  useEffect(() => {
    // Whoever looks over a shoulder, or at the history later, finds no link that still works.
    window.history.replaceState(window.history.state, '', window.location.pathname)
    let isCurrent = true
    void lookAtInvitation(token).then((found) => isCurrent && setLook(found))
    return () => {
      isCurrent = false
    }
  }, [token])
  if (look === null) {
    return (
      <FrontDoor title="Invitation">
        <div aria-busy className="flex flex-col gap-3">
          <Skeleton className="h-6 w-48" />
          <Skeleton className="h-10 w-full" />
          <Skeleton className="h-10 w-full" />
        </div>
      </FrontDoor>
    )
  }
  if (look.outcome === 'refused') return <NotOpen refusal={look.refusal} />
  return <Accept token={token} invitation={look.invitation} />
}

function NotOpen({ refusal }: { readonly refusal: AuthRefusal }) {
  return (
    <FrontDoor title="Invitation">
      <h1 className="text-xl font-semibold tracking-tight">This link does not open Desk</h1>
      <p role="alert" className="mt-2 mb-4 text-sm text-muted">
        {refusal.message}
      </p>
      <a href="/sign-in" className={buttonClass({ size: 'lg' })}>
        Go to sign-in
      </a>
    </FrontDoor>
  )
}

function Accept({
  token,
  invitation,
}: {
  readonly token: string
  readonly invitation: InvitationView
}) {
  const router = useRouter()
  const queryClient = useQueryClient()
  const [name, setName] = useState(invitation.name ?? '')
  const [email, setEmail] = useState(invitation.email ?? '')
  const [refusal, setRefusal] = useState<AuthRefusal | null>(null)
  const [isPending, setPending] = useState(false)
  const isSetup = invitation.kind === 'setup'

  const accept = async (password: string) => {
    setPending(true)
    setRefusal(null)
    const given = { token, name, password, ...(isSetup && { email }) }
    const result = await acceptInvitation(given)
    if (result.outcome === 'refused') setRefusal(result.refusal)
    else {
      queryClient.clear()
      await router.navigate({ to: '/', replace: true })
    }
    setPending(false)
  }
  const faultAt = (field: string) => (refusal?.field === field ? refusal.message : undefined)

  return (
    <FrontDoor title={isSetup ? 'Set up Desk' : 'Invitation'}>
      <h1 className="text-xl font-semibold tracking-tight">
        {isSetup ? 'Set up SpacePay Desk' : 'You are invited to SpacePay Desk'}
      </h1>
      <p className="mt-1 mb-4 text-sm text-muted">
        {isSetup
          ? 'You become its first admin, and invite the others afterwards.'
          : `As ${invitation.roles.map((role) => roleText[role].label).join(', ')}: ${invitation.roles
              .map((role) => roleText[role].does.toLowerCase())
              .join('; ')}.`}
      </p>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          if (!isPending) void accept(textIn(new FormData(event.currentTarget), 'password'))
        }}
      >
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          value={email}
          readOnly={!isSetup}
          required
          onChange={({ target }) => setEmail(target.value)}
          hint={isSetup ? undefined : 'This is how you sign in from now on.'}
          error={faultAt('email')}
        />
        <TextField
          label="Your name"
          name="name"
          autoComplete="name"
          value={name}
          maxLength={60}
          required
          onChange={({ target }) => setName(target.value)}
          hint="As your colleagues see it, and as the audit log keeps it."
          error={faultAt('name')}
        />
        <NewPasswordField
          label="Choose a password"
          owner={{ name, email }}
          error={faultAt('password')}
          onTyped={() => setRefusal(null)}
        />
        {refusal && refusal.field === null && (
          <div role="alert">
            <Notice tone="bad">{refusal.message}</Notice>
          </div>
        )}
        <Button type="submit" variant="primary" size="lg" pending={isPending}>
          {isPending ? 'One moment…' : isSetup ? 'Become the first admin' : 'Join'}
        </Button>
      </form>
    </FrontDoor>
  )
}
