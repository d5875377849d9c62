import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import type { InvitationView } from '@desk/shared/identity/invitation'
import { needsSecondFactor } from '@desk/shared/identity/permissions'
import { roleText } from '@desk/shared/identity/roles'
import { textIn } from '../ui/form-text.ts'
import { Moment } from '../ui/moment.tsx'
import { TextField } from '../ui/text-field.tsx'
import { acceptInvitation, type AuthRefusal } from './auth-requests.ts'
import { FormFoot } from './form-foot.tsx'
import { isInvitationClosed } from './invitation-closed.ts'
import { InvitationDoor } from './invitation-door.tsx'
import { NewPasswordField } from './password-field.tsx'
import { RefusalNotice } from './refusal-notice.tsx'

/** Name and password of somebody new; `onClosed` takes why the invitation stopped being open meanwhile. */
export function AcceptInvitation({ token, invitation, onClosed }: AcceptInvitationProps) {
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
    if (result.outcome !== 'refused') {
      queryClient.clear()
      await router.navigate({ to: '/', replace: true })
    } else if (isInvitationClosed(result.refusal.code)) onClosed(result.refusal)
    else setRefusal(result.refusal)
    setPending(false)
  }
  const fieldAtFault = refusal?.code === 'email_taken' ? 'email' : (refusal?.field ?? null)
  const faultAt = (field: string) => (fieldAtFault === field ? refusal?.message : undefined)

  return (
    <InvitationDoor title={isSetup ? 'Set up Desk' : 'Invitation'}>
      <h1 className="text-xl font-semibold tracking-tight">
        {isSetup ? 'Set up SpacePay Desk' : 'You are invited to SpacePay Desk'}
      </h1>
      <p className="mt-1 text-sm text-muted">
        {isSetup
          ? 'You become its first admin, and invite the others afterwards.'
          : needsSecondFactor(invitation.roles)
            ? 'Choose a password, then add a second factor.'
            : 'Choose a password, and you are in.'}{' '}
        The link expires <Moment at={invitation.expiresAt} />.
      </p>
      {!isSetup && (
        <ul
          aria-label="What you are invited as"
          className="mt-4 rounded-md border border-line bg-sunken px-3.5 py-2.5 text-sm"
        >
          {invitation.roles.map((role) => (
            <li key={role}>
              <span className="font-medium">{roleText[role].label}</span>
              <span className="text-muted">: {roleText[role].does}</span>
            </li>
          ))}
        </ul>
      )}
      <form
        className="mt-5 flex flex-col gap-4"
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
          hint="This is how you sign in from now on."
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
        {refusal && fieldAtFault === null && <RefusalNotice refusal={refusal} />}
        <FormFoot
          verb={isPending ? 'One moment…' : isSetup ? 'Become the first admin' : 'Join'}
          pending={isPending}
        />
      </form>
    </InvitationDoor>
  )
}

interface AcceptInvitationProps {
  readonly token: string
  readonly invitation: InvitationView
  readonly onClosed: (refusal: AuthRefusal) => void
}
