import { type Role, roles as allRoles, roleText } from '@desk/shared/identity/roles'
import { Flag } from '../ui/badge.tsx'
import { tip } from '../ui/tooltip.tsx'

/** Roles by name, always in the same order; what each is for on hover. */
export function RoleFlags({ roles }: { readonly roles: readonly Role[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {allRoles
        .filter((role) => roles.includes(role))
        .map((role) => (
          <span key={role} {...tip(roleText[role].does)}>
            <Flag tone="idle">{roleText[role].label}</Flag>
          </span>
        ))}
    </span>
  )
}
