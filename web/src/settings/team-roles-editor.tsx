import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Role } from '@desk/shared/identity/roles'
import { lacksFactor, type TeamPerson } from '@desk/shared/identity/team'
import { FaultLine } from '../app/fault-line.tsx'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { announce } from '../ui/announce.tsx'
import { Button } from '../ui/button.tsx'
import { GuardedButton } from '../ui/guarded-button.tsx'
import { RoleChoice } from './role-choice.tsx'
import { useTeamChanged } from './team-queries.ts'

/** Changes a person's roles; drawn anew, by key, when the roles themselves have changed. */
export function RolesEditor({ person, block }: RolesEditorProps) {
  const { api } = signedInRoute.useRouteContext()
  const onSettled = useTeamChanged()
  const [roles, setRoles] = useState(person.roles)
  const save = useMutation(
    api.team.setRoles.mutationOptions({
      onSuccess: () => announce(`The roles of ${person.name} are saved`),
      onSettled,
    }),
  )
  const isChanged = !sameRoles(roles, person.roles)
  const isMissingFactor = isChanged && lacksFactor(roles, person.factors) && !person.lacksFactor
  return (
    <div className="flex flex-col gap-3">
      <RoleChoice roles={roles} onChange={setRoles} disabled={block !== null} isTitled />
      {isMissingFactor && (
        <p className="text-xs text-warn">
          {person.name} has no second factor yet and will be asked to add one at the next click.
        </p>
      )}
      <FaultLine error={save.error} />
      {isChanged && (
        <div className="flex flex-wrap gap-2">
          <GuardedButton
            variant="primary"
            block={
              roles.length === 0 ? 'A person has one role at least. Remove them instead.' : null
            }
            pending={save.isPending}
            onClick={() => save.mutate({ userId: person.userId, roles: [...roles] })}
          >
            Save roles
          </GuardedButton>
          <Button onClick={() => setRoles(person.roles)}>Leave as they were</Button>
        </div>
      )}
    </div>
  )
}

interface RolesEditorProps {
  readonly person: TeamPerson
  /** Why they may not be changed, or null. */
  readonly block: string | null
}

function sameRoles(some: readonly Role[], others: readonly Role[]): boolean {
  return some.length === others.length && some.every((role) => others.includes(role))
}
