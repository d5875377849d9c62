import * as z from 'zod/mini'
import type { PaymentDraft } from './payment-draft.ts'

const key = 'desk.new-payment'

const keptDraft = z.object({
  attempt: z.uuid(),
  type: z.enum(['payment', 'deposit']),
  amount: z.string(),
  orderId: z.string(),
  redirectUrl: z.string(),
  customerRefId: z.string(),
  metadata: z.array(z.object({ id: z.string(), key: z.string(), value: z.string() })),
  madeFrom: z.nullable(z.string()),
})

/** What this tab was about to make before it was reloaded, if it was the same thing. */
export function readKeptDraft(madeFrom: string | null): PaymentDraft | null {
  const text = sessionStorage.getItem(key)
  if (text === null) return null
  const read = keptDraft.safeParse(JSON.parse(text))
  return read.success && read.data.madeFrom === madeFrom ? read.data : null
}

export function keepDraft(draft: PaymentDraft | null): void {
  if (draft === null) sessionStorage.removeItem(key)
  else sessionStorage.setItem(key, JSON.stringify(draft))
}
