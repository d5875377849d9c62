import { useMutation } from '@tanstack/react-query'
import { userId as userIdIn } from '@desk/shared/identity/session'
import { holderOf, type TeamPerson } from '@desk/shared/identity/team'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { textIn } from '../ui/form-text.ts'
import { SelectField } from '../ui/select-field.tsx'
import { useTeamChanged } from './team-queries.ts'

/** Says whose account this is, where somebody has more than one. */
export function SamePersonDialog({ person, people, onClose }: SamePersonDialogProps) {
  const { api } = signedInRoute.useRouteContext()
  const onSettled = useTeamChanged()
  const { userId, name, email, sameAs } = person
  const mark = useMutation(
    api.team.markSamePerson.mutationOptions({
      onSuccess: () => {
        announce(`Whose account ${email} is was saved`)
        onClose()
      },
      onSettled,
    }),
  )
  const others = people.filter((one) => one.userId !== userId && holderOf(one) !== userId)
  const save = (form: FormData) => {
    const chosen = textIn(form, 'sameAs')
    mark.mutate({ userId, sameAs: chosen === '' ? null : userIdIn.parse(chosen) })
  }
  return (
    <Dialog
      title={`Whose account is ${name}?`}
      description={email}
      onClose={onClose}
      onSubmit={save}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" pending={mark.isPending}>
            Save
          </Button>
        </>
      }
    >
      <p>
        Two accounts of one person count as one wherever several people must agree: neither approves
        what the other asked for.
      </p>
      <SelectField label="Same person as" name="sameAs" defaultValue={sameAs?.userId ?? ''}>
        <option value="">Nobody else</option>
        {others.map((one) => (
          <option key={one.userId} value={one.userId}>
            {one.name} · {one.email}
          </option>
        ))}
      </SelectField>
      <FaultLine error={mark.error} />
    </Dialog>
  )
}

interface SamePersonDialogProps {
  readonly person: TeamPerson
  /** The whole team. */
  readonly people: readonly TeamPerson[]
  readonly onClose: () => void
}
