import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { seededRandom } from '../state/random.ts'

/** The API's routes by name, as faults and the request log call them. */
export const operations = [
  'payments.create',
  'payments.list',
  'payments.get',
  'withdrawals.create',
  'withdrawals.list',
  'withdrawals.get',
  'wallet.balances',
  'chains',
  'tokens',
  'payer',
] as const
export type Operation = (typeof operations)[number]

const apiEffect = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    /** The Retry-After header as it stands: seconds or an HTTP date. */
    retryAfter: z.union([z.int().nonnegative(), z.string()]).optional(),
  }),
  z.object({ kind: z.literal('redirect'), location: z.string() }),
  z.object({ kind: z.literal('hang') }),
  z.object({ kind: z.literal('reset') }),
  z.object({ kind: z.literal('malformed') }),
  z.object({ kind: z.literal('html') }),
  z.object({ kind: z.literal('truncated') }),
  z.object({ kind: z.literal('oversized'), bytes: z.int().positive().max(200_000_000) }),
  z.object({ kind: z.literal('delay'), ms: z.int().positive().max(600_000) }),
])
export type ApiEffect = z.infer<typeof apiEffect>

const webhookEffect = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('drop') }),
  z.object({ kind: z.literal('duplicate') }),
  z.object({ kind: z.literal('tamper') }),
  z.object({ kind: z.literal('delay'), ms: z.int().positive().max(86_400_000) }),
])
export type WebhookEffect = z.infer<typeof webhookEffect>

/** For the next so many calls, or for a share of all of them, until removed. */
const reach = z.union([
  z.object({ next: z.int().positive() }),
  z.object({ percent: z.number().positive().max(100) }),
])

const apiFault = z
  .object({
    on: z.enum([...operations, 'any']),
    effect: apiEffect,
    /** `before`: the request changes nothing. `after`: it took effect, and only the answer suffers. */
    phase: z.enum(['before', 'after']).default('before'),
  })
  .and(reach)

const webhookFault = z.object({ on: z.literal('webhook'), effect: webhookEffect }).and(reach)

export const faultOrder = z.union([webhookFault, apiFault])
type FaultOrder = z.infer<typeof faultOrder>
type ApiFault = z.infer<typeof apiFault>

interface ActiveFault {
  readonly id: string
  readonly order: FaultOrder
  left: number | null
}

interface FaultHit {
  readonly at: string
  readonly faultId: string
  readonly on: string
  readonly effect: string
  readonly subject: string
}

export interface FaultBoard {
  readonly add: (order: FaultOrder) => string
  readonly remove: (id: string) => boolean
  readonly clear: () => void
  readonly active: () => readonly { id: string; order: FaultOrder; left: number | null }[]
  readonly hits: () => readonly FaultHit[]
  /** The effect this call suffers in this phase, or null; `subject` names the call in the log. */
  readonly takeForCall: (
    operation: Operation,
    phase: ApiFault['phase'],
    subject: string,
  ) => ApiEffect | null
  readonly takeForWebhook: (subject: string) => WebhookEffect | null
}

const HITS_KEPT = 5_000

export function createFaultBoard(now: () => number): FaultBoard {
  const faults = new Map<string, ActiveFault>()
  const hits: FaultHit[] = []
  const dice = seededRandom('faults')

  const strikes = (fault: ActiveFault) => {
    if ('percent' in fault.order) return dice.chance(fault.order.percent / 100)
    fault.left = (fault.left ?? 1) - 1
    if (fault.left <= 0) faults.delete(fault.id)
    return true
  }

  const note = (fault: ActiveFault, subject: string) => {
    if (hits.length >= HITS_KEPT) hits.shift()
    hits.push({
      at: new Date(now()).toISOString(),
      faultId: fault.id,
      on: fault.order.on,
      effect: fault.order.effect.kind,
      subject,
    })
  }

  return {
    add: (order) => {
      const id = randomUUID()
      faults.set(id, { id, order, left: 'next' in order ? order.next : null })
      return id
    },
    remove: (id) => faults.delete(id),
    clear: () => {
      faults.clear()
      hits.length = 0
    },
    active: () => [...faults.values()],
    hits: () => hits,
    takeForCall: (operation, phase, subject) => {
      for (const fault of faults.values()) {
        const { order } = fault
        if (order.on === 'webhook' || order.phase !== phase) continue
        if (order.on !== 'any' && order.on !== operation) continue
        if (!strikes(fault)) continue
        note(fault, subject)
        return order.effect
      }
      return null
    },
    takeForWebhook: (subject) => {
      for (const fault of faults.values()) {
        if (fault.order.on !== 'webhook' || !strikes(fault)) continue
        note(fault, subject)
        return fault.order.effect
      }
      return null
    },
  }
}
