import { sql } from 'kysely'
import type { AuditAction } from '@desk/shared/audit/audit-action'
import type { AuditOutcome, AuditSubjectKind } from '@desk/shared/audit/audit-entry'
import type { Trx } from '../database.ts'
import type { Attribution } from '../kernel/actor.ts'
import { advisoryLocks } from '../kernel/advisory-locks.ts'
import { indexableText, shortened } from '../kernel/storable-text.ts'
import { canonicalJson, type ChainedEntry, entryHash, genesisHash } from './chain.ts'

const textCharactersMax = 2_000

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
 * Text that Postgres cannot hold is cleaned and long text cut: what somebody typed fails no change here.
 */
export async function recordAudit(trx: Trx, by: Attribution, entry: NewAuditEntry): Promise<void> {
  await lockChain(trx)
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

/**
 * What follows must see what others committed while this one waited, as only a read committed
 * transaction does: each of its statements looks anew.
 */
async function lockChain(trx: Trx): Promise<void> {
  const { rows } = await sql<{ isolation: string }>`
    select current_setting('transaction_isolation') as isolation
    from pg_advisory_xact_lock(${advisoryLocks.auditChain})`.execute(trx)
  if (rows[0]?.isolation !== 'read committed') {
    throw new Error('The audit log is appended to in read committed transactions only.')
  }
}

function chainedEntry(seq: number, by: Attribution, entry: NewAuditEntry): ChainedEntry {
  return {
    seq,
    at: by.at.toISOString().replace('Z', '000Z'),
    actorId: by.actor && indexableText(by.actor.userId),
    actorName: orNull(by.actor?.name),
    actorEmail: orNull(by.actor?.email),
    action: entry.action,
    outcome: entry.outcome ?? 'done',
    reason: orNull(entry.reason),
    subjectKind: entry.subject?.kind ?? null,
    subjectId: entry.subject ? indexableText(entry.subject.id) : null,
    subjectLabel: orNull(entry.subject?.label),
    before: entry.before === undefined ? null : canonicalJson(entry.before),
    after: entry.after === undefined ? null : canonicalJson(entry.after),
    address: orNull(by.address),
    requestId: orNull(by.requestId),
  }
}

function orNull(text: string | null | undefined): string | null {
  return text === null || text === undefined ? null : shortened(text, textCharactersMax)
}
