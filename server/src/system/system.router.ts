import type { SystemFacts } from '@desk/shared/system/system-facts'
import { allow, router } from '../kernel/trpc.ts'

export const systemRouter = router({
  /** What this Desk and its database say about themselves, at most a few seconds old. */
  status: allow('system:read').query(({ ctx }): Promise<SystemFacts> => ctx.system.facts()),
})
