import { seriesInput } from '@desk/shared/settlements/series-input'
import { allow, router } from '../kernel/trpc.ts'
import { readDaySeries } from './day-series.queries.ts'
import { readToday } from './today.queries.ts'

export const settlementsRouter = router({
  /** Today so far against the same time of days before; null while sums are built for the first time. */
  today: allow('payments:read').query(({ ctx }) => readToday(ctx.reads, ctx.now())),

  /** Sums by business day, as columns. */
  series: allow('payments:read')
    .input(seriesInput)
    .query(({ ctx, input }) => readDaySeries(ctx.reads, input)),
})
