import * as z from 'zod'
import { assignInput, handBackInput, resolveInput } from '@desk/shared/attention/attention-item'
import { attentionQuery } from '@desk/shared/attention/attention-query'
import { resolveSilenceInput } from '@desk/shared/attention/silence'
import { paymentId } from '@desk/shared/payments/payment'
import { allow, router } from '../kernel/trpc.ts'
import { assignPayment, handBack } from './assign-payment.ts'
import { attentionPageRequest } from './attention-page-request.ts'
import { readAttentionPage } from './attention-page.queries.ts'
import { readAttentionSummary, readBadge } from './attention-summary.queries.ts'
import { readColleagues } from './colleagues.queries.ts'
import { readPaymentAttention } from './read-payment-attention.ts'
import { resolveItems } from './resolve-items.ts'
import { resolveSilence } from './resolve-silence.ts'
import { readSilences } from './silences.queries.ts'
import { readWithdrawalAttention } from './withdrawal-attention.queries.ts'

export const attentionRouter = router({
  /** One page of the queue in the query's order; `nextCursor` is null on the last. */
  list: allow('payments:read')
    .input(attentionPageRequest)
    .query(({ ctx, input }) => readAttentionPage(ctx.reads, input, ctx.actor)),

  summary: allow('payments:read')
    .input(z.object({ query: attentionQuery }))
    .query(({ ctx, input }) => readAttentionSummary(ctx.reads, input.query, ctx.actor)),

  /** What waits for the caller, their roles or nobody in particular. */
  badge: allow('attention:write').query(({ ctx }) => readBadge(ctx.reads, ctx.actor)),

  /** What of withdrawals waits for the caller, and what nobody can tell of. */
  withdrawals: allow('withdrawals:read').query(({ ctx }) =>
    readWithdrawalAttention(ctx.reads, ctx.actor, ctx.now()),
  ),

  /** Everything people did about one payment. */
  ofPayment: allow('payments:read')
    .input(z.object({ id: paymentId }))
    .query(({ ctx, input }) => readPaymentAttention(ctx.reads, input.id)),

  /** To whom the caller can hand something. */
  colleagues: allow('attention:write').query(({ ctx }) => readColleagues(ctx.reads)),

  assign: allow('attention:write')
    .input(assignInput)
    .mutation(({ ctx, input }) => assignPayment(ctx, input)),

  handBack: allow('attention:write')
    .input(handBackInput)
    .mutation(({ ctx, input }) => handBack(ctx, input)),

  /** What waits as one because webhooks fell silent. */
  silences: allow('payments:read').query(({ ctx }) => readSilences(ctx.reads)),

  resolveSilence: allow('attention:write')
    .input(resolveSilenceInput)
    .mutation(({ ctx, input }) => resolveSilence(ctx, input)),

  resolve: allow('attention:write')
    .input(resolveInput)
    .mutation(({ ctx, input }) => resolveItems(ctx, input)),
})
