import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { inviteInput } from '@desk/shared/identity/invitation'
import type { Role } from '@desk/shared/identity/roles'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { TextField } from '../ui/text-field.tsx'
import { InvitationSent } from './team-invitation-sent.tsx'
import { RoleChoice } from './role-choice.tsx'
import { useTeamChanged } from './team-queries.ts'

/** Asks whom to invite and as what; then says how the link reaches them. */
export function InviteDialog({ onClose }: { readonly onClose: () => void }) {
  const { api } = signedInRoute.useRouteContext()
  const onSettled = useTeamChanged()
  const invite = useMutation(api.team.invite.mutationOptions({ onSettled }))
  const [roles, setRoles] = useState<readonly Role[]>([])
  const [faults, setFaults] = useState<Faults>({})
  if (invite.isSuccess) {
    return (
      <InvitationSent
        invited={invite.data}
        name={invite.variables.name}
        email={invite.variables.email}
        onClose={onClose}
      />
    )
  }
  const send = (form: FormData) => {
    const given = inviteInput.safeParse({
      email: textIn(form, 'email').trim(),
      name: textIn(form, 'name'),
      roles,
    })
    setFaults(given.success ? {} : faultsIn(given.error.issues))
    if (given.success) invite.mutate(given.data)
  }
  return (
    <Dialog
      title="Invite a person"
      description="They get a link that works once and sets their own password."
      onClose={onClose}
      onSubmit={send}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={invite.isPending}>
            Invite
          </Button>
        </>
      }
    >
      <TextField
        label="E-mail address"
        name="email"
        // No type: the browser's own complaint would hide what is wrong with the rest.
        inputMode="email"
        autoCapitalize="none"
        spellCheck={false}
        autoComplete="off"
        maxLength={254}
        error={faults.email}
      />
      <TextField
        label="Name"
        name="name"
        autoComplete="off"
        maxLength={60}
        hint="As colleagues and the audit log will see it."
        error={faults.name}
      />
      <RoleChoice roles={roles} onChange={setRoles} />
      {faults.roles !== undefined && roles.length === 0 && (
        <p role="alert" className="text-xs text-bad">
          {faults.roles}
        </p>
      )}
      <FaultLine error={invite.error} />
    </Dialog>
  )
}

interface Faults {
  readonly email?: string
  readonly name?: string
  readonly roles?: string
}

const faultText = {
  email: 'Enter an e-mail address such as ada@shop.example.',
  name: 'Enter a name of at most 60 characters.',
  roles: 'Choose one role at least.',
} as const

function faultsIn(issues: readonly { readonly path: readonly PropertyKey[] }[]): Faults {
  const isFaulty = (field: keyof Faults) => issues.some(({ path }) => path[0] === field)
  return {
    ...(isFaulty('email') && { email: faultText.email }),
    ...(isFaulty('name') && { name: faultText.name }),
    ...(isFaulty('roles') && { roles: faultText.roles }),
  }
}
