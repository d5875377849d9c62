import {
  addBankAccountInput,
  bankLineInput,
  bankLinesInput,
  matchInput,
  setAsideInput,
  statementInput,
  statementsInput,
  undoMatchInput,
} from '@desk/shared/settlements/bank-input'
import type { Actor, Attribution } from '../kernel/actor.ts'
import { allow, type Context, router } from '../kernel/trpc.ts'
import { addBankAccount, type BankCall, readBankAccounts } from './bank-accounts.ts'
import { readBankLine } from './bank-line-detail.queries.ts'
import { readBankLines, readOpenLines } from './bank-lines.queries.ts'
import { readStatement, readStatements } from './bank-statements.queries.ts'
import { matchByHand, setLineAside, takeLineBack, undoMatch } from './change-matches.ts'

/** What banks say arrived, and which business days it is the money of. Files come by a route of their own. */
export const bankRouter = router({
  accounts: allow('settlements:read').query(({ ctx }) => readBankAccounts(ctx.reads)),

  addAccount: allow('settlements:import')
    .input(addBankAccountInput)
    .mutation(({ ctx, input }) => addBankAccount(callOf(ctx), input)),

  statements: allow('settlements:read')
    .input(statementsInput)
    .query(({ ctx, input }) => readStatements(ctx.reads, input.cursor ?? null)),

  statement: allow('settlements:read')
    .input(statementInput)
    .query(({ ctx, input }) => readStatement(ctx.reads, input.id)),

  /** What waits to be matched, in short. */
  open: allow('settlements:read').query(({ ctx }) => readOpenLines(ctx.reads)),

  lines: allow('settlements:read')
    .input(bankLinesInput)
    .query(({ ctx, input }) => readBankLines(ctx.reads, input)),

  line: allow('settlements:read')
    .input(bankLineInput)
    .query(({ ctx, input }) => readBankLine(ctx.reads, input.id)),

  match: allow('settlements:match')
    .input(matchInput)
    .mutation(({ ctx, input }) => matchByHand(callOf(ctx), input)),

  undoMatch: allow('settlements:match')
    .input(undoMatchInput)
    .mutation(({ ctx, input }) => undoMatch(callOf(ctx), input)),

  setAside: allow('settlements:match')
    .input(setAsideInput)
    .mutation(({ ctx, input }) => setLineAside(callOf(ctx), input)),

  takeBack: allow('settlements:match')
    .input(setAsideInput)
    .mutation(({ ctx, input }) => takeLineBack(callOf(ctx), input)),
})

interface CallContext extends Pick<Context, 'db'> {
  readonly by: Attribution
  readonly actor: Actor
}

function callOf({ db, by, actor }: CallContext): BankCall {
  return { db, by: { ...by, actor } }
}
