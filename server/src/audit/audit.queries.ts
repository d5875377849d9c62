import { type Selectable, sql } from 'kysely'
import type {
  AuditEntry,
  AuditHead,
  AuditSubject,
  HistoryEntry,
} from '@desk/shared/audit/audit-entry'
import type { AuditPage } from '@desk/shared/audit/audit-query'
import type { BusinessDayRule } from '@desk/shared/time/business-day'
import type { Db } from '../database.ts'
import type { Database } from '../database-schema.ts'
import { refuseTooBroad } from '../kernel/refuse-too-broad.ts'
import { indexableText } from '../kernel/storable-text.ts'
import { matching } from './audit-matching.ts'
import { type AuditPageRequest, encodeCursor } from './audit-page-request.ts'
import { genesisHash } from './chain.ts'

const PAGE_SIZE = 50
const HISTORY_MAX = 50
const ACTORS_MAX = 1_000

const columns = [
  'seq',
  'at',
  'actor_id',
  'actor_name',
  'actor_email',
  'action',
  'outcome',
  'reason',
  'subject_kind',
  'subject_id',
  'subject_label',
  'before',
  'after',
  'address',
  'request_id',
  'hash',
] as const

/**
 * One page of the log, newest first, by keyset: every page costs the same however deep it is, and
 * entries that arrive meanwhile neither repeat nor hide others. Refuses with `search_too_broad`.
 */
export async function readAuditPage(
  reads: Db,
  { query, before }: AuditPageRequest,
  rule: BusinessDayRule,
): Promise<AuditPage> {
  const found = matching(reads.selectFrom('audit_entry'), query, rule)
  const rows = await refuseTooBroad(() =>
    (before === null ? found : found.where('seq', '<', before))
      .select(columns)
      .orderBy('seq', 'desc')
      .limit(PAGE_SIZE + 1)
      .execute(),
  )
  const page = rows.slice(0, PAGE_SIZE)
  const last = page.at(-1)
  const more = rows.length > PAGE_SIZE && last !== undefined
  return {
    entries: page.map(toEntry),
    nextCursor: more ? encodeCursor(last.seq, query) : null,
  }
}

/** Undefined where the log has no entry of that number. */
export async function findEntry(reads: Db, seq: number): Promise<AuditEntry | undefined> {
  const row = await reads
    .selectFrom('audit_entry')
    .select(columns)
    .where('seq', '=', seq)
    .executeTakeFirst()
  return row && toEntry(row)
}

/** The newest entries about one object, newest first, without where people came from. */
export async function readHistory(
  reads: Db,
  { kind, id }: AuditSubject,
): Promise<readonly HistoryEntry[]> {
  const rows = await reads
    .selectFrom('audit_entry')
    .select(columns)
    .where('subject_kind', '=', kind)
    .where('subject_id', '=', indexableText(id))
    .orderBy('seq', 'desc')
    .limit(HISTORY_MAX)
    .execute()
  return rows.map((row) => {
    const { address: _address, ...entry } = toEntry(row)
    return entry
  })
}

/** Everybody the log tells of, by name, as they were called last: one look into the index for each. */
export async function readActors(reads: Db): Promise<readonly NonNullable<AuditEntry['actor']>[]> {
  const { rows } = await sql<{ id: string; name: string; email: string }>`
    with recursive actor as (
      (select actor_id as id from audit_entry
        where actor_id is not null order by actor_id limit 1)
      union all
      select (select actor_id from audit_entry
        where actor_id > actor.id order by actor_id limit 1)
      from actor where actor.id is not null
    )
    select latest.id, latest.name, latest.email
    from (select id from actor where id is not null limit ${ACTORS_MAX}) as actor
    cross join lateral (
      select actor_id as id, coalesce(actor_name, '') as name, coalesce(actor_email, '') as email
      from audit_entry where actor_id = actor.id order by seq desc limit 1
    ) as latest
    order by lower(latest.name), latest.id`.execute(reads)
  return rows
}

export async function readAuditHead(db: Db): Promise<AuditHead> {
  const last = await db
    .selectFrom('audit_entry')
    .select(['seq', 'hash', 'at'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return last
    ? { seq: last.seq, hash: last.hash.toString('hex'), at: last.at.toISOString() }
    : { seq: 0, hash: genesisHash.toString('hex'), at: null }
}

type EntryRow = Pick<Selectable<Database['audit_entry']>, (typeof columns)[number]>

function toEntry(row: EntryRow): AuditEntry {
  const { seq, action, outcome, reason, before, after, address } = row
  return {
    seq,
    at: row.at.toISOString(),
    actor:
      row.actor_id === null
        ? null
        : { id: row.actor_id, name: row.actor_name ?? '', email: row.actor_email ?? '' },
    action,
    outcome,
    reason,
    subject:
      row.subject_kind === null || row.subject_id === null
        ? null
        : { kind: row.subject_kind, id: row.subject_id, label: row.subject_label },
    before,
    after,
    address,
    requestId: row.request_id,
    hash: row.hash.toString('hex'),
  }
}
