import * as z from 'zod/mini'
import { amountCents } from '../money/amount-cents-schema.ts'
import { canonicalContent } from './fingerprint.ts'
import { amountProblem } from './request-amount.ts'
import type { RequestContent } from './request-content.ts'
import { reasonText } from './request-text-schema.ts'

/** A CAIP-2 id, such as `eip155:84532`. */
export const networkId = z
  .string()
  .check(
    z.regex(/^[-a-z0-9]{3,8}:[-_a-zA-Z0-9]{1,32}$/, 'This is no network, such as eip155:8453.'),
  )

/** Printable characters without spaces: what an address or an order id is made of on any network. */
const plainWord = z.string().check(z.regex(/^[\x21-\x7e]{1,255}$/, 'This has strange characters.'))

export const orderId = plainWord
export const addressText = plainWord

export const requestAmountCents = amountCents.check((read) => {
  const problem = amountProblem(read.value)
  if (problem !== null) {
    read.issues.push({ code: 'custom', message: problem, input: read.value })
  }
})

/** A SHA-256 in small hex digits. */
export const sha256Hex = z
  .string()
  .check(z.regex(/^[0-9a-f]{64}$/, 'This is no SHA-256 in hex digits.'))

export const policyVersion = z.int().check(z.positive())

/** Nothing but the fields that are signed: one that is not known cannot ride along unseen. */
export const requestContent = z.strictObject({
  amountCents: requestAmountCents,
  currency: z.literal('USD'),
  network: networkId,
  destination: addressText,
  orderId,
  reason: reasonText,
  attachmentSha256: z.nullable(sha256Hex),
  policyVersion,
  nonce: z.string().check(z.regex(/^[\x21-\x7e]{16,128}$/)),
}) satisfies z.ZodMiniType<RequestContent>

/** Reads a canonical text back; null unless it is exactly the one form of a valid content. */
export function readCanonicalContent(text: string): RequestContent | null {
  const read = requestContent.safeParse(parsed(text))
  return read.success && canonicalContent(read.data) === text ? read.data : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
