import type { SystemFacts } from '@desk/shared/system/system-facts'
import type { Db } from '../database.ts'
import type { UpstreamState } from '../gateway/upstream-health.ts'
import { readSyncFacts } from './sync-facts.ts'
import {
  countDesks,
  readAuditFacts,
  readBudgetFacts,
  readDriftFacts,
  readExportFacts,
  readJobFacts,
  readNewestMigration,
  readStorageFacts,
  readWebhookFacts,
} from './system-facts.queries.ts'
import { readWithdrawalFacts } from './withdrawal-facts.queries.ts'

/** However many look, the database is asked once in so long. */
const FRESH_MS = 4_000
/** Sizes are asked of the file system, and change slowly. */
const SIZES_FRESH_MS = 60_000

export interface SystemStatusOptions {
  /** Statements are cut short here. */
  readonly reads: Db
  readonly now: () => Date
  readonly zone: () => Promise<string>
  readonly version: string
  readonly upstream: () => UpstreamState
  readonly live: () => SystemFacts['live']
  readonly rate: { readonly perSecond: number; readonly burst: number }
  /** How many migrations of this Desk the database lacks. */
  readonly migrationsDue: () => Promise<number>
  readonly log: { warn(facts: object, message: string): void }
}

export interface SystemStatus {
  /** At most a few seconds old; parts that could not be read are null. */
  facts(): Promise<SystemFacts>
}

export function createSystemStatus(options: SystemStatusOptions): SystemStatus {
  const { reads, now } = options
  const sizes = kept({ freshMs: SIZES_FRESH_MS, now, read: () => readStorageFacts(reads) })
  const facts = kept({ freshMs: FRESH_MS, now, read: () => readFacts(options, sizes) })
  return { facts }
}

async function readFacts(
  options: SystemStatusOptions,
  sizes: () => Promise<NonNullable<SystemFacts['storage']>>,
): Promise<SystemFacts> {
  const { reads, now, zone, rate, log } = options
  const at = now()
  const part = async <Value>(name: string, reading: Promise<Value>): Promise<Value | null> => {
    try {
      return await reading
    } catch (error) {
      log.warn({ err: error, part: name }, 'A part of the system status could not be read')
      return null
    }
  }
  // A few at a time would be slower, all at once would take every connection: two halves.
  const [webhooks, sync, budget, jobs] = await Promise.all([
    part(
      'webhooks',
      zone().then((businessZone) => readWebhookFacts(reads, { now: at, zone: businessZone })),
    ),
    part('sync', readSyncFacts(reads)),
    part('budget', readBudgetFacts(reads, rate)),
    part('jobs', readJobFacts(reads)),
  ])
  const [drift, withdrawals, exports, audit, storage, desks, migrations] = await Promise.all([
    part('drift', readDriftFacts(reads)),
    part('withdrawals', readWithdrawalFacts(reads)),
    part('exports', readExportFacts(reads)),
    part('audit', readAuditFacts(reads)),
    part('storage', sizes()),
    part('desks', countDesks(reads)),
    part('migrations', readMigrations(options)),
  ])
  return {
    at: at.toISOString(),
    version: options.version,
    webhooks,
    sync,
    upstream: upstreamFacts(options.upstream()),
    budget,
    jobs,
    drift,
    withdrawals,
    exports,
    audit,
    storage,
    live: options.live(),
    desks,
    migrations,
  }
}

async function readMigrations({ reads, migrationsDue }: SystemStatusOptions) {
  return { newest: await readNewestMigration(reads), due: await migrationsDue() }
}

function upstreamFacts(state: UpstreamState): SystemFacts['upstream'] {
  return {
    circuit: state.circuit,
    retryAt: state.retryAt?.toISOString() ?? null,
    lastSuccessAt: state.lastSuccessAt?.toISOString() ?? null,
    lastFailureAt: state.lastFailureAt?.toISOString() ?? null,
    lastFailure: state.lastFailure && {
      outcome: state.lastFailure.outcome,
      status: state.lastFailure.status,
      message: state.lastFailure.message,
    },
    rateLimitedCount: state.rateLimitedCount,
    blockedUntil: state.blockedUntil?.toISOString() ?? null,
  }
}

/** Those who ask while it is being read, or soon after, share one reading; a failure is not kept. */
function kept<Value>({ freshMs, now, read }: Kept<Value>): () => Promise<Value> {
  let last: { readonly atMs: number; readonly value: Promise<Value> } | null = null
  return () => {
    const atMs = now().getTime()
    if (last !== null && atMs - last.atMs < freshMs) return last.value
    const reading = { atMs, value: read() }
    last = reading
    reading.value.catch(() => {
      if (last === reading) last = null
    })
    return reading.value
  }
}

interface Kept<Value> {
  readonly freshMs: number
  readonly now: () => Date
  readonly read: () => Promise<Value>
}
