import { sql } from 'kysely'
import type { BusinessDaySetting } from '@desk/shared/settlements/business-day-setting'
import type { Db } from '../database.ts'

/** How business days are set, and how far the next rule has come. */
export async function readBusinessDaySetting(db: Db): Promise<BusinessDaySetting> {
  const rules = await db
    .selectFrom('business_day_rule as rule')
    .leftJoin('person', 'person.id', 'rule.set_by')
    .select([
      'rule.id',
      'rule.zone',
      'rule.cut_off as cutOff',
      'rule.state',
      'rule.set_at as setAt',
      'rule.active_since as since',
      'rule.built_count as counted',
      'person.name as setBy',
    ])
    .where('rule.state', 'in', ['active', 'building'])
    .execute()
  const active = rules.find(({ state }) => state === 'active')
  const building = rules.find(({ state }) => state === 'building')
  return {
    inForce: active
      ? {
          zone: active.zone,
          cutOff: active.cutOff,
          since: (active.since ?? active.setAt).toISOString(),
          setBy: active.setBy,
        }
      : null,
    building: building
      ? {
          id: building.id,
          zone: building.zone,
          cutOff: building.cutOff,
          setBy: building.setBy,
          setAt: building.setAt.toISOString(),
          counted: building.counted,
          payments: Math.max(building.counted, await countedPayments(db, active?.id ?? 0)),
        }
      : null,
  }
}

/** By the sums of the rule in use, which know it without counting. */
async function countedPayments(db: Db, ruleId: number): Promise<number> {
  const row = await db
    .selectFrom('payment_rollup')
    .select((eb) => eb.fn.sum<string | null>('payments').as('payments'))
    .where('rule_id', '=', ruleId)
    .where('basis', '=', 'created')
    .executeTakeFirst()
  return Number(row?.payments ?? 0)
}

/** Whether the database, which adds up by it too, knows a zone by this name. */
export async function isKnownZone(db: Db, zone: string): Promise<boolean> {
  const { rows } = await sql<{ isKnown: boolean }>`
    select exists (select from pg_timezone_names where name = ${zone}) as "isKnown"`.execute(db)
  return rows[0]?.isKnown === true
}
