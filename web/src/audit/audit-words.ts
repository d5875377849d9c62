import { type AuditAction, auditActions } from '@desk/shared/audit/audit-action'
import type { AuditOutcome, AuditSubjectKind } from '@desk/shared/audit/audit-entry'
import type { Choice } from '../ui/filter-choice.tsx'
import type { Tone } from '../ui/tone.ts'

type Family = AuditAction extends infer A
  ? A extends `${infer F}.${string}`
    ? `${F}.`
    : never
  : never

const families = {
  'session.': 'Sign-ins and sessions',
  'person.': 'People',
  'invitation.': 'Invitations',
  'factor.': 'Second factors',
  'payment.': 'Payments',
  'view.': 'Saved views',
  'export.': 'Exports',
  'webhook.': 'Webhooks',
  'withdrawal.': 'Withdrawals',
  'withdrawals.': 'Stopping withdrawals',
  'destination.': 'Address book',
  'withdrawal_policy.': 'Withdrawal policy',
  'delegation.': 'Approval delegations',
  'bank.': 'Bank statements',
  'month.': 'Month close',
  'business_day.': 'Business days',
  'notification.': 'Notifications',
  'audit.': 'This log',
  'request.': 'Request limits',
  'call.': 'Calls',
} as const satisfies Record<Family, string>

/** Families of actions, each followed by its actions where there are several. */
export const actionChoices: readonly Choice[] = Object.entries(families).flatMap(
  ([family, label]) => {
    const actions = Object.entries(auditActions).filter(([action]) => action.startsWith(family))
    const parts = actions.map(([value, words]) => ({ value, label: words, isPart: true }))
    return [{ value: family, label }, ...parts]
  },
)

const actionNames: ReadonlyMap<string, string> = new Map([
  ...Object.entries(auditActions),
  ...Object.entries(families),
])

/** An action or a family by its name; one that is gone by what it was called. */
export function actionText(action: string): string {
  return actionNames.get(action) ?? action
}

export const outcomeWords = {
  done: { word: 'Done', tone: 'ok' },
  refused: { word: 'Refused', tone: 'warn' },
  failed: { word: 'Failed', tone: 'bad' },
} as const satisfies Record<AuditOutcome, { word: string; tone: Tone }>

const kinds = {
  person: 'Person',
  session: 'Session',
  invitation: 'Invitation',
  payment: 'Payment',
  saved_view: 'Saved view',
  export: 'Export',
  webhook: 'Webhook',
  webhook_secret: 'Webhook secret',
  notification_channel: 'Notification channel',
  withdrawal: 'Withdrawal',
  destination: 'Destination',
  withdrawal_policy: 'Withdrawal policy',
  delegation: 'Approval delegation',
  settlement_month: 'Month',
  bank_account: 'Bank account',
  bank_statement: 'Bank statement',
  bank_line: 'Bank line',
  settlement_match: 'Match',
  procedure: 'Call',
  audit_log: 'Audit log',
} as const satisfies Record<AuditSubjectKind, string>

export const kindChoices: readonly Choice[] = Object.entries(kinds).map(([value, label]) => ({
  value,
  label,
}))

const kindNames: ReadonlyMap<string, string> = new Map(Object.entries(kinds))

export function kindText(kind: string): string {
  return kindNames.get(kind) ?? kind
}
