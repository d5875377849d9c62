import * as z from 'zod'
import { isAmountCents } from '@desk/shared/money/amount-cents'
import type { MonthContent } from '@desk/shared/settlements/month-content'

const cents = z.number().refine(isAmountCents)
const sums = {
  payments: z.number(),
  grossCents: cents,
  merchantFeeCents: cents,
  swapFeeCents: cents,
  convenienceFeeCents: cents,
  netCents: cents,
  difference: z.nullable(
    z.object({
      expected: z.number(),
      arrived: z.number(),
      difference: z.number(),
      timing: z.number(),
      fee: z.number(),
      fx: z.number(),
      excess: z.number(),
      missing: z.number(),
    }),
  ),
}
const part = z.object({ name: z.string(), payments: z.number(), grossCents: cents })

const monthContent = z.object({
  version: z.literal(1),
  month: z.string(),
  zone: z.string(),
  cutOff: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  days: z.array(z.object({ day: z.string(), bookedOn: z.nullable(z.string()), ...sums })),
  byToken: z.array(part),
  byNetwork: z.array(part),
  totals: z.object(sums),
})

/** What a month was closed with, from its stored text; throws where it is something else. */
export function readContent(text: string): MonthContent {
  return monthContent.parse(JSON.parse(text))
}
