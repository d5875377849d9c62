import * as z from 'zod'
import type { World } from '../world.ts'

/** What a fresh history is made of; what is left out is as the settings say. */
export const freshStart = z.object({
  seed: z
    .string()
    .min(1, 'must not be empty')
    .max(100, 'must have at most 100 characters')
    .optional(),
  historyCount: z
    .int('must be a whole number')
    .min(0, 'must be at least 0')
    .max(1_000_000, 'must be at most 1000000')
    .optional(),
})

/** Throws everything away but the webhook endpoints, and begins with a fresh history. */
export function startOver(world: World, { seed, historyCount }: z.infer<typeof freshStart>): void {
  world.reset({
    ...(seed !== undefined && { seed }),
    ...(historyCount !== undefined && { historyCount }),
  })
  world.requests.clear()
}
