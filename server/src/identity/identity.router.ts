import type { Greeting, Me } from '@desk/shared/identity/session'
import { readViewZone } from './profile.queries.ts'
import { allow, allowAnyone, router } from '../kernel/trpc.ts'

export const identityRouter = router({
  greeting: allowAnyone('greeting:read').query(({ ctx }): Greeting => ctx.greeting),

  me: allow('session:read').query(async ({ ctx }): Promise<Me> => {
    const { userId, name, email, roles, permissions, mustEnrol, stepUpWays } = ctx.actor
    return {
      userId,
      name,
      email,
      roles: [...roles],
      permissions: [...permissions],
      mustEnrol,
      stepUpWays: [...stepUpWays],
      viewZone: await readViewZone(ctx.db, userId),
    }
  }),
})
