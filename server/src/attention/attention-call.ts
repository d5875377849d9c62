import type { Db } from '../database.ts'
import type { Actor, Attribution } from '../kernel/actor.ts'

/** What everything people do here works with. */
export interface AttentionCall {
  readonly db: Db
  readonly actor: Actor
  readonly by: Attribution
}
