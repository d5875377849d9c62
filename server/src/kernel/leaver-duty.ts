import type { Role } from '@desk/shared/identity/roles'
import type { PendingWork } from '@desk/shared/identity/team'
import type { Db, Trx } from '../database.ts'
import type { Attribution } from './actor.ts'

/**
 * One kind of work that waits in a person's name and must not outlive their stay. Modules that have such
 * work hand theirs in from above.
 */
export interface LeaverDuty {
  /** What there is, for the admin to see before. */
  pending(db: Db, userId: string): Promise<readonly PendingWork[]>
  /** Voids it in the caller's transaction and answers what it was. */
  release(trx: Trx, userId: string, by: Attribution): Promise<readonly PendingWork[]>
  /** Voids what depended on a role that the person has lost, in the caller's transaction. */
  rolesChanged?(
    trx: Trx,
    change: {
      readonly userId: string
      readonly before: readonly Role[]
      readonly after: readonly Role[]
    },
    by: Attribution,
  ): Promise<void>
}
