import * as z from 'zod/mini'
import { givenReason } from './attention-item.ts'

/** So many payments in a row without a webhook about any are no chance: fewer wait one by one. */
export const SILENCE_PAYMENTS_MIN = 10

/** Payments that changed one after the other while no webhook told of any. Instants are ISO 8601 UTC. */
export interface Silence {
  /** When the last webhook about a payment had come before it. */
  readonly since: string
  /** When the first and the newest of these payments changed unheard. */
  readonly firstAt: string
  readonly lastAt: string
  /** When the next webhook about a payment came; null while none did. */
  readonly endedAt: string | null
  /** A lower limit where `isExact` is false. */
  readonly count: number
  readonly stakeCents: string
  readonly isExact: boolean
}

export const resolveSilenceInput = z.object({ since: z.iso.datetime(), reason: givenReason })
