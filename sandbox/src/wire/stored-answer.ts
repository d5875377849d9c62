import * as z from 'zod'

/** An answer kept for repeats of the same idempotency key. */
export const storedAnswer = z.object({
  /** Method, path and key. */
  scope: z.string(),
  /** SHA-256 of the canonical body. */
  bodyHash: z.string(),
  status: z.int(),
  body: z.string(),
  at: z.int(),
})
export type StoredAnswer = z.infer<typeof storedAnswer>
