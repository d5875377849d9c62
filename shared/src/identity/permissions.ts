import { type Role, roles, roleText } from './roles.ts'

/**
 * The one permission table. The server refuses by it and the browser hides or disables by it,
 * so the two cannot disagree. `nobody` is a visitor who has not signed in.
 */
const granted = {
  'greeting:read': ['nobody', ...roles],
  'invitation:read': ['nobody', ...roles],
  'session:read': roles,
  /** One's own name, password, second factors and sessions. */
  'profile:write': roles,
  'payments:read': roles,
  'payments:create': ['support', 'finance', 'admin'],
  /** The link by which anybody can pay a payment. */
  'payer_links:show': ['support', 'finance', 'admin'],
  'payments:refresh': ['support', 'finance', 'admin'],
  /** Notes and tags on payments. */
  'notes:write': ['support', 'finance', 'approver', 'admin'],
  /** Handing payments over, and resolving what waits. */
  'attention:write': ['support', 'finance', 'approver', 'admin'],
  /** One's own saved views, and how one likes lists to look. */
  'views:write': roles,
  /** Files of payments, and running them again. */
  'exports:create': ['finance', 'admin'],
  'exports:read': ['finance', 'admin', 'auditor'],
  'settlements:read': ['finance', 'admin', 'auditor'],
  /** Bank accounts and their statements. */
  'settlements:import': ['finance', 'admin'],
  /** Saying which bank line is the money of which days, and taking it back. */
  'settlements:match': ['finance', 'admin'],
  /** Closing months, and opening them again, which takes two. */
  'settlements:close': ['finance', 'admin'],
  'webhooks:read': ['support', 'finance', 'admin', 'auditor'],
  /** Having what SpacePay told processed again. */
  'webhooks:reprocess': ['support', 'finance', 'admin'],
  /** One delivery as a file that proves itself, with its exact bytes. */
  'webhooks:export': ['finance', 'admin', 'auditor'],
  /** Which secrets verify webhooks and how long bytes are kept; never a secret itself. */
  'webhook_settings:read': ['admin', 'auditor'],
  'webhook_settings:write': ['admin'],
  /** When business days begin. */
  'business_day:read': ['finance', 'admin', 'auditor'],
  'business_day:write': ['admin'],
  /** Where alarms are told. */
  'notifications:read': ['admin', 'auditor'],
  'notifications:write': ['admin'],
  'withdrawals:read': ['finance', 'approver', 'admin', 'auditor'],
  /** Drafting withdrawals and asking for them; never deciding on one's own. */
  'withdrawals:request': ['finance'],
  /** Which votes count for which amount is the policy's word. */
  'withdrawals:approve': ['approver', 'admin'],
  /** Settling, with evidence, what became of a sending that nobody can tell. */
  'withdrawals:resolve': ['admin'],
  'withdrawals:break_glass': ['admin'],
  /** Everybody near the money can stop it; letting it go again is not for everybody. */
  'withdrawals:stop': ['finance', 'approver', 'admin'],
  'withdrawals:start': ['admin'],
  /** One withdrawal as a file that proves itself. Entries of the audit log stand in it whole, so it is for its readers. */
  'withdrawals:export': ['admin', 'auditor'],
  'destinations:write': ['finance', 'admin'],
  'destinations:approve': ['approver', 'admin'],
  'withdrawal_policy:write': ['admin'],
  'withdrawal_policy:decide': ['approver', 'admin'],
  /** Letting somebody vote in one's own place for a while. */
  'delegations:write': ['approver', 'admin'],
  'system:read': roles,
  /** Who did what to one payment, one person, and so on. */
  'history:read': roles,
  'people:read': ['admin', 'auditor'],
  'people:write': ['admin'],
  'audit:read': ['admin', 'auditor'],
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

/** What is left of a person's permissions until they have the second factor that their roles ask for. */
export const permissionsBeforeEnrolment: ReadonlySet<Permission> = new Set<Permission>([
  'greeting:read',
  'invitation:read',
  'session:read',
  'profile:write',
])

/** Holders of these must have a second factor. */
const rolesWithForcedFactor: readonly Role[] = ['approver', 'admin']

export function needsSecondFactor(held: readonly Role[]): boolean {
  return held.some((role) => rolesWithForcedFactor.includes(role))
}

/**
 * Why these roles may not do this, in words for the person, or null if they may. The browser disables
 * by it and the server refuses in the same words.
 */
export function permissionBlock(
  held: { readonly permissions: ReadonlySet<Permission>; readonly mustEnrol: boolean },
  permission: Permission,
): string | null {
  if (held.permissions.has(permission)) return null
  if (held.mustEnrol) return 'Add a second factor first: your roles ask for one.'
  const holders = roles.filter((role) => permits([role], permission))
  return `This needs the role ${listed(holders.map((role) => roleText[role].label))}. An admin can give it to you.`
}

function listed(words: readonly string[]): string {
  return words.length < 2
    ? words.join('')
    : `${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}`
}

function isPermission(key: string): key is Permission {
  return key in granted
}
