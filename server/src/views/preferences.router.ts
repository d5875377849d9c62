import { listLookChange } from '@desk/shared/views/list-look-input'
import { allow, router } from '../kernel/trpc.ts'
import { changeListLook, readListLook } from './list-preferences.ts'

/** How the caller likes things to look. It is nobody else's business, so the audit log does not tell of it. */
export const preferencesRouter = router({
  list: allow('payments:read').query(({ ctx }) => readListLook(ctx.reads, ctx.actor.userId)),

  changeList: allow('views:write')
    .input(listLookChange)
    .mutation(({ ctx, input }) =>
      changeListLook(ctx.db, input, { personId: ctx.actor.userId, at: ctx.by.at }),
    ),
})
