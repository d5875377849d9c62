import * as z from 'zod'
import { paymentQuery } from '@desk/shared/payments/payment-query-schema'
import { allow, router } from '../kernel/trpc.ts'
import { searchPlace } from '../payments/search-place.ts'
import { readInsights } from './insights.queries.ts'

export const insightsRouter = router({
  /** Every chart's columns for the payments a query matches; null while sums are built for the first time. */
  read: allow('payments:read')
    .input(z.object({ query: paymentQuery }))
    .query(async ({ ctx, input, signal }) =>
      readInsights(ctx.reads, { ...input, signal }, searchPlace(ctx)),
    ),
})
