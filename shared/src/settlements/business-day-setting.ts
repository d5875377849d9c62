import * as z from 'zod/mini'
import { zoneName } from '../time/zone-schema.ts'
import type { BusinessDayRule } from '../time/business-day.ts'

export const changeBusinessDayInput = z.object({
  /** A zone by its name: what an offset such as `+05:00` means is not agreed upon. */
  zone: zoneName.check(z.regex(/^[A-Za-z]/, 'must be a zone such as Europe/London')),
  cutOff: z
    .string()
    .check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 05:00')),
})
export type ChangeBusinessDayInput = z.infer<typeof changeBusinessDayInput>

export const cancelBusinessDayInput = z.object({ id: z.int().check(z.positive()) })

/** When business days begin, and what they are being rebuilt for. Instants are ISO 8601 UTC. */
export interface BusinessDaySetting {
  /** Null while payments are added up for the first time. */
  readonly inForce: RuleInForce | null
  readonly building: BuildingRule | null
}

export interface RuleInForce extends BusinessDayRule {
  readonly since: string
  /** Null for what the environment said at the first start. */
  readonly setBy: string | null
}

/** A rule that all payments are being counted by anew, beside the one in use. */
export interface BuildingRule extends BusinessDayRule {
  readonly id: number
  readonly setBy: string | null
  readonly setAt: string
  readonly counted: number
  /** How many payments there are to count; never less than are counted. */
  readonly payments: number
}
