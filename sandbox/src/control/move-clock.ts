import * as z from 'zod'
import type { World } from '../world.ts'

const DAY_MS = 86_400_000

/** How far the clock may be moved at once. */
export const clockAdvance = z.object({
  ms: z
    .int()
    .positive()
    .max(400 * DAY_MS, 'must be at most 400 days'),
})

/** Moves sandbox time forward; everything that comes due meanwhile happens at its own time. */
export function advanceClock(world: World, { ms }: z.infer<typeof clockAdvance>): void {
  const offsetMs = world.clock.offsetMs() + ms
  world.clock.setOffset(offsetMs)
  world.journal.append({ kind: 'clock', value: { offsetMs } })
  world.agenda.runDue()
}
