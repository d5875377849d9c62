import { vi } from 'vitest'

/** Tries `check` until it passes: for what happens soon, but not at once. Patient, for busy machines. */
export async function eventually(check: () => unknown): Promise<void> {
  await vi.waitFor(check, { timeout: 4_500, interval: 20 })
}
