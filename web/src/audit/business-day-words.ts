import type { AuditAction } from '@desk/shared/audit/audit-action'
import { zoneName } from '../ui/moment-text.ts'
import type { EntryFacts } from './entry-facts.ts'
import type { ActionWords } from './entry-words.ts'

type BusinessDayAction = Extract<AuditAction, `business_day.${string}`>

/** When business days begin. */
export const businessDayWords: Readonly<Record<BusinessDayAction, ActionWords>> = {
  'business_day.change': {
    done: ({ before, after }) =>
      `set business days to begin at ${rule(after)} instead of ${rule(before)}`,
    tried: () => 'change when business days begin',
  },
  'business_day.cancel': {
    done: ({ before, after }) =>
      `stopped the change of business days to ${rule(before)}: they begin at ${rule(after)}`,
    tried: () => 'stop the change of business days',
  },
  'business_day.in_force': {
    done: ({ before, after }) =>
      `counted every payment anew: business days begin at ${rule(after)}, no longer at ${rule(before)}`,
    tried: () => 'count every payment by another business day',
  },
}

function rule(facts: EntryFacts): string {
  const [cutOff, zone] = [facts.text('cutOff'), facts.text('zone')]
  return cutOff === '' || zone === '' ? 'another time' : `${cutOff} in ${zoneName(zone)}`
}
