import * as z from 'zod/mini'

export const auditOutcomes = ['done', 'refused', 'failed'] as const
export const auditOutcome = z.enum(auditOutcomes)
export type AuditOutcome = z.infer<typeof auditOutcome>

/** What an entry can be about; each kind that has a screen of its own shows its entries there. */
export const auditSubjectKinds = [
  'person',
  'session',
  'invitation',
  'payment',
  'saved_view',
  'export',
  'webhook',
  'webhook_secret',
  'notification_channel',
  'withdrawal',
  'destination',
  'withdrawal_policy',
  'delegation',
  'settlement_month',
  'bank_account',
  'bank_statement',
  'bank_line',
  'settlement_match',
  'procedure',
  'audit_log',
] as const
export const auditSubjectKind = z.enum(auditSubjectKinds)
export type AuditSubjectKind = z.infer<typeof auditSubjectKind>

/** One line of the audit log as screens get it. `action` stays text: old entries may name actions that are gone. */
export interface AuditEntry {
  readonly seq: number
  /** ISO 8601, UTC. */
  readonly at: string
  /** Null for visitors and for what Desk does by itself. */
  readonly actor: { readonly id: string; readonly name: string; readonly email: string } | null
  readonly action: string
  readonly outcome: AuditOutcome
  /** Why it was refused or failed, or what a person gave as the reason. */
  readonly reason: string | null
  readonly subject: {
    readonly kind: string
    readonly id: string
    readonly label: string | null
  } | null
  /** JSON texts. */
  readonly before: string | null
  readonly after: string | null
  readonly address: string | null
  readonly requestId: string | null
  /** Hex. */
  readonly hash: string
}

/** What whoever may see an object is told of its past: from where people came stays in the log. */
export type HistoryEntry = Omit<AuditEntry, 'address'>

/** One object that entries are about. */
export const auditSubject = z.object({
  kind: auditSubjectKind,
  id: z.string().check(z.minLength(1), z.maxLength(500)),
})
export type AuditSubject = z.infer<typeof auditSubject>

/** Where the chain ends. `seq` is 0 and `at` null while the log is empty. */
export interface AuditHead {
  readonly seq: number
  /** Hex; noted outside the database it shows later that no end was cut off or rewritten. */
  readonly hash: string
  /** ISO 8601, UTC. */
  readonly at: string | null
}
