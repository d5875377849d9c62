import type { Greeting } from '@desk/shared/identity/session'
import { businessDayOf } from '@desk/shared/time/business-day'
import type { Actor, Attribution } from '../kernel/actor.ts'
import type { SearchPlace } from './payment-conditions.ts'

/** Today is the business day at this Desk's clock. */
export function searchPlace(asked: {
  readonly greeting: Pick<Greeting, 'businessDay'>
  readonly actor: Pick<Actor, 'userId' | 'roles'>
  readonly by: Pick<Attribution, 'at'>
}): SearchPlace {
  const { actor, by } = asked
  const rule = asked.greeting.businessDay
  return { ...rule, today: businessDayOf(by.at.getTime(), rule), viewer: actor }
}
