import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Profile } from '@desk/shared/identity/profile'
import { readFault } from '../app/fault.ts'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { TextField } from '../ui/text-field.tsx'
import { toast } from '../ui/toast.tsx'
import { NewPasswordField } from './password-field.tsx'

export function ProfilePassword({ profile }: { readonly profile: Profile }) {
  const [isOpen, setOpen] = useState(false)
  if (!profile.hasPassword) {
    return (
      <Card
        title="Password"
        about="You sign in through your identity provider; there is no password here."
      />
    )
  }
  return (
    <Card
      title="Password"
      about="Changing it ends your sessions in other browsers."
      action={<Button onClick={() => setOpen(true)}>Change password</Button>}
    >
      {isOpen && <ChangePassword profile={profile} onClose={() => setOpen(false)} />}
    </Card>
  )
}

function ChangePassword({
  profile,
  onClose,
}: {
  readonly profile: Profile
  readonly onClose: () => void
}) {
  const { api } = signedInRoute.useRouteContext()
  const queryClient = useQueryClient()
  const change = useMutation(
    api.profile.changePassword.mutationOptions({
      onSuccess: async () => {
        onClose()
        toast({ title: 'Password changed', detail: 'Other sessions have ended.', tone: 'ok' })
        await queryClient.invalidateQueries(api.profile.sessions.queryFilter())
      },
    }),
  )
  const fault = change.isError ? readFault(change.error) : null
  return (
    <Dialog
      title="Change password"
      onClose={onClose}
      onSubmit={(form) =>
        change.mutate({ current: textIn(form, 'current'), next: textIn(form, 'password') })
      }
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={change.isPending}>
            Change password
          </Button>
        </>
      }
    >
      <TextField
        label="Current password"
        name="current"
        type="password"
        autoComplete="current-password"
        required
        error={fault?.refusal === 'password_wrong' ? fault.message : undefined}
      />
      <NewPasswordField
        label="New password"
        owner={profile}
        error={fault && newPasswordFaults.has(fault.refusal ?? '') ? fault.message : undefined}
        onTyped={() => change.isError && change.reset()}
      />
      {fault?.refusal !== 'password_wrong' && !newPasswordFaults.has(fault?.refusal ?? '') && (
        <FaultLine error={change.error} />
      )}
    </Dialog>
  )
}

const newPasswordFaults: ReadonlySet<string> = new Set(['password_weak', 'password_same'])
