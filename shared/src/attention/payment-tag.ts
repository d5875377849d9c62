import * as z from 'zod/mini'
import { paymentId } from '../payments/payment.ts'

export const TAGS_MAX = 10

/** A short word in lower case; spaces become hyphens. */
export const tag = z.string().check(
  z.trim(),
  z.toLowerCase(),
  z.overwrite((text) => text.replaceAll(/\s+/g, '-')),
  z.regex(
    /^[\p{L}\p{N}]+(?:[-_][\p{L}\p{N}]+)*$/u,
    'may hold letters, digits and hyphens between them',
  ),
  z.maxLength(24, 'must be at most 24 characters'),
)

export const tagInput = z.object({ id: paymentId, tag })

/** What was typed so far of a tag; suggestions begin with it. */
export const tagsInUseInput = z.object({
  beginning: z.string().check(z.maxLength(24), z.trim(), z.toLowerCase()),
})
