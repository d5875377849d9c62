import * as z from 'zod/mini'
import { auditOutcome, auditSubjectKind } from './audit-entry.ts'

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
