import type { BusinessDayRule } from '@desk/shared/time/business-day'
import type { Db } from '../database.ts'

/**
 * When business days begin now; until the first rule is whole, what it will be. One row by its index, read
 * whenever it is asked for instead of remembered: so no Desk goes on counting by a rule that another replaced.
 */
export function ruleInForce(db: Db, zoneOfEnvironment: string) {
  const rule = async (): Promise<BusinessDayRule> => {
    const found = await db
      .selectFrom('business_day_rule')
      .select(['zone', 'cut_off as cutOff'])
      .where('state', 'in', ['active', 'building'])
      // In the alphabet the one in use comes first.
      .orderBy('state')
      .limit(1)
      .executeTakeFirst()
    return found ?? { zone: zoneOfEnvironment, cutOff: '00:00' }
  }
  return { rule, zone: async () => (await rule()).zone }
}
