import type { MirrorPulse } from '@desk/shared/payments/mirror-pulse'
import { shortSpan } from '../ui/moment-text.ts'

/** Desk reads SpacePay's list every minute or so; several missed rounds are worth a word. */
const SILENT_AFTER_MS = 5 * 60_000

/** How fresh the mirror is, in one short line: `"Webhooks 4 s ago · API 21 s"`. */
export function pulseText(pulse: MirrorPulse, nowMs: number): string {
  const webhooks = pulse.lastWebhookAt
    ? `Webhooks ${age(pulse.lastWebhookAt, nowMs)} ago`
    : 'No webhook yet'
  const api = pulse.lastApiReadAt ? `API ${age(pulse.lastApiReadAt, nowMs)}` : 'API not read yet'
  return `${webhooks} · ${api}`
}

/** When SpacePay's API last answered, if that is too long ago; null while all is well or nothing was ever read. */
export function silentSince({ lastApiReadAt }: MirrorPulse, nowMs: number): string | null {
  if (lastApiReadAt === null) return null
  return nowMs - Date.parse(lastApiReadAt) > SILENT_AFTER_MS ? lastApiReadAt : null
}

/** `"Reading history: 8,400 of 20,000"` while the first walk through SpacePay's list goes on, else null. */
export function historyText({ history }: MirrorPulse): string | null {
  if (history === null) return null
  const { offset, total } = history
  return `Reading history: ${count.format(offset)}${total === null ? '' : ` of ${count.format(total)}`}`
}

const count = new Intl.NumberFormat('en-US')

function age(at: string, nowMs: number): string {
  return shortSpan(Math.max(0, nowMs - Date.parse(at)))
}
