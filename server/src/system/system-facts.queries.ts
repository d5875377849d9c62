import { sql } from 'kysely'
import { COUNTED_MAX, type SystemFacts } from '@desk/shared/system/system-facts'
import type { Db } from '../database.ts'
import { advisoryLocks } from '../kernel/advisory-locks.ts'
import { readArrivalGap } from '../webhooks/arrival-gap.queries.ts'

const HOUR_MS = 60 * 60_000
const TABLES_MAX = 8

type Part<Name extends keyof SystemFacts> = NonNullable<SystemFacts[Name]>

/** Each count walks an index and ends at the bound. */
export async function readWebhookFacts(
  reads: Db,
  when: { readonly now: Date; readonly zone: string },
): Promise<Part<'webhooks'>> {
  const hourAgo = new Date(when.now.getTime() - HOUR_MS)
  const counted = await sql<{
    waiting: number
    oldest: Date | null
    parked: number
    refused: number
  }>`
    with waiting as (
      select received_at from webhook_delivery
      where processed_at is null and parked_at is null and verdict = 'valid'
      order by id limit ${COUNTED_MAX}
    )
    select (select count(*) from waiting) as waiting,
      (select min(received_at) from waiting) as oldest,
      (select count(*) from (
        select from webhook_delivery where parked_at is not null limit ${COUNTED_MAX}) as parked) as parked,
      (select count(*) from (
        select from webhook_quarantine where received_at > ${hourAgo} limit ${COUNTED_MAX}) as refused) as refused
  `.execute(reads)
  const gap = await readArrivalGap(reads, when)
  const row = counted.rows[0]
  return {
    gap,
    waiting: row?.waiting ?? 0,
    oldestWaitingAt: row?.oldest?.toISOString() ?? null,
    parked: row?.parked ?? 0,
    refusedInLastHour: row?.refused ?? 0,
  }
}

/** What stands in the bucket that all Desks share, on Postgres's clock. */
export async function readBudgetFacts(
  reads: Db,
  rate: { readonly perSecond: number; readonly burst: number },
): Promise<Part<'budget'>> {
  const { rows } = await sql<{ left: number }>`
    select least(${rate.burst}::float8, tokens
      + extract(epoch from clock_timestamp() - refilled_at)::float8 * ${rate.perSecond}::float8) as left
    from gateway_budget where name = 'spacepay'`.execute(reads)
  return { callsLeft: rows[0]?.left ?? rate.burst, ...rate }
}

/** The view over the queue has no payloads in it. */
export async function readJobFacts(reads: Db): Promise<Part<'jobs'>> {
  const { rows } = await sql<{
    due: number
    running: number
    failed: number
    oldest: Date | null
  }>`
    select count(*) filter (where locked_at is null and run_at <= now() and attempts < max_attempts) as due,
      count(*) filter (where locked_at is not null) as running,
      count(*) filter (where attempts >= max_attempts and locked_at is null) as failed,
      min(run_at) filter (where locked_at is null and run_at <= now() and attempts < max_attempts) as oldest
    from (
      select run_at, locked_at, attempts, max_attempts from graphile_worker.jobs limit ${COUNTED_MAX}
    ) as jobs`.execute(reads)
  const row = rows[0]
  return {
    due: row?.due ?? 0,
    running: row?.running ?? 0,
    failed: row?.failed ?? 0,
    oldestDueAt: row?.oldest?.toISOString() ?? null,
  }
}

export async function readDriftFacts(reads: Db): Promise<Part<'drift'>> {
  const { rows } = await sql<{ open: number; stake: number }>`
    select count(*) as open, coalesce(sum(stake_cents), 0)::bigint as stake
    from (select stake_cents from drift where state = 'open' limit ${COUNTED_MAX}) as open`.execute(
    reads,
  )
  return { open: rows[0]?.open ?? 0, stakeCents: rows[0]?.stake ?? 0 }
}

export async function readAuditFacts(reads: Db): Promise<Part<'audit'>> {
  const row = await reads
    .selectFrom('audit_proof')
    .select(['proved_at', 'proved_seq', 'fault_seq', 'fault'])
    .executeTakeFirstOrThrow()
  const { proved_at, proved_seq, fault_seq, fault } = row
  return {
    provedAt: proved_at?.toISOString() ?? null,
    entries: proved_seq,
    fault: fault_seq === null || fault === null ? null : { seq: fault_seq, text: fault },
  }
}

export async function readExportFacts(reads: Db): Promise<Part<'exports'>> {
  const { rows } = await sql<{ queued: number; running: number }>`
    select count(*) filter (where state = 'queued') as queued,
      count(*) filter (where state = 'running') as running
    from (
      select state from export where state in ('queued', 'running') limit ${COUNTED_MAX}
    ) as open`.execute(reads)
  return { queued: rows[0]?.queued ?? 0, running: rows[0]?.running ?? 0 }
}

/** Asks the file system about each table, of which there are a few dozen: not for every request. */
export async function readStorageFacts(reads: Db): Promise<Part<'storage'>> {
  const size = await sql<{ bytes: number }>`
    select pg_database_size(current_database()) as bytes`.execute(reads)
  const tables = await sql<{ name: string; bytes: number; rows_about: number }>`
    select relname as name, pg_total_relation_size(oid) as bytes,
      greatest(reltuples, 0)::bigint as rows_about
    from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace
    order by bytes desc, name limit ${TABLES_MAX}`.execute(reads)
  return {
    databaseBytes: size.rows[0]?.bytes ?? 0,
    tables: tables.rows.map(({ name, bytes, rows_about }) => ({
      name,
      bytes,
      rowsAbout: rows_about,
    })),
  }
}

/** Pools of workers whose process still holds its lock: one for each Desk. */
export async function countDesks(reads: Db): Promise<number> {
  const { rows } = await sql<{ desks: number }>`
    select count(*) as desks from worker_pool where exists (
      select from pg_locks
      where locktype = 'advisory' and classid = ${advisoryLocks.workerPools}::bigint::oid
        and objid = worker_pool.number::oid and objsubid = 2 and granted
        and database = (select oid from pg_database where datname = current_database()))`.execute(
    reads,
  )
  return rows[0]?.desks ?? 0
}

/** The name of the migration that ran last. */
export async function readNewestMigration(reads: Db): Promise<string | null> {
  const { rows } = await sql<{ name: string }>`
    select name from desk_migration order by name desc limit 1`.execute(reads)
  return rows[0]?.name ?? null
}
