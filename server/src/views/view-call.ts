import type { Db } from '../database.ts'
import type { Actor, Attribution } from '../kernel/actor.ts'

/** What everything people do about their views works with. */
export interface ViewCall {
  readonly db: Db
  readonly actor: Actor
  readonly by: Attribution
}
