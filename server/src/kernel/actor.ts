import type { Permission } from '@desk/shared/identity/permissions'
import type { Role } from '@desk/shared/identity/roles'
import type { StepUpWay, UserId } from '@desk/shared/identity/session'

/** A signed-in person, as of this request: roles and factors are read from the database each time. */
export interface Actor {
  readonly userId: UserId
  readonly sessionId: string
  readonly name: string
  readonly email: string
  readonly roles: readonly Role[]
  readonly permissions: ReadonlySet<Permission>
  /** The roles ask for a second factor and there is none yet: next to nothing is permitted. */
  readonly mustEnrol: boolean
  readonly stepUpWays: readonly StepUpWay[]
  /** When they last showed who they are: by second factor, or by signing in where they have none. */
  readonly provedAt: Date
}

/** By whom, from where and when something was done: what every audit entry begins with. */
export interface Attribution {
  /** Null for visitors and for what Desk does by itself. */
  readonly actor: Pick<Actor, 'userId' | 'name' | 'email'> | null
  /** Null for what Desk does by itself. */
  readonly address: string | null
  readonly requestId: string | null
  readonly at: Date
}
