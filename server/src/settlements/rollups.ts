import { sql } from 'kysely'
import type { Db, Trx } from '../database.ts'
import { recordAudit } from '../audit/record-audit.ts'
import { advisoryLocks } from '../kernel/advisory-locks.ts'
import {
  type BackgroundLoop,
  type BackgroundLoopOptions,
  startLoop,
} from '../kernel/background-loop.ts'
import { publish } from '../kernel/live-events.ts'
import { applyShares, instantsOf, takeDue } from './apply-shares.queries.ts'
import { coverDays, readRule, type NumberedRule } from './business-day-rules.queries.ts'

export interface Rollups {
  readonly db: Db
  readonly now: () => Date
  /** What days are where nobody has said otherwise yet: the environment's. */
  readonly zone: string
  readonly log: { error(facts: object, message: string): void }
  /** See `BackgroundLoopOptions`. */
  readonly turn?: BackgroundLoopOptions['turn']
}

const everyMs = 1_000
const duePerRound = 2_000
const builtPerRound = 5_000
const forgottenPerRound = 20_000

/**
 * Keeps the sums by business day level with the payments, a batch at a time and apart from what changes
 * them. Of all Desks on a database one does a round at a time.
 */
export function startRollups(rollups: Rollups): BackgroundLoop {
  return startLoop({
    name: 'rollups',
    round: () => countOnce(rollups),
    intervalMs: everyMs,
    log: rollups.log,
    turn: rollups.turn,
  })
}

/** Resolves to whether more is waiting to be counted. */
export async function countOnce({
  db,
  now,
  zone,
}: Pick<Rollups, 'db' | 'now' | 'zone'>): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    if (!(await isOurTurn(trx))) return false
    const at = now()
    const active = await readRule(trx, 'active')
    const building =
      (await readRule(trx, 'building')) ?? (active ? undefined : await firstRule(trx, zone, at))
    const rules = [active, building].filter((rule) => rule !== undefined)
    const due = await takeDue(trx, duePerRound)
    await count(trx, rules, due.ids)
    const built = building === undefined ? 'gone' : await buildOn(trx, building, at)
    const isForgotten = await forgetPast(trx)
    if (built !== 'gone') await publish(trx, { kind: 'business_day.changed' })
    if (built === 'whole' && active && building) await recordInForce(trx, { active, building, at })
    return !due.isAll || built === 'growing' || !isForgotten
  })
}

async function count(
  trx: Trx,
  rules: readonly NumberedRule[],
  ids: readonly string[],
): Promise<void> {
  const range = await instantsOf(trx, ids)
  if (!range) return
  for (const rule of rules) await coverDays(trx, rule, range)
  await applyShares(trx, ids)
}

/** One batch of payments for a rule that is not in use yet; at their end it is. Gone where somebody stopped it. */
async function buildOn(
  trx: Trx,
  rule: NumberedRule,
  at: Date,
): Promise<'growing' | 'whole' | 'gone'> {
  // Held until this batch is written, so that it is stopped before it or after it.
  const held = await trx
    .selectFrom('business_day_rule')
    .select('built_through as builtThrough')
    .where('id', '=', rule.id)
    .where('state', '=', 'building')
    .forUpdate()
    .executeTakeFirst()
  if (!held) return 'gone'
  const { builtThrough } = held
  const rows = await trx
    .selectFrom('payment')
    .select('id')
    .where('id', '>', builtThrough)
    .orderBy('id')
    .limit(builtPerRound)
    .execute()
  await count(
    trx,
    [rule],
    rows.map(({ id }) => id),
  )
  const isWhole = rows.length < builtPerRound
  if (isWhole) {
    await trx
      .updateTable('business_day_rule')
      .set({ state: 'past' })
      .where('state', '=', 'active')
      .execute()
  }
  await trx
    .updateTable('business_day_rule')
    .set((eb) => ({
      built_through: rows.at(-1)?.id ?? builtThrough,
      built_count: eb('built_count', '+', rows.length),
      ...(isWhole && { state: 'active', active_since: at }),
    }))
    .where('id', '=', rule.id)
    .execute()
  return isWhole ? 'whole' : 'growing'
}

async function recordInForce(
  trx: Trx,
  { active, building, at }: Readonly<Record<'active' | 'building', NumberedRule>> & { at: Date },
): Promise<void> {
  await recordAudit(
    trx,
    { actor: null, address: null, requestId: null, at },
    {
      action: 'business_day.in_force',
      before: { zone: active.zone, cutOff: active.cutOff },
      after: { zone: building.zone, cutOff: building.cutOff },
    },
  )
}

async function firstRule(trx: Trx, zone: string, at: Date): Promise<NumberedRule> {
  return trx
    .insertInto('business_day_rule')
    .values({ zone, cut_off: '00:00', state: 'building', set_at: at })
    .returning(['id', 'zone', 'cut_off as cutOff'])
    .executeTakeFirstOrThrow()
}

const pastTables = [
  'payment_share',
  'payment_rollup',
  'payment_rollup_hour',
  'payment_rollup_confirm',
  'payment_rollup_step',
  'business_day',
] as const

/** Drops some of what was counted by rules that are past; resolves to whether nothing of it is left. */
async function forgetPast(trx: Trx): Promise<boolean> {
  let room = forgottenPerRound
  for (const table of pastTables) {
    const { numAffectedRows = 0n } = await sql`
      delete from ${sql.table(table)} where ctid = any(array(
        select ctid from ${sql.table(table)}
        where rule_id in (select id from business_day_rule where state = 'past')
        limit ${room}
      ))
    `.execute(trx)
    room -= Number(numAffectedRows)
    if (room <= 0) return false
  }
  return true
}

async function isOurTurn(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{ isOurs: boolean }>`
    select pg_try_advisory_xact_lock(${advisoryLocks.rollups}::bigint) as "isOurs"`.execute(trx)
  return rows[0]?.isOurs === true
}
