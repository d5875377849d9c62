import * as z from 'zod'
import { auditSubject } from '@desk/shared/audit/audit-entry'
import { historyBlock } from '@desk/shared/audit/history-block'
import { Refusal } from '../kernel/refusal.ts'
import { allow, router } from '../kernel/trpc.ts'
import { auditPageRequest } from './audit-page-request.ts'
import {
  findEntry,
  readActors,
  readAuditHead,
  readAuditPage,
  readHistory,
} from './audit.queries.ts'

export const auditRouter = router({
  /** One page of the log, newest first; `nextCursor` is null on the last. */
  list: allow('audit:read')
    .input(auditPageRequest)
    .query(({ ctx, input }) => readAuditPage(ctx.reads, input, ctx.greeting.businessDay)),

  /** One entry by its number; refuses with `entry_unknown`. */
  entry: allow('audit:read')
    .input(z.object({ seq: z.int().positive() }))
    .query(async ({ ctx, input }) => {
      const entry = await findEntry(ctx.reads, input.seq)
      if (entry) return entry
      const message = `The log has no entry with the number ${input.seq}.`
      throw new Refusal('not_found', 'entry_unknown', message)
    }),

  /** What was done to one object, newest first; refuses with `history_closed` what the caller may not see. */
  history: allow('history:read')
    .input(auditSubject)
    .query(({ ctx, input }) => {
      const block = historyBlock(ctx.actor, input)
      if (block) throw new Refusal('forbidden', 'history_closed', block)
      return readHistory(ctx.reads, input)
    }),

  /** Whose doings the log tells of. */
  people: allow('audit:read').query(({ ctx }) => readActors(ctx.reads)),

  /** What to note outside the database, for `pnpm verify audit`. */
  head: allow('audit:read').query(({ ctx }) => readAuditHead(ctx.reads)),
})
