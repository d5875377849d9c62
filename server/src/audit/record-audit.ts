import { sql } from 'kysely'
import type { AuditAction } from '@desk/shared/audit/audit-action'
import type { AuditOutcome, AuditSubjectKind } from '@desk/shared/audit/audit-entry'
import type { Trx } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { canonicalJson, type ChainedEntry, entryHash, genesisHash } from './chain.ts'

/** Whoever appends holds this until the end of their transaction, so the chain never forks. */
const chainLock = 4_738_202

export interface NewAuditEntry {
  readonly action: AuditAction
  /** `done` unless said otherwise. */
  readonly outcome?: AuditOutcome
  readonly reason?: string
  readonly subject?: {
    readonly kind: AuditSubjectKind
    readonly id: string
    /** How people call it, such as an e-mail address. */
    readonly label?: string
  }
  /** JSON, without secrets: the log is read by more people than the tables. */
  readonly before?: unknown
  readonly after?: unknown
}

/**
 * Appends to the audit log inside the caller's transaction: the change and its entry commit together or
 * not at all. Appending makes others wait, so it comes last in a transaction, after every row lock.
 */
export async function recordAudit(trx: Trx, by: Attribution, entry: NewAuditEntry): Promise<void> {
  await sql`select pg_advisory_xact_lock(${chainLock})`.execute(trx)
  const last = await trx
    .selectFrom('audit_entry')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  const chained = chainedEntry((last?.seq ?? 0) + 1, by, entry)
  const previousHash = last?.hash ?? genesisHash
  await trx
    .insertInto('audit_entry')
    .values({
      seq: chained.seq,
      at: by.at,
      actor_id: chained.actorId,
      actor_name: chained.actorName,
      actor_email: chained.actorEmail,
      action: chained.action,
      outcome: chained.outcome,
      reason: chained.reason,
      subject_kind: chained.subjectKind,
      subject_id: chained.subjectId,
      subject_label: chained.subjectLabel,
      before: chained.before,
      after: chained.after,
      address: chained.address,
      request_id: chained.requestId,
      previous_hash: previousHash,
      hash: entryHash(chained, previousHash),
    })
    .execute()
}

function chainedEntry(seq: number, by: Attribution, entry: NewAuditEntry): ChainedEntry {
  return {
    seq,
    at: by.at.toISOString().replace('Z', '000Z'),
    actorId: by.actor?.userId ?? null,
    actorName: by.actor?.name ?? null,
    actorEmail: by.actor?.email ?? null,
    action: entry.action,
    outcome: entry.outcome ?? 'done',
    reason: entry.reason ?? null,
    subjectKind: entry.subject?.kind ?? null,
    subjectId: entry.subject?.id ?? null,
    subjectLabel: entry.subject?.label ?? null,
    before: entry.before === undefined ? null : canonicalJson(entry.before),
    after: entry.after === undefined ? null : canonicalJson(entry.after),
    address: by.address,
    requestId: by.requestId,
  }
}
