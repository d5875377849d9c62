import { seriesInput } from '@desk/shared/settlements/series-input'
import {
  settledPaymentsInput,
  settlementDayInput,
  settlementDaysInput,
} from '@desk/shared/settlements/settlement-input'
import { allow, router } from '../kernel/trpc.ts'
import { readAwaitedMoney } from './awaited-money.queries.ts'
import { readDaySeries } from './day-series.queries.ts'
import { readSettledPayments } from './settled-payments.queries.ts'
import { readSettlementDay, readSettlementDays } from './settlement-days.queries.ts'
import { readToday } from './today.queries.ts'

export const settlementsRouter = router({
  /** Today so far against the same time of days before; null while sums are built for the first time. */
  today: allow('payments:read').query(({ ctx }) => readToday(ctx.reads, ctx.now())),

  /** Sums by business day, as columns. */
  series: allow('payments:read')
    .input(seriesInput)
    .query(({ ctx, input }) => readDaySeries(ctx.reads, input)),

  /** One row for each business day of a range, empty ones too. */
  days: allow('settlements:read')
    .input(settlementDaysInput)
    .query(({ ctx, input }) => readSettlementDays(ctx.reads, input, ctx.now())),

  day: allow('settlements:read')
    .input(settlementDayInput)
    .query(({ ctx, input }) => readSettlementDay(ctx.reads, input.day, ctx.now())),

  /** What was completed lately and has not arrived; null while sums are built for the first time. */
  awaited: allow('settlements:read').query(({ ctx }) => readAwaitedMoney(ctx.reads, ctx.now())),

  /** The payments inside a day, by keyset. */
  payments: allow('settlements:read')
    .input(settledPaymentsInput)
    .query(({ ctx, input }) => readSettledPayments(ctx.reads, input)),
})
