import {
  approveRequestInput,
  breakGlassInput,
  createRequestInput,
  editRequestInput,
  oneRequestInput,
  previewRequestInput,
  rejectRequestInput,
  requestPageInput,
  resolveRequestInput,
  seenRequestInput,
  unrequestedPageInput,
} from '@desk/shared/withdrawals/request-input-schema'
import type { Actor, Attribution } from '../kernel/actor.ts'
import { allow, allowStepUp, type Context, router } from '../kernel/trpc.ts'
import { detachDocument } from './attachments.ts'
import { cancelRequest, draftRequest, editRequest } from './draft-request.ts'
import { exportEvidence } from './evidence.ts'
import { readInbox } from './inbox.queries.ts'
import { previewRequest } from './preview-request.queries.ts'
import { readRequestCase } from './request-case.queries.ts'
import { readRequestPage, readRequestSummary } from './request-page.queries.ts'
import { submitRequest } from './submit-request.ts'
import { readUnrequested } from './unrequested.queries.ts'
import { approveRequest, breakGlass, rejectRequest } from './vote-on-request.ts'

/** Withdrawals that people ask for, from draft to chain. */
export const withdrawalsRouter = router({
  /** One page of all of them, the newest first. */
  page: allow('withdrawals:read')
    .input(requestPageInput)
    .query(({ ctx, input }) => readRequestPage(ctx.reads, input)),

  /** One page of what SpacePay has and nobody asked for here, the newest first. */
  unrequested: allow('withdrawals:read')
    .input(unrequestedPageInput)
    .query(({ ctx, input }) => readUnrequested(ctx.reads, input)),

  summary: allow('withdrawals:read').query(({ ctx }) => readRequestSummary(ctx.reads)),

  /** What the payout wallet holds on each network. */
  balances: allow('withdrawals:read').query(({ ctx }) => ctx.wallet.balances()),

  /** What waits for the caller's approval, oldest first. */
  inbox: allow('withdrawals:approve').query(({ ctx }) =>
    readInbox(ctx.reads, { actor: ctx.actor, at: ctx.now() }),
  ),

  one: allow('withdrawals:read')
    .input(oneRequestInput)
    .query(({ ctx, input }) =>
      readRequestCase(ctx.reads, input.id, {
        actor: ctx.actor,
        at: ctx.now(),
        zone: ctx.greeting.businessDay.zone,
      }),
    ),

  /** One withdrawal as a file that is checked without Desk. */
  evidence: allow('withdrawals:export')
    .input(oneRequestInput)
    .mutation(({ ctx, input }) =>
      exportEvidence(
        {
          db: ctx.db,
          by: ctx.by,
          publicUrl: ctx.publicUrl,
          environment: ctx.greeting.environment,
          zone: ctx.greeting.businessDay.zone,
        },
        input.id,
      ),
    ),

  /** What a request would be, while it is being written. */
  preview: allow('withdrawals:request')
    .input(previewRequestInput)
    .query(({ ctx, input }) =>
      previewRequest(ctx.reads, input, {
        actor: ctx.actor,
        at: ctx.now(),
        zone: ctx.greeting.businessDay.zone,
      }),
    ),

  create: allow('withdrawals:request')
    .input(createRequestInput)
    .mutation(({ ctx, input }) => draftRequest(callOf(ctx), input)),

  edit: allow('withdrawals:request')
    .input(editRequestInput)
    .mutation(({ ctx, input }) => editRequest(callOf(ctx), input)),

  /** Takes the attached document off; `POST /attachments/:id` attaches one. */
  detach: allow('withdrawals:request')
    .input(seenRequestInput)
    .mutation(({ ctx, input }) => detachDocument(callOf(ctx), input)),

  submit: allow('withdrawals:request')
    .input(seenRequestInput)
    .mutation(({ ctx, input }) => submitRequest(callOf(ctx), input)),

  cancel: allow('withdrawals:request')
    .input(seenRequestInput)
    .mutation(({ ctx, input }) => cancelRequest(callOf(ctx), input)),

  approve: allowStepUp('withdrawals:approve')
    .input(approveRequestInput)
    .mutation(({ ctx, input }) =>
      approveRequest({ ...callOf(ctx), provedAt: ctx.actor.provedAt }, input),
    ),

  reject: allow('withdrawals:approve')
    .input(rejectRequestInput)
    .mutation(({ ctx, input }) => rejectRequest(callOf(ctx), input)),

  /** Settles, with evidence, what became of a sending that nobody can tell. */
  resolve: allowStepUp('withdrawals:resolve')
    .input(resolveRequestInput)
    .mutation(({ ctx, input }) => ctx.withdrawals.resolve(input, { ...ctx.by, actor: ctx.actor })),

  breakGlass: allowStepUp('withdrawals:break_glass')
    .input(breakGlassInput)
    .mutation(({ ctx, input }) => breakGlass(callOf(ctx), input)),
})

function callOf({ db, by, actor, greeting }: CallContext) {
  return { db, by: { ...by, actor }, zone: greeting.businessDay.zone }
}

interface CallContext extends Pick<Context, 'db' | 'greeting'> {
  readonly by: Attribution
  readonly actor: Actor
}
