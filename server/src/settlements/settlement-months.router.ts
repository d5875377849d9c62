import {
  closeMonthInput,
  decideReopeningInput,
  makeMonthFileInput,
  monthAdjustmentsInput,
  monthFilesInput,
  proposeReopeningInput,
  setAccountsInput,
  settlementMonthInput,
  settlementMonthsInput,
  takeBackReopeningInput,
} from '@desk/shared/settlements/settlement-input'
import type { Actor, Attribution } from '../kernel/actor.ts'
import { allow, allowStepUp, type Context, router } from '../kernel/trpc.ts'
import { closeMonth } from './close-month.ts'
import { readAccounts, setAccounts } from './journal-accounts.queries.ts'
import { makeMonthFile } from './make-month-file.ts'
import { readAdjustments } from './month-adjustments.queries.ts'
import { readMonth } from './month-detail.queries.ts'
import { readMonthFiles } from './month-files.queries.ts'
import { readMonths } from './months.queries.ts'
import { decideReopening, proposeReopening, takeBackReopening } from './reopen-month.ts'

/** Months: how they stand, closing them, and opening them again with a second person. */
export const settlementMonthsRouter = router({
  list: allow('settlements:read')
    .input(settlementMonthsInput)
    .query(({ ctx, input }) => readMonths(ctx.reads, input.cursor ?? null, ctx.now())),

  /** Adding a month up anew may take longer than what is cut short. */
  read: allow('settlements:read')
    .input(settlementMonthInput)
    .query(({ ctx, input }) =>
      readMonth(ctx.db, { month: input.month, now: ctx.now(), viewer: ctx.actor.userId }),
    ),

  adjustments: allow('settlements:read')
    .input(monthAdjustmentsInput)
    .query(({ ctx, input }) => readAdjustments(ctx.reads, input)),

  close: allowStepUp('settlements:close')
    .input(closeMonthInput)
    .mutation(({ ctx, input }) => closeMonth(callOf(ctx), input)),

  proposeReopening: allow('settlements:close')
    .input(proposeReopeningInput)
    .mutation(({ ctx, input }) => proposeReopening(callOf(ctx), input)),

  decideReopening: allowStepUp('settlements:close')
    .input(decideReopeningInput)
    .mutation(({ ctx, input }) => decideReopening(callOf(ctx), input)),

  takeBackReopening: allow('settlements:close')
    .input(takeBackReopeningInput)
    .mutation(({ ctx, input }) => takeBackReopening(callOf(ctx), input.id)),

  /** Files of a month; they are downloaded from `/exports/months/:id`. */
  files: allow('settlements:read')
    .input(monthFilesInput)
    .query(({ ctx, input }) => readMonthFiles(ctx.reads, input.month)),

  makeFile: allow('exports:create')
    .input(makeMonthFileInput)
    .mutation(({ ctx, input }) => makeMonthFile(callOf(ctx), input)),

  accounts: allow('settlements:read').query(
    async ({ ctx }) => (await readAccounts(ctx.reads)).accounts,
  ),

  setAccounts: allow('settlements:close')
    .input(setAccountsInput)
    .mutation(({ ctx, input }) => setAccounts(callOf(ctx), input.accounts)),
})

function callOf({ db, by, actor }: CallContext) {
  return { db, by: { ...by, actor } }
}

interface CallContext extends Pick<Context, 'db'> {
  readonly by: Attribution
  readonly actor: Actor
}
