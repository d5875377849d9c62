import {
  cancelBusinessDayInput,
  changeBusinessDayInput,
} from '@desk/shared/settlements/business-day-setting'
import { allow, allowStepUp, router } from '../kernel/trpc.ts'
import { readBusinessDaySetting } from './business-day-setting.queries.ts'
import { cancelBusinessDay, changeBusinessDay } from './change-business-day.ts'

export const businessDayRouter = router({
  /** When business days begin, and how far another rule has come. */
  read: allow('business_day:read').query(({ ctx }) => readBusinessDaySetting(ctx.db)),

  change: allowStepUp('business_day:write')
    .input(changeBusinessDayInput)
    .mutation(({ ctx, input }) => changeBusinessDay(ctx, input)),

  cancel: allowStepUp('business_day:write')
    .input(cancelBusinessDayInput)
    .mutation(({ ctx, input }) => cancelBusinessDay(ctx, input.id)),
})
