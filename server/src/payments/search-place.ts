import type { Greeting } from '@desk/shared/identity/session'
import type { Actor, Attribution } from '../kernel/actor.ts'
import { dayOf } from '../kernel/business-days.ts'
import type { SearchPlace } from './payment-conditions.ts'

/** Today is the business day at this Desk's clock. */
export function searchPlace(asked: {
  readonly greeting: Pick<Greeting, 'businessZone'>
  readonly actor: Pick<Actor, 'userId' | 'roles'>
  readonly by: Pick<Attribution, 'at'>
}): SearchPlace {
  const { actor, by } = asked
  const zone = asked.greeting.businessZone
  return { zone, today: dayOf(by.at, zone), viewer: actor }
}
