import type { ChangeBusinessDayInput } from '@desk/shared/settlements/business-day-setting'
import { recordAudit } from '../audit/record-audit.ts'
import type { Db, Trx } from '../database.ts'
import type { Actor, Attribution } from '../kernel/actor.ts'
import { publish } from '../kernel/live-events.ts'
import { Refusal } from '../kernel/refusal.ts'
import { isKnownZone } from './business-day-setting.queries.ts'

export interface BusinessDayChange {
  readonly db: Db
  readonly by: Attribution
  readonly actor: Pick<Actor, 'userId'>
}

/**
 * Has all payments counted by another rule, which comes into force when it is whole. Refuses with
 * `zone_unknown`, with `business_day_same`, and with `business_day_building` while another is being built.
 */
export async function changeBusinessDay(
  { db, by, actor }: BusinessDayChange,
  { zone, cutOff }: ChangeBusinessDayInput,
): Promise<void> {
  if (!(await isKnownZone(db, zone))) {
    throw new Refusal('invalid', 'zone_unknown', `The database knows no zone ${zone}.`)
  }
  await db.transaction().execute(async (trx) => {
    const active = await lockRule(trx, 'active')
    const building = await findRule(trx, 'building')
    if (!active || building) {
      throw new Refusal(
        'conflict',
        'business_day_building',
        'Business days are being rebuilt already. Wait until that is done, or stop it first.',
      )
    }
    if (active.zone === zone && active.cutOff === cutOff) {
      const message = `Business days begin at ${cutOff} in ${zone} already.`
      throw new Refusal('conflict', 'business_day_same', message)
    }
    await trx
      .insertInto('business_day_rule')
      .values({ zone, cut_off: cutOff, state: 'building', set_by: actor.userId, set_at: by.at })
      .execute()
    await publish(trx, { kind: 'business_day.changed' })
    await recordAudit(trx, by, {
      action: 'business_day.change',
      before: { zone: active.zone, cutOff: active.cutOff },
      after: { zone, cutOff },
    })
  })
}

/** Lets days be as they are. Refuses with `business_day_not_building`, also where it came into force meanwhile. */
export async function cancelBusinessDay({ db, by }: BusinessDayChange, id: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const active = await findRule(trx, 'active')
    const stopped = await trx
      .updateTable('business_day_rule')
      .set({ state: 'past' })
      .where('id', '=', id)
      .where('state', '=', 'building')
      .returning(['zone', 'cut_off as cutOff'])
      .executeTakeFirst()
    if (!active || !stopped) {
      const message = 'Nothing is being rebuilt any more: it is done, or was stopped.'
      throw new Refusal('conflict', 'business_day_not_building', message)
    }
    await publish(trx, { kind: 'business_day.changed' })
    await recordAudit(trx, by, {
      action: 'business_day.cancel',
      before: { zone: stopped.zone, cutOff: stopped.cutOff },
      after: { zone: active.zone, cutOff: active.cutOff },
    })
  })
}

function findRule(trx: Trx, state: 'active' | 'building') {
  return ruleIn(trx, state).executeTakeFirst()
}

/** One change at a time, and none while another comes into force. */
function lockRule(trx: Trx, state: 'active') {
  return ruleIn(trx, state).forUpdate().executeTakeFirst()
}

function ruleIn(trx: Trx, state: 'active' | 'building') {
  return trx
    .selectFrom('business_day_rule')
    .select(['zone', 'cut_off as cutOff'])
    .where('state', '=', state)
}
