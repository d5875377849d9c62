import { sql } from 'kysely'
import type { Db, Trx } from '../database.ts'
import { advisoryLocks } from '../kernel/advisory-locks.ts'
import {
  type BackgroundLoop,
  type BackgroundLoopOptions,
  startLoop,
} from '../kernel/background-loop.ts'
import { applyDrift } from '../drift/apply-drift.ts'
import { findDriftDue } from '../drift/drift-cases.queries.ts'
import { applyFacts } from './apply-facts.ts'
import { markSilences } from './silences.queries.ts'
import { noteOverDrift } from './note-over-drift.ts'
import {
  findChanged,
  findJudged,
  findWaitingLong,
  lastObservation,
} from './judged-payments.queries.ts'

export interface AttentionSweep {
  readonly db: Db
  readonly now: () => Date
  readonly log: { error(facts: object, message: string): void }
  /** See `BackgroundLoopOptions`. */
  readonly turn?: BackgroundLoopOptions['turn']
}

const everyMs = 5_000
const observationsPerRound = 1_000
const waitingPerRound = 500
const driftDuePerRound = 500
/** Longer than any transaction that learns something lasts: Desk's connections end an idle one after half of it. */
const settledAfterMs = 60_000

/**
 * Keeps the queue level with what is known of the payments, apart from how it is learned: receiving
 * webhooks never waits for it. Of all Desks on a database one does a round at a time.
 */
export function startAttentionSweep(sweep: AttentionSweep): BackgroundLoop {
  return startLoop({
    name: 'attention',
    round: () => sweepOnce(sweep),
    intervalMs: everyMs,
    log: sweep.log,
    turn: sweep.turn,
  })
}

/** Resolves to whether more is waiting to be judged. */
export async function sweepOnce({ db, now }: Pick<AttentionSweep, 'db' | 'now'>): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    if (!(await isOurTurn(trx))) return false
    const at = now()
    const progress = await readProgress(trx, at)
    const changed = await findChanged(trx, {
      after: progress.reached,
      limit: observationsPerRound,
    })
    await judge(trx, changed.ids, at)
    await saveProgress(trx, nextProgress(progress, changed, at))
    if (!changed.isEnd) return true
    const waiting = await findWaitingLong(trx, { now: at, limit: waitingPerRound })
    await applyFacts(trx, await findJudged(trx, waiting), at)
    const due = await findDriftDue(trx, { now: at, limit: driftDuePerRound })
    await judge(trx, due, at)
    return due.length === driftDuePerRound
  })
}

/** First in what the two stories disagree, then what of all waits for a person. */
async function judge(trx: Trx, ids: readonly string[], at: Date): Promise<void> {
  const drifted = await applyDrift(trx, ids, at)
  await applyFacts(trx, await findJudged(trx, ids), at)
  await noteOverDrift(trx, drifted, at)
  await markSilences(trx, ids)
}

interface Progress {
  readonly reached: number
  readonly ground: number
  readonly turnedAt: Date
}

/**
 * At its end the walk turns back, once a minute, to where it stood a minute ago: what was committed late is
 * then seen too. Everything is judged twice so, which changes nothing where nothing changed.
 */
function nextProgress(
  { ground, turnedAt }: Progress,
  { reached, isEnd }: { readonly reached: number; readonly isEnd: boolean },
  at: Date,
): Progress {
  const isTurn = isEnd && at.getTime() - turnedAt.getTime() >= settledAfterMs
  return isTurn ? { reached: ground, ground: reached, turnedAt: at } : { reached, ground, turnedAt }
}

async function isOurTurn(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{ isOurs: boolean }>`
    select pg_try_advisory_xact_lock(${advisoryLocks.attention}::bigint) as "isOurs"`.execute(trx)
  return rows[0]?.isOurs === true
}

/** More observations than all transactions of all connections can have under way at once. */
const underWayMax = 20_000

/** The first walk covers everything, and turns back to what was learned at its beginning. */
async function readProgress(trx: Trx, at: Date): Promise<Progress> {
  const row = await trx
    .selectFrom('attention_progress')
    .select(['reached', 'ground', 'turned_at as turnedAt'])
    .executeTakeFirst()
  if (row) return row
  const ground = Math.max(0, (await lastObservation(trx)) - underWayMax)
  return { reached: 0, ground, turnedAt: at }
}

async function saveProgress(trx: Trx, { reached, ground, turnedAt }: Progress): Promise<void> {
  const saved = { reached, ground, turned_at: turnedAt }
  await trx
    .insertInto('attention_progress')
    .values(saved)
    .onConflict((conflict) => conflict.column('only_row').doUpdateSet(saved))
    .execute()
}
