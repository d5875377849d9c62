import { type Permission, permissionBlock } from '../identity/permissions.ts'
import type { UserId } from '../identity/session.ts'
import type { AuditSubject, AuditSubjectKind } from './audit-entry.ts'

/** Whoever may see an object may see what was done to it. */
const neededFor = {
  person: 'people:read',
  session: 'people:read',
  invitation: 'people:read',
  payment: 'payments:read',
  saved_view: 'audit:read',
  export: 'exports:read',
  webhook: 'webhooks:read',
  webhook_secret: 'webhook_settings:read',
  notification_channel: 'notifications:read',
  withdrawal: 'withdrawals:read',
  destination: 'withdrawals:read',
  withdrawal_policy: 'withdrawals:read',
  settlement_month: 'settlements:read',
  bank_account: 'settlements:read',
  bank_statement: 'settlements:read',
  bank_line: 'settlements:read',
  settlement_match: 'settlements:read',
  delegation: 'withdrawals:read',
  procedure: 'audit:read',
  audit_log: 'audit:read',
} as const satisfies Record<AuditSubjectKind, Permission>

/** Why this person may not read the history of this object, or null if they may. Their own they always may. */
export function historyBlock(
  reader: {
    readonly userId: UserId
    readonly permissions: ReadonlySet<Permission>
    readonly mustEnrol: boolean
  },
  { kind, id }: AuditSubject,
): string | null {
  const isOwn = kind === 'person' && id === reader.userId
  return permissionBlock(reader, isOwn ? 'history:read' : neededFor[kind])
}
