import * as z from 'zod'
import type { PaymentRecord } from '../payments/payment-record.ts'

type Ended = Pick<
  PaymentRecord,
  'id' | 'orderId' | 'status' | 'redirectUrl' | 'customMetadata' | 'settledAt'
>

/** How long after its end a payer is still taken to be on the way to the shop. */
const WAY_BACK_MS = 15 * 60_000

const jsonObject = z.record(z.string(), z.unknown())

/**
 * The shop's page with what the documents promise in its query: each key of the metadata, then
 * paymentId, orderId and status, which nothing else may speak for. Null unless it is a web address.
 */
export function returnUrl(payment: Ended): URL | null {
  const url = payment.redirectUrl === null ? null : URL.parse(payment.redirectUrl)
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:')) return null
  for (const [key, value] of metadataOf(payment)) {
    url.searchParams.append(key, typeof value === 'string' ? value : JSON.stringify(value))
  }
  url.searchParams.set('paymentId', payment.id)
  url.searchParams.set('orderId', payment.orderId)
  url.searchParams.set('status', payment.status)
  return url
}

/** After success payers are taken back by themselves; who opens an old payment stays to look at it. */
export function returnsByItself({ status, settledAt }: Ended, now: number): boolean {
  return status === 'completed' && settledAt !== null && now - settledAt < WAY_BACK_MS
}

/** Metadata that is no JSON object says nothing. */
function metadataOf({ customMetadata }: Ended): [string, unknown][] {
  if (customMetadata === null) return []
  const read = jsonObject.safeParse(parsed(customMetadata))
  return read.success ? Object.entries(read.data) : []
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Its one complaint is that the text is no JSON.
    return null
  }
}
