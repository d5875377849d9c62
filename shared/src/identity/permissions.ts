import { type Role, roles } from './roles.ts'

/**
 * The one permission table. The server refuses by it and the browser hides or disables by it,
 * so the two cannot disagree. `nobody` is a visitor who has not signed in.
 */
const granted = {
  'greeting:read': ['nobody', ...roles],
  'session:read': roles,
  'payments:read': roles,
  'payments:refresh': ['support', 'finance', 'admin'],
  'webhooks:read': ['support', 'finance', 'admin', 'auditor'],
  'withdrawals:read': ['finance', 'approver', 'admin', 'auditor'],
  'system:read': roles,
} as const satisfies Record<string, readonly (Role | 'nobody')[]>

export type Permission = keyof typeof granted
/** The permissions that need no sign-in. */
export type VisitorPermission = {
  [P in Permission]: 'nobody' extends (typeof granted)[P][number] ? P : never
}[Permission]
export const permissions: readonly Permission[] = Object.keys(granted).filter(isPermission)

/** Whether any of these roles carries the permission; no roles at all is a visitor. */
export function permits(held: readonly Role[], permission: Permission): boolean {
  const holders: readonly string[] = granted[permission]
  return held.length === 0 ? holders.includes('nobody') : held.some((r) => holders.includes(r))
}

export function permissionsOf(held: readonly Role[]): ReadonlySet<Permission> {
  return new Set(permissions.filter((permission) => permits(held, permission)))
}

function isPermission(key: string): key is Permission {
  return key in granted
}
