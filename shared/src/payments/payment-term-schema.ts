import * as z from 'zod/mini'
import { termFault, termNames } from './payment-term.ts'

export const paymentTerm = z
  .object({
    name: z.enum(termNames),
    key: z.nullable(z.string()),
    value: z.string(),
    isNot: z.boolean(),
  })
  .check((term) => {
    const fault = termFault(term.value)
    if (fault !== null) term.issues.push({ code: 'custom', message: fault, input: term.value })
  })
