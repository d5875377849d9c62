import type * as z from 'zod'
import type { Method, Parameter } from '../openapi-document.ts'

/** One route of the sandbox's own control. */
export interface ControlRoute {
  readonly id: string
  readonly method: Method
  /** Below /__sandbox. */
  readonly path: string
  readonly summary: string
  /** What comes back; null when nothing does. */
  readonly answer: string | null
  readonly isCreated?: boolean
  readonly query?: readonly Parameter[]
  readonly body?: {
    readonly schema: z.ZodType
    readonly example: unknown
    readonly isOptional?: boolean
  }
  /** Why it may answer 409. */
  readonly conflict?: string
}
