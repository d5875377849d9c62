import { needsSecondFactor } from '@desk/shared/identity/permissions'
import { type Role, roles as allRoles, roleText } from '@desk/shared/identity/roles'
import { Checkbox } from '../ui/checkbox.tsx'

/** The roles as boxes, each with what it is for, and under them what the choice brings with it. */
export function RoleChoice({ roles, onChange, ...look }: RoleChoiceProps) {
  const notes = notesOn(roles)
  return (
    <fieldset>
      <legend className={look.isTitled ? 'sr-only' : 'mb-2 text-sm font-medium'}>Roles</legend>
      <div className="flex flex-col gap-2.5">
        {allRoles.map((role) => (
          <Checkbox
            key={role}
            label={roleText[role].label}
            hint={roleText[role].does}
            checked={roles.includes(role)}
            disabled={look.disabled ?? false}
            onChange={(isChosen) =>
              onChange(isChosen ? [...roles, role] : roles.filter((other) => other !== role))
            }
          />
        ))}
      </div>
      <div aria-live="polite" className="mt-3 flex flex-col gap-1 text-xs text-muted empty:hidden">
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </div>
    </fieldset>
  )
}

interface RoleChoiceProps {
  readonly roles: readonly Role[]
  readonly onChange: (roles: readonly Role[]) => void
  readonly disabled?: boolean
  /** Stands under a title that says what these are. */
  readonly isTitled?: boolean
}

function notesOn(roles: readonly Role[]): readonly string[] {
  return [
    ...(roles.includes('finance') && roles.includes('approver')
      ? [
          'Holding both Finance and Approver never lets anybody approve what they asked for themselves.',
        ]
      : []),
    ...(needsSecondFactor(roles)
      ? ['Approver and Admin ask for a second factor: without one a person can do nothing else.']
      : []),
  ]
}
