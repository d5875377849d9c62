import { type Role, roles, roleText } from '@desk/shared/identity/roles'
import { signedInRoute } from '../app/signed-in-route.tsx'
import { SelectField } from '../ui/select-field.tsx'

/** Who else sees a view: nobody, or everybody of a role that one holds. One it is shared with already stays to choose. */
export function RoleField({ value, kept = null, isOwned = true, onChange }: RoleFieldProps) {
  const { me } = signedInRoute.useRouteContext()
  const offered = roles.filter((role) => me.roles.includes(role) || role === kept)
  return (
    <SelectField
      label="Who sees it"
      value={value ?? ''}
      onChange={(event) =>
        onChange(roles.find((role) => role === event.currentTarget.value) ?? null)
      }
      hint="Only its owner and admins change it. You can share with the roles you hold."
    >
      {isOwned && <option value="">Nobody else</option>}
      {offered.map((role) => (
        <option key={role} value={role}>
          Everybody in {roleText[role].label}
        </option>
      ))}
    </SelectField>
  )
}

interface RoleFieldProps {
  readonly value: Role | null
  readonly kept?: Role | null
  /** What belongs to a role and to no person stays shared. */
  readonly isOwned?: boolean
  readonly onChange: (role: Role | null) => void
}
