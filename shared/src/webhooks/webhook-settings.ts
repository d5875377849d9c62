import * as z from 'zod/mini'
import type { WebhookSecret } from './webhook-secret.ts'
import type { WebhookVerdict } from './webhook-delivery.ts'

export const RETENTION_MONTHS_MIN = 3
export const RETENTION_MONTHS_MAX = 120

export const retentionInput = z.object({
  months: z.int().check(z.gte(RETENTION_MONTHS_MIN), z.lte(RETENTION_MONTHS_MAX)),
})

export interface WebhookSettings {
  /** What is registered at SpacePay. */
  readonly endpointUrl: string
  readonly secrets: readonly WebhookSecret[]
  /** Exact bytes are kept for so many months; hash, verdict, times and ids for ever. */
  readonly retentionMonths: number
  /** How far the timestamp of what arrives may be from now, either way. */
  readonly toleranceSeconds: number
  /** Whether there is a sandbox that can be asked for a test. */
  readonly canTest: boolean
}

/** What became of a test that the sandbox was asked for. */
export interface TestOutcome {
  /** What Desk answered the sandbox with; null when it heard no answer. */
  readonly status: number | null
  /** As Desk kept it; null when nothing of it arrived. Instants are ISO 8601 UTC. */
  readonly kept: {
    readonly id: string
    readonly receivedAt: string
    readonly verdict: WebhookVerdict
    readonly reason: string | null
  } | null
}
