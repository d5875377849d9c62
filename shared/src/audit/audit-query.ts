import * as z from 'zod/mini'
import { type AuditEntry, auditOutcome, auditSubjectKind } from './audit-entry.ts'

const day = z.iso.date()
const short = z.string().check(z.minLength(1), z.maxLength(200))

/** The filters of the audit log: the URL, the list and the export take the same object. */
export const auditQuery = z.object({
  /** A person's id. */
  actor: z.optional(short),
  /** An action or, ending in a dot, a family of them, such as `person.`. */
  action: z.optional(short),
  outcome: z.optional(auditOutcome),
  subjectKind: z.optional(auditSubjectKind),
  subjectId: z.optional(short),
  /** Days of the business zone, both included. */
  from: z.optional(day),
  to: z.optional(day),
  /** Anywhere in names, e-mail, reason, subject or request id. */
  text: z.optional(short),
})
export type AuditQuery = z.infer<typeof auditQuery>

/** A page of the log, newest first; `cursor` is what the page before ended with. */
export const auditListInput = z.object({
  query: auditQuery,
  cursor: z.nullish(z.string().check(z.maxLength(500))),
})

export interface AuditPage {
  readonly entries: readonly AuditEntry[]
  /** Null on the last page. */
  readonly nextCursor: string | null
}
