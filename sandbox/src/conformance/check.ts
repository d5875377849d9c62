import type { Trial } from './trial.ts'

export const groupNames = [
  'shapes',
  'registry',
  'payer',
  'withdrawals',
  'errors',
  'idempotency',
  'pagination',
  'webhooks',
] as const
export type GroupName = (typeof groupNames)[number]

/** One guarantee; passes by ending, fails by throwing `Failed`, says nothing by throwing `Skipped`. */
export interface Check {
  readonly name: string
  readonly run: (trial: Trial) => Promise<void>
}
