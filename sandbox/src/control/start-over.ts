import * as z from 'zod'
import type { World } from '../world.ts'

/** What a fresh history is made of; what is left out is as the settings say. */
export const freshStart = z.object({
  seed: z.string().min(1).max(100).optional(),
  historyCount: z.int().min(0).max(1_000_000).optional(),
})

/** Throws everything away but the webhook endpoints, and begins with a fresh history. */
export function startOver(world: World, { seed, historyCount }: z.infer<typeof freshStart>): void {
  world.reset({
    ...(seed !== undefined && { seed }),
    ...(historyCount !== undefined && { historyCount }),
  })
  world.requests.clear()
}
