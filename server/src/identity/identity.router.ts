import type { Greeting, Me } from '@desk/shared/identity/session'
import { allow, allowAnyone, router } from '../kernel/trpc.ts'

export const identityRouter = router({
  greeting: allowAnyone('greeting:read').query(({ ctx }): Greeting => ctx.greeting),

  me: allow('session:read').query(({ ctx }): Me => {
    const { userId, name, email, roles, permissions, mustEnrol, stepUpWays } = ctx.actor
    return {
      userId,
      name,
      email,
      roles: [...roles],
      permissions: [...permissions],
      mustEnrol,
      stepUpWays: [...stepUpWays],
    }
  }),
})
