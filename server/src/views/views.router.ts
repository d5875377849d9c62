import {
  changeViewInput,
  countViewsInput,
  deleteViewInput,
  saveViewInput,
} from '@desk/shared/views/saved-view-input'
import { allow, router } from '../kernel/trpc.ts'
import { searchPlace } from '../payments/search-place.ts'
import { changeView, removeView, saveView } from './change-views.ts'
import { countViews } from './count-views.ts'
import { findSeenViews } from './views.queries.ts'

/** Questions about payments that people gave a name. */
export const viewsRouter = router({
  /** Everything the caller may see, by name. */
  list: allow('payments:read').query(({ ctx }) => findSeenViews(ctx.reads, ctx.actor)),

  /** How many payments each of them holds, bounded; views the caller may not see are left out. */
  counts: allow('payments:read')
    .input(countViewsInput)
    .query(async ({ ctx, input }) => {
      const seen = await findSeenViews(ctx.reads, ctx.actor)
      const asked = seen.filter(({ id }) => input.ids.includes(id))
      return countViews(ctx.reads, asked, searchPlace(ctx))
    }),

  save: allow('views:write')
    .input(saveViewInput)
    .mutation(({ ctx, input }) => saveView(ctx, input)),

  change: allow('views:write')
    .input(changeViewInput)
    .mutation(({ ctx, input }) => changeView(ctx, input)),

  delete: allow('views:write')
    .input(deleteViewInput)
    .mutation(({ ctx, input }) => removeView(ctx, input.id)),
})
