import * as z from 'zod/mini'
import type { MirrorPulse } from '@desk/shared/payments/mirror-pulse'
import { shortSpan } from '../ui/moment-text.ts'

/** Desk reads SpacePay's list every minute or so; several missed rounds are worth a word. */
const SILENT_AFTER_MS = 5 * 60_000

/** The pulse as it comes over the wire, where an unknown position may be absent. */
export type Freshness = Omit<MirrorPulse, 'sync'> & {
  readonly sync: readonly { readonly name: string; readonly position?: unknown }[]
}

/** How fresh the mirror is, in one short line: `"Webhooks 4 s ago · API 21 s"`. */
export function pulseText(pulse: Freshness, nowMs: number): string {
  const webhooks = pulse.lastWebhookAt
    ? `Webhooks ${age(pulse.lastWebhookAt, nowMs)} ago`
    : 'No webhook yet'
  const api = pulse.lastApiReadAt ? `API ${age(pulse.lastApiReadAt, nowMs)}` : 'API not read yet'
  return `${webhooks} · ${api}`
}

/** When SpacePay's API last answered, if that is too long ago; null while all is well or nothing was ever read. */
export function silentSince({ lastApiReadAt }: Freshness, nowMs: number): string | null {
  if (lastApiReadAt === null) return null
  return nowMs - Date.parse(lastApiReadAt) > SILENT_AFTER_MS ? lastApiReadAt : null
}

/** `"Reading history: 8,400 of 20,000"` while the first walk through SpacePay's list goes on, else null. */
export function historyText({ sync }: Freshness): string | null {
  const backfill = sync.find(({ name }) => name === 'payments.backfill')
  const position = z.safeParse(backfillPosition, backfill?.position)
  if (!position.success || position.data.finishedAt !== null) return null
  const { offset, total } = position.data
  return `Reading history: ${count.format(offset)}${total === null ? '' : ` of ${count.format(total)}`}`
}

/** What of the sync's own account is for people. */
const backfillPosition = z.object({
  offset: z.int(),
  total: z.nullable(z.int()),
  finishedAt: z.nullable(z.string()),
})

const count = new Intl.NumberFormat('en-US')

function age(at: string, nowMs: number): string {
  return shortSpan(Math.max(0, nowMs - Date.parse(at)))
}
