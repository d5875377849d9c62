import { type SelectQueryBuilder, sql } from 'kysely'
import type { AuditOutcome } from '@desk/shared/audit/audit-entry'
import type { Db } from '../database.ts'
import type { Database } from '../database-schema.ts'
import type { ChainedEntry } from './chain.ts'

/** A row as the chain knows it. */
export interface ChainedRow {
  readonly entry: ChainedEntry
  readonly previousHash: Buffer
  readonly hash: Buffer
}

export type EntrySelection = SelectQueryBuilder<Database, 'audit_entry', object>

export interface Walk {
  /** Narrows the rows; all of them unless given. */
  readonly only?: (rows: EntrySelection) => EntrySelection
  readonly batch?: number
}

const BATCH = 1_000

/** The log from its beginning, in batches, each by a statement of its own: memory stays flat. */
export async function* chainedRows(db: Db, walk: Walk = {}): AsyncGenerator<ChainedRow> {
  const { only = (rows) => rows, batch = BATCH } = walk
  for (let after: number | null = null; ;) {
    const rows = await readBatch(only(db.selectFrom('audit_entry')), { after, batch })
    for (const row of rows) yield toChained(row)
    const last = rows.at(-1)
    if (!last || rows.length < batch) return
    after = last.seq
  }
}

interface Stretch {
  readonly after: number | null
  readonly batch: number
}

interface ReadRow extends Omit<ChainedEntry, 'outcome'> {
  readonly outcome: AuditOutcome
  readonly previousHash: Buffer
  readonly hash: Buffer
}

async function readBatch(rows: EntrySelection, { after, batch }: Stretch): Promise<ReadRow[]> {
  return (after === null ? rows : rows.where('audit_entry.seq', '>', after))
    .select([
      reachableSeq.as('seq'),
      exactInstant.as('at'),
      'actor_id as actorId',
      'actor_name as actorName',
      'actor_email as actorEmail',
      'action',
      'outcome',
      'reason',
      'subject_kind as subjectKind',
      'subject_id as subjectId',
      'subject_label as subjectLabel',
      'before',
      'after',
      'address',
      'request_id as requestId',
      'previous_hash as previousHash',
      'hash',
    ])
    .orderBy('audit_entry.seq')
    .limit(batch)
    .execute()
}

/** Somebody who forges an entry may number it beyond what a JavaScript integer holds. */
const reachableSeq = sql<number>`
  greatest(${-Number.MAX_SAFE_INTEGER}, least(seq, ${Number.MAX_SAFE_INTEGER}))`

/** With microseconds, which a Date cannot hold; instants before Christ keep their mark. */
const exactInstant = sql<string>`
  replace(to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"BC'), 'AD', '')`

function toChained({ previousHash, hash, ...entry }: ReadRow): ChainedRow {
  return { entry, previousHash, hash }
}
