import * as z from 'zod'
import type { SandboxSettings } from '../settings.ts'
import type { Journal } from '../state/journal.ts'

/** What may be changed while a sandbox runs. */
export const switchesRecord = z.strictObject({
  /** Webhooks carry the documented snapshot, or the whole object as generation A did. */
  payload: z.enum(['minimal', 'full']),
  depositsEnabled: z.boolean(),
  withdrawalsEnabled: z.boolean(),
  /** Divides the pauses between webhook attempts. */
  retryDivisor: z.number().min(1).max(100_000),
})
export type SwitchesRecord = z.infer<typeof switchesRecord>

/** Any of them; what is left out stays. */
export const switchesWish = switchesRecord.exactPartial()

type Listener = (now: SwitchesRecord, before: SwitchesRecord) => void

export interface Switches {
  readonly get: () => SwitchesRecord
  readonly change: (wish: z.infer<typeof switchesWish>) => SwitchesRecord
  /** Tells of every change. */
  readonly watch: (listener: Listener) => void
  /** Takes in what a journal kept, without writing it again; null is as the settings say. */
  readonly load: (kept: SwitchesRecord | null) => void
}

/** Starts as the settings say; a change outlives a restart. */
export function createSwitches(settings: SandboxSettings, journal: Journal): Switches {
  const initial: SwitchesRecord = {
    payload: 'minimal',
    depositsEnabled: settings.depositsEnabled,
    withdrawalsEnabled: settings.withdrawalsEnabled,
    retryDivisor: settings.retryDivisor,
  }
  const listeners: Listener[] = []
  let current = initial
  return {
    get: () => current,
    change: (wish) => {
      const before = current
      current = { ...current, ...wish }
      journal.append({ kind: 'switches', value: current })
      for (const listener of listeners) listener(current, before)
      return current
    },
    watch: (listener) => {
      listeners.push(listener)
    },
    load: (kept) => {
      current = kept ?? initial
    },
  }
}
